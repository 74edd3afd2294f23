"""A group of somebody else's, into which the bot is brought, and those who are asked about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.scene.network import group, person, private
from adapters.scene.screens import choose, offers
from core.members import KnownChat
from core.messages import Answer, Chat, Pressed
from tests.street import YANG, Street, street

THEIRS = group("外人的群")
FAR = "外人"
LI = "李老师"
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""Eleven in the evening in Shanghai."""


@asynccontextmanager
async def two(tmp_path: Path, *names: str, **facts: Any) -> AsyncIterator[Street]:
    """A street with two coordinators; the bot is not in the stranger's group yet."""
    async with street(tmp_path, LI, "陈伯", *names, coordinators=[f"scene:{YANG}", f"scene:{LI}"], **facts) as here:
        here.network.outside.add(THEIRS.id)
        yield here


async def bring(here: Street, who: str = FAR, chat: Chat = THEIRS) -> None:
    """Somebody brings the bot into a group, where they are an administrator."""
    await here.tell(here.network.entered(person(who), chat))
    await here.tell(here.network.ranked(person(who), chat, administrator=True))
    await here.tell(here.network.joined(person(who), chat))
    await here.deliver()


def row(here: Street, chat: Chat = THEIRS) -> KnownChat:
    return next(row for row in here.rows(KnownChat) if row.address == chat.id)


def there(here: Street, chat: Chat = THEIRS) -> list[str]:
    """What stands in a group."""
    return [shown.text for shown in here.network.screens.now_on(chat)]


def asked(here: Street, who: str) -> list[str]:
    return [text for text in here.texts(who) if "有人把我拉进了群" in text]


async def press(here: Street, who: str, label: str, on: str = "外人的群") -> Answer:
    """Press a label in one's own private chat."""
    return await here.tell(pressing(here, who, label, on))


def pressing(here: Street, who: str, label: str, on: str = "外人的群") -> Pressed:
    for shown in here.network.screens.newest([private(person(who))], on):
        offer = choose(label, offers(shown.message), exactly=True)
        if offer is not None:
            return here.network.pressed(person(who), shown.chat, shown.id, action=offer.action)
    raise AssertionError(f"{who} has nothing to press called {label}: {here.texts(who)}")


ORDERS = ["取消 1", "名单", "名单 1", "活动", "我的", "+1", "报名 1", "改 1 晚上8点", "关闭 1", "加 外人 1",
          "减 陈伯 1",
          "发布", "发布 巡逻 2026-11-28 19:00 西门 2人", "帮陈伯退出", "帮助", "确认", "我叫 杨老师", "接龙 1",
          "是我们的群", "是", "配对", "配对 12345678", "12345678"]  # fmt: skip
"""What somebody would type who wants to be somebody here."""
