"""Stopping: run until the work ends or the machine asks for an end, and be gone in time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Coroutine

PATIENCE = 4.5
"""Seconds after which a stop that hangs is cut short. Whoever asked waits 5; a kill loses nothing that was answered."""

log = logging.getLogger(__name__)


def run(work: Coroutine[None, None, None], patience: float = PATIENCE) -> None:
    """Run `work` on an event loop until it ends, or until SIGTERM or SIGINT: then it is cancelled and cleans up.

    Raises what `work` raises. A stop that was asked for is no error, and neither is asking twice. When cleaning up
    takes longer than `patience` seconds, the process ends with exit code 1.
    """
    with asyncio.Runner() as runner:
        runner.run(_until_asked(work, patience))


async def _until_asked(work: Coroutine[None, None, None], patience: float) -> None:
    task = asyncio.ensure_future(work)
    asked = False

    def stop() -> None:
        nonlocal asked
        if asked:
            return
        asked = True
        log.info("stopping")
        last = threading.Timer(patience, _cut_short)
        last.daemon = True
        last.start()
        task.cancel()

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt there
            loop.add_signal_handler(sign, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
    log.info("stopped")


def _cut_short() -> None:
    log.error("stopping took too long and was cut short")
    os._exit(1)
