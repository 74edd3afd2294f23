"""The whole bot in this process, on Telegram, with a patrol that neighbours can press on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.features import NAMES
from core.manners import Manners, read_reminder
from tests.keys import KEYS
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import Chat, Letter, Press, User, World


@dataclass
class Whole:
    app: App
    clock: WallClock


@asynccontextmanager
async def whole_bot(
    world: World, server: Server, url: str, groups: Sequence[Chat] | None = None, **settings: Any
) -> AsyncIterator[Whole]:
    """Runs until the end. It reminds an hour before, knows no quiet and lets everybody send as much as they like.

    `groups`: those that the settings name; all that there are now, if none are given.
    """
    clock = WallClock()
    database = Database(url, KEYS)
    telegram = Telegram(TelegramSettings(world.token, base_url=server.url, **settings), database.shelf)
    manners = Manners(
        quiet=None, reminders=dict.fromkeys(NAMES, (read_reminder("1h"),)), share=10_000, chat_share=100_000
    )
    ours = [chat for chat in world.chats.values() if chat.group] if groups is None else groups
    named = [f"telegram:{chat.id}" for chat in ours]
    app = App(database, [telegram], clock, Described(manners=manners, groups=named))
    await app.prepare()
    running = asyncio.create_task(app.run())
    try:
        await until(lambda: world.wanted)
        yield Whole(app, clock)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await app.close()


async def posted(world: World, group: Chat, lead: User, people: Sequence[User], *, places: int) -> Letter:
    """The roster of a patrol that begins in two hours; everybody has opened their private chat."""
    start = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).astimezone(ZoneInfo("Asia/Shanghai"))
    world.say(lead, group, "大家好")
    for user in people:
        world.say(user, world.private(user), "/start")
    words = f"发布 巡逻 {start.month}月{start.day}日 {start:%H:%M} 东门 {places}人"
    world.say(lead, world.private(lead), words)
    await until(lambda: offering(world.private(lead), "发布"), 60)
    pressed(world, lead, offering(world.private(lead), "发布")[-1], "发布")
    await until(lambda: offering(group, "我来"), 60)
    return offering(group, "我来")[-1]


def offering(chat: Chat, label: str) -> list[Letter]:
    """The messages there with a button of this label, the oldest first."""
    return [letter for letter in chat.shown() if any(label in each["text"] for each in letter.buttons())]


def reminds(letter: Letter) -> bool:
    """Whether it is a reminder: it begins with the day, which in the evening is the next one."""
    return letter.versions[0].startswith(("今天", "明天"))


def data_of(letter: Letter, label: str) -> str:
    """What the button of this label carries."""
    return next(str(each["callback_data"]) for each in letter.buttons() if label in each["text"])


def pressed(world: World, who: User, letter: Letter, label: str) -> Press:
    return world.press(who, letter, data_of(letter, label))
