"""Contested claims on PostgreSQL: several processes take in claims for the same few places, beside bare psycopg.

    python -m bench.contested [claims] [processes]

Claims come in waves: sixty at once want the eight places of one activity, from all processes. The bare program does
the same durable work in as many processes: the event once, the slot's row locked, claimed or waiting, two things owed.
Counted is the processor time of all, that of the server's processes included, so that a loaded machine tells as much
as a quiet one. Goal: 0.4 of bare, and nobody over capacity.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import col, func, select

from bench.village import Nowhere, Still, unclaimed
from bot.app import App, keep_what_is_loaded
from core.claims import TAKING, Claim
from core.db import Database
from core.messages import Chat, Person, Said
from tests.keys import KEYS
from tests.postgres import server

PLACES, ACTIVITIES, WAVE, PEOPLE = 8, 20, 60, 3_000
GROUP = Chat("nowhere", "group", name="group")
TABLES = """
create table seen (event text primary key, answer text);
create table slot (number int primary key, places int, taken int);
create table claim (slot int, member text, state text, primary key (slot, member));
create table outbox (id bigserial primary key, chat text, what text);
"""


def wanted(n: int) -> int:
    """Which activity the n-th claim wants."""
    return 1 + n // WAVE % ACTIVITIES


def bare(url: str, numbers: range) -> None:
    """What the smallest program does with these claims."""
    with psycopg.connect(url) as connection:
        for n in numbers:
            raw = json.dumps({"event": f"e{n}", "person": str(1 + n % PEOPLE), "text": f"报名 {wanted(n)}"})
            said = json.loads(raw)
            slot = int(said["text"].removeprefix("报名 "))
            with connection.transaction():
                if connection.execute("select 1 from seen where event = %s", (said["event"],)).fetchone():
                    continue
                row = connection.execute("select places, taken from slot where number = %s for update", (slot,))
                places, taken = row.fetchone() or (0, 0)
                state = "claimed" if taken < places else "waitlisted"
                sure = "insert into claim values (%s, %s, %s) on conflict do nothing"
                connection.execute(sure, (slot, said["person"], state))
                connection.execute("update slot set taken = taken + %s where number = %s", (int(taken < places), slot))
                owe = "insert into outbox (chat, what) values (%s, %s)"
                connection.execute(owe, (said["person"], state))
                connection.execute(owe, ("group", str(slot)))
                connection.execute("insert into seen values (%s, %s)", (said["event"], state))


async def ours(url: str, numbers: range) -> App:
    """A bot on this database that is ready for these claims."""
    app = App(Database(url, KEYS), [Nowhere()], Still())
    await app.prepare()
    keep_what_is_loaded()
    return app


async def take_in(app: App, numbers: range) -> None:
    for n in numbers:
        who = 1 + n % PEOPLE
        said = Said(f"e{n}", GROUP, Person("nowhere", str(who), f"邻居{who}"), f"报名 {wanted(n)}", f"m{n}")
        await app.receive(app.networks["nowhere"], said)


def one(kind: str, url: str, numbers: range) -> None:
    """A process of several: it says when it is ready, waits for a word, and says what it used."""
    loop = asyncio.new_event_loop()
    app = loop.run_until_complete(ours(url, numbers)) if kind == "ours" else None
    print("ready", flush=True)
    sys.stdin.readline()
    before, begun = used(), time.perf_counter()
    if app is not None:
        loop.run_until_complete(take_in(app, numbers))
    else:
        bare(url, numbers)
    print(json.dumps({"processor": used() - before, "clock": time.perf_counter() - begun}), flush=True)
    if app is not None:
        loop.run_until_complete(app.close())


def used() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def of_server(main: int) -> float:
    """Processor seconds of the server's processes, those that have ended included."""
    total = 0.0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(place.parent.name) == main:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == main:
            total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def measure(kind: str, url: str, main: int, claims: int, processes: int) -> dict[str, float]:
    """Processor time of all together for one claim, and claims a second by the clock."""
    command = [sys.executable, "-m", "bench.contested", "--one", kind, url, str(claims), str(processes)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    children = [subprocess.Popen([*command, str(n)], **pipes) for n in range(processes)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    before = of_server(main)
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    said = [json.loads(child.stdout.readline()) for child in children if child.stdout is not None]
    server_used = of_server(main) - before
    for child in children:
        child.communicate()
    return {
        "processes": sum(each["processor"] for each in said) / claims,
        "server": server_used / claims,
        "a second": claims / max(each["clock"] for each in said),
    }


def prepared(url: str) -> tuple[str, str, int]:
    """A database with a village of ours, one for the bare program, and the number of the server's first process."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in ("ours", "bare"):
            connection.execute(text(f"create database contested_{name}"))
        place = Path(str(connection.scalar(text("show data_directory"))))
    engine.dispose()
    mine, plain = (
        make_url(url).set(database=f"contested_{name}").render_as_string(hide_password=False)
        for name in ("ours", "bare")
    )
    plain = plain.replace("+psycopg", "")
    database = Database(mine, KEYS)
    database.migrate()
    with database.writing() as session:
        unclaimed(session, PEOPLE, PLACES)
    database.close()
    with psycopg.connect(plain) as connection:
        connection.execute(TABLES)
        for n in range(1, ACTIVITIES + 1):
            connection.execute("insert into slot values (%s, %s, 0)", (n, PLACES))
    return mine, plain, int((place / "postmaster.pid").read_text().split()[0])


def main(claims: int, processes: int) -> None:
    with server() as url:
        mine, plain, first = prepared(url)
        found = {kind: measure(kind, at, first, claims, processes) for kind, at in (("bare", plain), ("ours", mine))}
        database = Database(mine, KEYS)
        with database.reading() as session:
            query = select(func.count()).where(col(Claim.promised).in_(TAKING)).group_by(Claim.slot_id)
            most = max(session.exec(query).all())
            all_of_them = session.exec(select(func.count()).select_from(Claim)).one()
        database.close()
    for kind, each in found.items():
        print(
            f"{kind}: {1000 * (each['processes'] + each['server']):.2f} ms of processor time a claim "
            f"(server {1000 * each['server']:.2f}), {each['a second']:.0f}/s by the clock"
        )
    ratio = sum(found["bare"][part] for part in ("processes", "server")) / sum(
        found["ours"][part] for part in ("processes", "server")
    )
    clock = found["ours"]["a second"] / found["bare"]["a second"]
    print(f"ratio {ratio:.2f} by processor time (goal: at least 0.4), {clock:.2f} by the clock, {processes} processes")
    print(f"{all_of_them} of {claims} claims kept; most on one activity of {PLACES}: {most}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _, _, kind_, url_, count, of, nth = sys.argv
        one(kind_, url_, range(int(nth), int(count), int(of)))
    else:
        main(*(*map(int, sys.argv[1:]), *(1_200, 2)[len(sys.argv) - 1 :]))
