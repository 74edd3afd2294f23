"""Said at once and without a post: a kind word where nothing can be written down, to who is at their private chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from core.heres import Heres
from core.messages import Chat, Event, Message, Person, Said
from core.network import Network
from core.words import text

log = logging.getLogger("xiaobandeng.at_once")

SELDOM = timedelta(minutes=1)
"""How often one chat hears the same word at most."""
MOST = 5_000
"""Chats that are remembered; then all of them are forgotten."""


class AtOnce:
    """What it says is nowhere kept: neither that it was said, nor that it is still to be."""

    def __init__(self, heres: Heres, now: Callable[[], datetime]) -> None:
        self._heres = heres
        self._now = now
        self._told: dict[tuple[str, str, str], datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, network: Network, event: Event, key: str) -> None:
        """Say this under private words, at most once a minute. In a group it is not known yet whether it was talk."""
        if not isinstance(event, Said) or not event.chat.private or not event.person.id:
            return
        where, now = (network.name, event.chat.id, key), self._now()
        if where in self._told and now - self._told[where] < SELDOM:
            return
        if len(self._told) >= MOST:
            self._told.clear()
        self._told[where] = now
        said = text(self._heres.names(event.chat).lang, key)
        self._begin(network, event.chat, said, f"{key}:{event.event}")

    def tell(self, network: Network, whom: Person, said: str, key: str) -> None:
        """Say this privately to somebody, if their private chat can be reached."""
        self._begin(network, whom, said, key)

    def _begin(self, network: Network, to: Chat | Person, said: str, key: str) -> None:
        async def send() -> None:
            try:
                chat = to if isinstance(to, Chat) else await network.private(to)
                await network.send(chat, Message((said,)), key)
            except Exception as error:  # noqa: BLE001 - whatever it is: it was only a kind word
                log.info("not told", extra={"network": network.name, "why": type(error).__name__})

        task = asyncio.create_task(send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Until all that is being said has been."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1.0)
