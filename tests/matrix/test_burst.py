"""Ten neighbours at once on a server that lets the bot say one thing in five seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.manners import Manners
from tests.keys import KEYS
from tests.matrix.person import Person, until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse, serving

RIGHT_WITHIN = 30_000
"""Milliseconds by the server's own clock from the first +1 to the roster with all ten: it may say seven things by then,
and before it was told to put rosters first it took 170 seconds."""


@pytest.fixture(scope="module")
def slow() -> Iterator[Synapse]:
    with serving(messages=True) as server:
        yield server


@pytest.fixture
async def yang(slow: Synapse, tmp_path: Path) -> AsyncIterator[tuple[Person, str]]:
    """The coordinator, and the id of a bot that runs."""
    async with aiohttp.ClientSession() as http:
        settings = MatrixSettings(slow.url, slow.register("bot"), tmp_path / "matrix", patience=0.5, encrypted=False)
        await login(settings, "password")
        who = await Person.log_in(slow.url, slow.register("p"), http, "杨老师")
        app = App(
            Database(f"sqlite:///{tmp_path}/village.db", KEYS),
            [Matrix(settings)],
            WallClock(),
            Described(manners=Manners(quiet=None), coordinators=[f"matrix:{who.user}"]),
        )
        await app.prepare()
        running = asyncio.create_task(app.run())
        yield who, settings.user
        running.cancel()
        await asyncio.wait([running])
        await app.close()


async def test_ten_at_once_stand_on_the_roster_within_half_a_minute(yang: tuple[Person, str], slow: Synapse):
    lead, bot = yang
    room = await lead.create(bot, preset="public_chat")
    people = [await Person.log_in(slow.url, slow.register("p"), lead.session, f"邻居{n}") for n in range(10)]
    for each in people:
        await each.join(room)
    own = await lead.create(bot, is_direct=True)
    await inside(lead, own, bot)
    day = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
    await lead.say(own, f"发布 巡逻 {day.month}月{day.day}日 19:00-21:00 东门集合 12人")
    await until(lambda: text_in(lead, own, bot, "发布"))
    await lead.say(own, "发布")
    await until(lambda: text_in(lead, room, bot, "0/12"))
    first = ""
    for each in people:
        first = first or await each.say(room, "+1")
        if each is not people[0]:
            await each.say(room, "+1")
    await until(lambda: text_in(lead, room, bot, "10/12"))
    events = await lead.events(room)
    began = next(event["origin_server_ts"] for event in events if event["event_id"] == first)
    edits = [event for event in events if event["sender"] == bot and "10/12" in str(event["content"])]
    assert edits[0]["origin_server_ts"] - began < RIGHT_WITHIN


async def inside(who: Person, room: str, bot: str) -> None:
    async def joined() -> bool:
        members = await who.call("GET", "rooms", room, "joined_members")
        return bot in members["joined"]

    await until(joined)


async def text_in(who: Person, room: str, bot: str, text: str) -> bool:
    return any(text in message.text for message in shown(await who.events(room), bot))
