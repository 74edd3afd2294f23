"""Claims through the inbox: one after another, 64 chats at once, and answers at a steady 50 updates a second.

    python -m bench.claims [events]

Each is a word in a group, read, authorised, and committed with its claim, its posts and what was seen (SQLite, FULL).
The floor is the smallest program that does as much durably (`bench/bare.py`). Goals: p50 <= 10 ms and p99 <= 100 ms at
50 a second, loop never held for 100 ms; one after another >= 0.15x and 64 at once >= 0.5x the floor are printed, their
goals come later.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sqlmodel import col, func, select

from bench import bare
from bench.reminders import watch
from bench.village import Nowhere, Still, unclaimed
from bot.app import App, keep_what_is_loaded
from core.claims import TAKING, Claim
from core.db import Database
from core.messages import Chat, Person, Said
from tests.keys import KEYS

PLACES = 8
PEOPLE = 3_000
GROUP = Chat("nowhere", "group", name="group")


async def village(folder: Path) -> App:
    """Twenty activities of eight places, and nobody on them yet."""
    database = Database(f"sqlite:///{folder}/village.db", KEYS)
    database.migrate()
    with database.writing() as session:
        unclaimed(session, PEOPLE, PLACES)
    here = App(database, [Nowhere()], Still())
    await here.prepare()
    keep_what_is_loaded()
    return here


def event(n: int) -> Said:
    """Person n claims a place of activity 1 to 20."""
    person = Person("nowhere", str(1 + n % PEOPLE), f"邻居{1 + n % PEOPLE}")
    return Said(f"e{n}", GROUP, person, f"报名 {1 + n // PEOPLE * 20 % 20 + n % 20}", f"m{n}")


async def one_by_one(here: App, first: int, count: int) -> float:
    network = here.networks["nowhere"]
    begun = time.perf_counter()
    for n in range(first, first + count):
        await here.receive(network, event(n))
    return count / (time.perf_counter() - begun)


async def at_once(here: App, first: int, count: int, chats: int = 64) -> float:
    network = here.networks["nowhere"]

    async def chat(offset: int) -> None:
        for n in range(first + offset, first + count, chats):
            await here.receive(network, event(n))

    begun = time.perf_counter()
    await asyncio.gather(*(chat(offset) for offset in range(chats)))
    return count / (time.perf_counter() - begun)


async def steady(here: App, first: int, seconds: float, rate: int = 50) -> tuple[list[float], float]:
    """Answer times while updates come evenly and the courier delivers, and the longest hold of the loop."""
    network = here.networks["nowhere"]
    times: list[float] = []
    gaps: list[float] = []
    courier = asyncio.create_task(here._courier.run())
    watcher = asyncio.create_task(watch(gaps))

    async def one(n: int) -> None:
        begun = time.perf_counter()
        await here.receive(network, event(n))
        times.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    tasks = []
    for n in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, begun + n / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(one(first + n)))
    await asyncio.gather(*tasks)
    for task in (courier, watcher):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return times, max(gaps)


def floor(folder: Path, count: int) -> float:
    connection = bare.load_claims(folder / "bare.db", 20, PLACES)
    raws = [
        json.dumps({"event": e.event, "person": e.person.id, "text": e.text, "chat": "group"})
        for e in map(event, range(count))
    ]
    begun = time.perf_counter()
    for raw in raws:
        bare.take_in(connection, raw)
    took = time.perf_counter() - begun
    connection.close()
    return count / took


async def run(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        base = floor(Path(name), count)
        here = await village(Path(name))
        single = await one_by_one(here, 0, count)
        many = await at_once(here, count, count)
        await here.deliver()  # what those thousands were owed is not this evening's
        times, hold = await steady(here, 2 * count, 10)
        with here.database.reading() as session:
            most = session.exec(
                select(func.count()).where(col(Claim.promised).in_(TAKING)).group_by(Claim.slot_id)
            ).all()
        await here.close()
    ms = sorted(1000 * t for t in times)
    print(f"one after another: {single:>6.0f}/s  bare {base:.0f}/s  ratio {single / base:.3f} (goal: at least 0.15)")
    print(f"64 chats at once:  {many:>6.0f}/s  ratio {many / base:.3f} (goal: at least 0.5)")
    print(
        f"at 50 a second: p50 {statistics.median(ms):.1f} ms (goal <= 10)  p99 {ms[int(len(ms) * 0.99) - 1]:.1f} ms "
        f"(goal <= 100)  loop held {hold * 1000:.0f} ms (goal <= 100)"
    )
    print(f"most on one activity of {PLACES}: {max(most)}, over capacity: {sum(n > PLACES for n in most)}")


def main() -> None:
    asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))


if __name__ == "__main__":
    main()
