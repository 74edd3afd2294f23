"""Private messages to everybody while the server is in trouble: `python -m tests.telegram.storm [PEOPLE [SEED]]`.

Of a hundred sends twenty are told to wait, thirty meet a broken server, and of five the line breaks after the effect.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.telegram import TelegramSettings
from adapters.telegram.network import Telegram
from bot.app import Village
from bot.clock import WallClock
from core.db import Database
from core.manners import KINDS, Manners, read_reminder
from tests.telegram.faults import Faults
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import Chat, Letter, User, World


@dataclass
class Came:
    """What a storm left behind: whom it kept from a reminder, repeats, how often a line broke after the effect."""

    missing: list[str]
    repeats: int
    cuts: int
    floods: int
    knocks: int  # refused by the flood limits themselves
    violations: list[str]


async def storm(count: int, seed: int, url: str, patience: float) -> Came:
    """Everybody promises, in peace; then the storm begins, and everybody is to be reminded."""
    world = World()
    lead = world.person("杨老师")
    people = [world.person(f"邻居{n}号") for n in range(count)]
    group = world.group("邻里", lead, *people, admins=(lead,), bot="administrator")
    async with Server(world) as server:
        clock = WallClock()
        telegram = Telegram(TelegramSettings(world.token, base_url=server.url))
        manners = Manners(quiet=None, reminders=dict.fromkeys(KINDS, (read_reminder("1h"),)))
        village = Village(Database(url), [telegram], clock, manners=manners)
        await village.prepare()
        running = asyncio.create_task(village.run())
        try:
            await _promise(world, group, lead, people)
            server.faults = Faults(seed, {"flood": 0.2, "broken": 0.3, "cut after": 0.05}, seconds=1.0)
            await clock.push(timedelta(hours=1, minutes=2))
            village.stir()
            with suppress(TimeoutError):
                await until(lambda: all(_reminders(world, user) for user in people), patience)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await village.close()
    missing = [user.first_name for user in people if not _reminders(world, user)]
    repeats = sum(len(_reminders(world, user)) for user in people) - (count - len(missing))
    happened = server.faults.happened
    return Came(missing, repeats, happened["cut after"], happened["flood"], server.flood.refusals, world.violations)


async def _promise(world: World, group: Chat, lead: User, people: list[User]) -> None:
    """A patrol that begins in two hours, and everybody on its roster."""
    start = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).astimezone(ZoneInfo("Asia/Shanghai"))
    await until(lambda: world.wanted)
    world.say(lead, group, "大家好")
    for user in people:
        world.say(user, world.private(user), "/start")
    words = f"发布 巡逻 {start.month}月{start.day}日 {start:%H:%M} 东门 {len(people)}人"
    world.say(lead, world.private(lead), words)
    await until(lambda: _offers(world.private(lead), "发布"), 60)
    _press(world, lead, _offers(world.private(lead), "发布")[-1], "发布")
    await until(lambda: _offers(group, "我来"), 60)
    for user in people:
        _press(world, user, _offers(group, "我来")[-1], "我来")
    await until(lambda: not world.unanswered(), 60)


def _offers(chat: Chat, label: str) -> list[Letter]:
    return [letter for letter in chat.shown() if any(label in each["text"] for each in letter.buttons())]


def _press(world: World, who: User, letter: Letter, label: str) -> None:
    [data, *_] = [each["callback_data"] for each in letter.buttons() if label in each["text"]]
    world.press(who, letter, data)


def _reminders(world: World, user: User) -> list[Letter]:
    return [letter for letter in world.private(user).shown() if "今天" in letter.versions[0]]


def main() -> int:
    count, seed = (*map(int, sys.argv[1:]), *(152, 1)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        came = asyncio.run(storm(count, seed, f"sqlite:///{folder}/storm.db", 600))
    sys.stdout.write(f"{came}\n")
    return 1 if came.missing or came.repeats > came.cuts or came.violations else 0


if __name__ == "__main__":
    sys.exit(main())
