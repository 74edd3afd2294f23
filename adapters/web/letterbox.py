"""What people typed and pressed, from the moment it is safe in the database until the bot has taken it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from adapters.web import store
from adapters.web.hear import heard
from adapters.web.live import Live
from adapters.web.settings import WebSettings
from adapters.web.store import WebEvent, WebPerson
from core.db import Database, locked
from core.messages import Answer
from core.network import Receive, insist

T = TypeVar("T")

SAFE_WITHIN = 2.5
"""Seconds within which what somebody sent is in the database, or else they are asked for patience."""
WAITS = 24
"""How often it is tried to write while another program does, each time as long as SQLite waits."""
PATIENCE = 8.0
"""Seconds that a page waits for the bot's answer. What is answered later comes by itself, or with the next page."""
TOGETHER = 100
"""How many waiting events are read at once."""
LOOK_AGAIN = 30.0
"""Seconds after which the box is opened anyway: the command line drops events from a process of its own."""
KEPT = timedelta(days=7)
"""How long a taken event is kept: as long as a form left open in a window may reasonably be sent once more."""


class HeldUpError(Exception):
    """What was sent is not safe yet: it may be so in a moment, or is to be sent once more."""


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class Letterbox:
    """Events go in through `drop` and come out in order through `hand_over`; `answer` waits for what the bot says."""

    def __init__(self, settings: WebSettings, database: Database, clock: Clock, live: Live) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._live = live
        self._dropped = asyncio.Event()
        self._waiters: dict[int, asyncio.Future[Answer]] = {}

    async def drop(self, work: Callable[[Session], T]) -> T:
        """Run `work`, which stores what happened and drops events; return what it returns, once that is safe.

        Raises `HeldUpError` where another program holds the database: it may be done a little later all the same.
        """
        dropping = asyncio.ensure_future(self._insist(work))
        await asyncio.wait({dropping}, timeout=SAFE_WITHIN)
        while not dropping.done():
            if self._database.held_up() >= SAFE_WITHIN / 2:
                dropping.add_done_callback(self._dropped_late)
                raise HeldUpError
            await asyncio.wait({dropping}, timeout=SAFE_WITHIN / 5)
        outcome = await dropping
        self._dropped.set()
        self._live.look()
        return outcome

    async def _insist(self, work: Callable[[Session], T]) -> T:
        """Write, again and again as long as it is only another program that writes just now."""
        waits = 0
        while True:
            try:
                return await self._database.write(work)
            except OperationalError as error:
                waits += 1
                if not locked(error) or waits >= WAITS:
                    raise

    def _dropped_late(self, dropping: asyncio.Future[Any]) -> None:
        if not dropping.cancelled() and dropping.exception() is None:
            self._dropped.set()
            self._live.look()

    async def answer(self, id: int) -> Answer | None:
        """What the bot answered to this event; None if it has not answered within `PATIENCE`."""
        waiter = self._waiters.setdefault(id, asyncio.get_running_loop().create_future())
        try:
            row = await self._database.read(lambda session: session.get(WebEvent, id))
            if row is not None and row.taken_at is not None:  # sent twice, or taken before we came here
                return Answer(toast=row.toast, alert=row.alert)
            return await asyncio.wait_for(asyncio.shield(waiter), PATIENCE)
        except TimeoutError:
            return None
        finally:
            self._waiters.pop(id, None)

    async def hand_over(self, receive: Receive) -> None:
        """Hand over what waits, in order; where nothing does, wait until something may."""
        self._dropped.clear()
        waiting = await self._database.read(lambda session: store.waiting(session, TOGETHER))
        for row, person in waiting:
            await self._hand_over_one(row, person, receive)
        if not waiting:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(
                    LOOK_AGAIN
                ):  # `wait_for` may swallow that we are cancelled, before Python 3.12
                    await self._dropped.wait()

    async def tidy(self) -> None:
        """Drop what was taken long ago."""
        await self._database.write(lambda session: store.forget(session, self._clock.now() - KEPT))

    async def _hand_over_one(self, row: WebEvent, person: WebPerson, receive: Receive) -> None:
        number = row.id or 0
        event = heard(row, person, self._settings)
        answer = Answer() if event is None else await insist(receive, event)
        await self._database.write(lambda session: store.taken(session, number, answer, self._clock.now()))
        self._live.look()
        waiter = self._waiters.get(number)
        if waiter is not None and not waiter.done():
            waiter.set_result(answer)
        elif answer.toast:
            self._live.tell(person.id, answer)
