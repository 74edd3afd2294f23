"""Another program holds the database: whoever speaks is asked to wait, and what they said is done then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.at_once import AtOnce
from bot.later import Later
from core.db import Database
from core.heres import Heres
from core.messages import Answer, Event, Pressed
from core.network import Network
from core.words import text

log = logging.getLogger("xiaobandeng.busy")

PATIENCE = 2.5
"""Seconds that somebody waits for an answer before they are asked for patience."""
AGAIN = 1.0
"""Seconds until it is tried once more."""
BUSY = "trouble.busy"

Work = Callable[[], Coroutine[Any, Any, Answer]]
Done = Callable[[Network, Event, Answer], None]


class Busy:
    """Stands between whoever hands an event over and its transaction."""

    def __init__(self, database: Database, heres: Heres, later: Later, at_once: AtOnce, done: Done) -> None:
        self._database = database
        self._heres = heres
        self._later = later
        self._at_once = at_once
        self._done = done
        self._tasks: set[asyncio.Task[None]] = set()

    async def within(self, network: Network, event: Event, work: Work) -> Answer:
        """What `work` answers; or that it will come, once the event is safe in a file and while the database is held.

        Others stand behind: from then on they are told at once.
        """
        if not self._later.possible:
            return await work()
        if self._later.waits(network.bot, event.event):
            return self._patience(network, event)
        task = asyncio.create_task(work())
        try:
            await asyncio.wait({task}, timeout=0 if self._database.held_up() >= PATIENCE else PATIENCE)
            while not task.done():
                if self._database.held_up() >= AGAIN and await self._kept(network, event):
                    finishing = asyncio.create_task(self._finish(network, event, work, task))
                    self._tasks.add(finishing)
                    finishing.add_done_callback(self._tasks.discard)
                    return self._patience(network, event)
                await asyncio.wait({task}, timeout=AGAIN / 2)
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def _kept(self, network: Network, event: Event) -> bool:
        try:
            await asyncio.to_thread(self._later.keep, network.bot, event)
        except OSError as error:
            log.warning("it cannot be kept for later", extra={"why": type(error).__name__})
            return False
        return True

    def _patience(self, network: Network, event: Event) -> Answer:
        self._at_once.answer(network, event, BUSY)
        if isinstance(event, Pressed):
            return Answer(toast=text(self._heres.names(event.chat).lang, BUSY), alert=True)
        return Answer()

    async def _finish(self, network: Network, event: Event, work: Work, task: asyncio.Task[Answer] | None) -> None:
        """Until it is done. Whoever pressed has their answer over the button already: this one comes privately."""
        while True:
            try:
                answer = await (task or work())
            except (OSError, OperationalError) as error:
                log.info("still waiting for the database", extra={"why": type(error).__name__})
                task = None
                await asyncio.sleep(AGAIN)
            else:
                break
        await asyncio.to_thread(self._later.done, network.bot, event.event)
        if isinstance(event, Pressed) and answer.toast:
            self._at_once.tell(network, event.person, answer.toast, f"late:{event.event}")
        self._done(network, event, answer)

    async def take_up(self, networks: Sequence[Network], receive: Callable[..., Coroutine[Any, Any, Answer]]) -> None:
        """What the last process was asked for and did not come to."""
        for bot, event in await asyncio.to_thread(self._later.left):
            for network in networks:
                if network.bot == bot:
                    await self._finish(network, event, lambda n=network, e=event: receive(n, e), None)  # type: ignore[misc]  # bound to this one

    async def close(self) -> None:
        """What is not done by now stays in the file."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._at_once.settle()
