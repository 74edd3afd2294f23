"""The death of a bot at the worst moment: a message has arrived, and nobody has written it down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import HandClock
from core.db import Database
from core.described import Described
from core.messages import Chat, Message, Person
from core.network import Network
from tests.keys import KEYS


class Dying:
    """A network over which the bot dies: its first message into `group` arrives, and the answer never does."""

    def __init__(self, network: Network, group: Chat) -> None:
        self._network = network
        self._group = group
        self.arrived = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        sent = await self._network.send(chat, message, key)
        if chat.id == self._group.id:
            self.arrived.set()
            await asyncio.Event().wait()
        return sent


@contextlib.asynccontextmanager
async def village(network: Any, folder: Path, group: Chat, coordinator: Person) -> AsyncIterator[App]:
    """A village on a file in `folder`, at nine on a Monday morning. It dies at the end: nothing is tidied up."""
    before = asyncio.all_tasks()
    database = Database(f"sqlite:///{folder}/village.db", KEYS)
    home = App(
        database,
        [network],
        HandClock(datetime(2026, 11, 23, 1, tzinfo=UTC)),
        Described(coordinators=[f"{network.name}:{coordinator.id}"], groups=[f"{network.name}:{group.id}"]),
    )
    try:
        await home.prepare()
        yield home
    finally:
        for task in asyncio.all_tasks() - before:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        database.close()
