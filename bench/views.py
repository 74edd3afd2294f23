"""What the page's views cost with 150 people, 300 messages and 40 activities: milliseconds and bytes of each, at p95.

    python -m bench.views [ROUNDS]

Goals: 200 ms and 60 kB at p95, as a browser gets them (gzip), of a neighbour's views and of a coordinator's.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlmodel import Session, select

from adapters.web.network import WebNetwork
from adapters.web.settings import WebSettings
from adapters.web.store import WebMessage, WebPerson, next_change
from bench.village import many
from bot.app import App, keep_what_is_loaded
from bot.clock import WallClock
from core import posts
from core.activities import OPEN, PERSON, Occurrence, Series, Slot
from core.claims import CLAIMED, WAITLISTED, Claim
from core.db import Database
from core.members import Account, KnownChat, Member, Presence
from tests.keys import KEYS

PEOPLE, MESSAGES, ACTIVITIES, COORDINATORS = 150, 300, 40, 15
MS, KB = 200.0, 60.0
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIRST = 1_000
"""The first id of what is made here."""


@contextlib.asynccontextmanager
async def whole_bot(folder: Path) -> AsyncIterator[tuple[WebNetwork, App]]:
    """It runs in the demo, on a Monday at nine."""
    clock = WallClock()
    clock.ahead = MONDAY - datetime.now(UTC)
    database = Database(f"sqlite:///{folder}/views.db", KEYS)
    network = WebNetwork(WebSettings(address="127.0.0.1:0"), database, clock, clock.push)
    app = App(database, [network], clock)
    await app.prepare()
    task = asyncio.create_task(app.run())
    await network.ready.wait()
    try:
        yield network, app
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await app.close()


def fill(session: Session, community: int) -> None:
    """Everybody lives here; half of the activities are full, some have a waiting list, one is a meal for all."""
    group = session.exec(select(KnownChat).where(KnownChat.address == "group")).one()
    ids = range(FIRST, FIRST + PEOPLE)
    base = {"community_id": community}
    many(session, WebPerson, ({"id": f"p{n}", "name": f"邻居{n}", "added_at": MONDAY, "arrived": True} for n in ids))
    many(session, Member, (base | {"id": n, "name": f"邻居{n}", "named": True, "quiet": False} for n in ids))
    account = base | {"network": "web", "reachable": True, "last_used": MONDAY}
    many(session, Account, (account | {"id": f"p{n}", "member_id": n, "name": f"邻居{n}"} for n in ids))
    there = base | {"chat_id": group.id, "left": False, "asked": False}
    many(session, Presence, (there | {"account": f"p{n}", "administrator": n < FIRST + COORDINATORS} for n in ids))
    for n in range(ACTIVITIES):
        activity(session, community, n, group.id)
    for n in range(MESSAGES - ACTIVITIES):
        words = f"第{n}句：明天东门见，我带手电，谁还有多的红马甲？"
        said = MONDAY - timedelta(minutes=MESSAGES - n)
        row = WebMessage(chat="group", person=f"p{FIRST + n % PEOPLE}", text=[["text", words]], said_at=said)
        row.change = next_change(session)
        session.add(row)
        session.flush()


def activity(session: Session, community: int, n: int, group: int) -> None:
    """One of them, at another hour, with its roster owed to the group."""
    id, starts = FIRST + n, MONDAY + timedelta(hours=5 + 8 * n)
    places = PEOPLE if n == 0 else 2 + n % 9
    taken = PEOPLE if n == 0 else places + 2 if n % 4 == 0 else n % (places + 1)
    session.add(Series(community_id=community, id=id, kind="patrol"))
    session.flush()
    kind, title = ("potluck", "百家饭") if n == 0 else ("patrol", "巡逻")
    o = Occurrence(community_id=community, id=id, series_id=id, original=f"{starts:%Y-%m-%dT%H:%M}", number=n + 1)
    o.kind, o.title, o.state, o.place, o.note = kind, title, OPEN, "东门集合", "带手电和红马甲，下雨照常"
    o.starts_at, o.ends_at, o.made_by = starts, starts + timedelta(hours=2), 0
    session.add(o)
    session.flush()
    session.add(Slot(community_id=community, id=id, occurrence_id=id, max=places, unit=PERSON))
    session.flush()
    for at in range(taken):
        claim = Claim(community_id=community, id=FIRST * (n + 1) + at, occurrence_id=id, slot_id=id, position=at + 1)
        claim.member_id, claim.made_at = FIRST + (n * 7 + at) % PEOPLE, MONDAY
        claim.promised = CLAIMED if at < places else WAITLISTED
        session.add(claim)
    session.flush()
    posts.want(session, community, MONDAY, "roster", urgency=posts.ROSTER, chat_id=group, occurrence_id=id)


async def get(session: aiohttp.ClientSession, url: str) -> tuple[float, float, int]:
    """Milliseconds until all of it was there, of the processor meanwhile, and bytes as they went over the line."""
    began, spent = time.perf_counter(), time.process_time()
    async with session.get(url, headers={"Accept-Encoding": "gzip"}) as response:
        body = await response.read()
        response.raise_for_status()
    return (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000, len(body)


async def measure(network: WebNetwork, app: App, rounds: int) -> bool:
    """Each view, by one person after another: nobody asks for so much alone."""
    desk = f"desk/{app.heres.first.id}"
    neighbours, coordinators = range(FIRST + COORDINATORS, FIRST + PEOPLE), range(FIRST, FIRST + COORDINATORS)
    views = {
        "first view": (neighbours, ""),
        "the group": (neighbours, "chat/group"),
        "the group, 200 messages": (neighbours, "chat/group?n=200"),
        "what is on, drawn anew": (neighbours, "now"),
        "first view, coordinator": (coordinators, ""),
        "desk": (coordinators, desk),
        "desk, a month": (coordinators, f"{desk}/month/2026-11"),
        "desk, a roster of 150": (coordinators, f"{desk}/roster/1"),
        "desk, a roster of few": (coordinators, f"{desk}/roster/7"),
        "desk, the form": (coordinators, f"{desk}/post"),
        "more": (neighbours, "more"),
    }
    good = True
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        for name, (people, path) in views.items():
            urls = [f"{network.url}/as/p{people[n % len(people)]}/{path}" for n in range(rounds + 1)]
            await get(session, urls.pop())  # what is compiled once is compiled
            wall, processor, size = zip(*[await get(session, url) for url in urls], strict=True)
            at_95 = [statistics.quantiles(each, n=20)[-1] for each in (wall, processor, size)]
            good = good and at_95[0] <= MS and at_95[2] <= KB * 1000
            told = f"{at_95[0]:5.0f} ms, of the processor {at_95[1]:5.0f} ms, {at_95[2] / 1000:5.1f} kB"
            print(f"{name:26} p50 {statistics.median(wall):5.0f} ms  p95 {told}")
    return good


async def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with whole_bot(Path(folder)) as (network, app):
            async with aiohttp.ClientSession() as session, asyncio.timeout(30):
                while (await session.get(f"{network.url}/as/yang/desk")).status != 200:
                    await asyncio.sleep(0.1)
            await app.database.write(lambda rows: fill(rows, app.heres.first.id))
            app.stir()
            await until_shown(app)
            keep_what_is_loaded()  # as a bot does that runs
            good = await measure(network, app, rounds)
    print(f"goal {MS:.0f} ms, {KB:.0f} kB: {'held' if good else 'NOT held'}")


async def until_shown(app: App) -> None:
    """Until every roster stands in the group."""

    def left(session: Session) -> bool:
        rows = session.exec(select(posts.Post).where(posts.Post.kind == "roster", posts.Post.shown == 0)).all()
        return bool(rows)

    async with asyncio.timeout(60):
        while await app.database.read(left):
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
