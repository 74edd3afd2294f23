"""A network on which calls can be held on their way, and lines that the bot owes of its own accord."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from adapters.scene.network import CAN, SceneNetwork
from core import posts
from core.members import Community, KnownChat
from core.messages import Chat, Message
from core.posts import Post, Say
from tests.street import YANG, Street

BLIND = replace(CAN, tells=False)
"""A network that cannot tell a repeated message from a new one."""


class Slow(SceneNetwork):
    """A network on which calls can be held on their way: `arrived` when one has had its effect, `go` lets it return."""

    def __init__(self, can: Any = CAN) -> None:
        super().__init__(can)
        self.holding = ""  # the name of the calls to hold
        self.arrived = asyncio.Event()
        self.go = asyncio.Event()

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        sent = await super().send(chat, message, key)
        await self._held("send")
        return sent

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        await super().edit(chat, id, message, key)
        await self._held("edit")

    async def _held(self, name: str) -> None:
        if self.holding == name:
            self.holding = ""
            self.arrived.set()
            await self.go.wait()


async def slow_street(folder: Path, can: Any = CAN) -> Street:
    made = Street(folder, network=Slow(can))
    await made.start()
    await made.meet(YANG, "陈伯", "李阿姨")
    return made


def own_line(session: Session, here: Community, chat: KnownChat, n: int, now: datetime, **facts: Any) -> Post:
    """A line that the bot says in a group of its own accord."""
    return posts.want(
        session, here.id, now, "say", urgency=posts.NOTICE, chat_id=chat.id, occasion=f"own:{n}", own=True,
        body=Say(key="private.hello"), **facts,
    )  # fmt: skip


def want_lines(here: Street, count: int, *, first: int = 0, **facts: Any) -> None:
    with here.database.writing() as session:
        chat = here.read(lambda s: next(c for c in here.rows(KnownChat) if not c.private))
        community = here.rows(Community)[0]
        for n in range(first, first + count):
            own_line(session, community, chat, n, here.clock.now(), **facts)
