"""What time it is: the one place where the product reads a clock, so that scenes and tests can move it by hand."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

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
    """The machine's clock, with a push: the demo page may move it forward, never back."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._pushed = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def monotonic(self) -> float:
        return time.monotonic()

    def push(self, by: timedelta) -> None:
        """Move forward by `by`; everybody who waits looks again."""
        self.ahead += max(by, timedelta())
        self._pushed.set()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        seconds = LOOK_AGAIN if until is None else min(max((until - self.now()).total_seconds(), 0.0), LOOK_AGAIN)
        waiters = {asyncio.create_task(wake.wait()), asyncio.create_task(self._pushed.wait())}
        try:
            await asyncio.wait(waiters, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()
            self._pushed.clear()


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:  # noqa: ARG002 -- nothing is waited for
        """Nothing comes by itself here."""
        await wake.wait()
