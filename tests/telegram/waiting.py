"""Waiting for what will be true soon: the other side lives in another task or process, and knows nothing of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Return when it is true; fail when it is not in time. No test passes by waiting."""
    pause = 0.002
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(pause)
            pause = min(1.2 * pause, 0.05)  # what takes long is not made slower by looking at it all the time
