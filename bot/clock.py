"""What time it is: the one place where the product reads a clock, so that scenes and tests can move it by hand."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

SETTLE = 0.05
"""Seconds that a pushed clock stands still before each step: calls under way land at the minute they were made."""
LOOK_AGAIN = 30.0
"""Seconds after which a waiting clock is read anew: a wall clock may be stepped, or a machine sleep, while we wait."""


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that only ever grow, for the pace of calls: a stepped wall clock must not hurry or stop them."""

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return when `until` has come (None: never), when `wake` is set, or a little earlier: look again then."""


class WallClock:
    """The machine's clock, with a push: the demo page may move it forward, never back.

    A pushed clock walks: it stops wherever the one who waits for it says that something falls due, so that what lies on
    the way is done at its own minute and in order.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._owed = timedelta()
        self._pushed = asyncio.Event()
        self._arrived = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def monotonic(self) -> float:
        return time.monotonic()

    async def push(self, by: timedelta) -> None:
        """Move forward by `by`; return when the clock is there. Somebody must be waiting for it, or it stands still."""
        if by <= timedelta():
            return
        self._owed += by
        self._arrived.clear()
        self._pushed.set()
        await self._arrived.wait()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        if self._owed:
            await self._walk(until, wake)
            return
        seconds = LOOK_AGAIN if until is None else min(max((until - self.now()).total_seconds(), 0.0), LOOK_AGAIN)
        waiters = {asyncio.create_task(wake.wait()), asyncio.create_task(self._pushed.wait())}
        try:
            await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()
            self._pushed.clear()

    async def _walk(self, until: datetime | None, wake: asyncio.Event) -> None:
        """One step of a push: to what falls due next, or to the end of the push."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), SETTLE)
        if wake.is_set():
            return
        step = self._owed if until is None else min(self._owed, max(until - self.now(), timedelta()))
        self.ahead += step
        self._owed -= step
        if not self._owed:
            self._arrived.set()


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Nothing comes by itself here."""
        await wake.wait()
