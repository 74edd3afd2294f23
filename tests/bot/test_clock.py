"""The machine's clock, and the push of the demo."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.clock import WallClock


async def test_a_pushed_clock_stops_wherever_something_falls_due() -> None:
    clock, wake = WallClock(), asyncio.Event()
    start = clock.now()
    due = [start + timedelta(hours=hours) for hours in (1, 20, 30)]
    done: list[datetime] = []

    async def deliver() -> None:
        while True:
            now = clock.now()
            while due and due[0] <= now:
                due.pop(0)
                done.append(now)
            await clock.wait(due[0] if due else None, wake)

    delivering = asyncio.create_task(deliver())
    await clock.push(timedelta(days=1))
    delivering.cancel()
    assert [round((moment - start) / timedelta(hours=1)) for moment in done] == [1, 20]
    assert timedelta(days=1) <= clock.now() - start < timedelta(days=1, minutes=1)


async def test_a_clock_is_never_pushed_back() -> None:
    clock = WallClock()
    await clock.push(-timedelta(days=1))
    assert clock.ahead == timedelta()
