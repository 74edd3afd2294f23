"""Stalls: an event that never comes to an end ends the process, which the next one knows from the slate.

Two ways lead there. Where the whole interpreter stands still, in a regular expression say, not even SIGTERM is heard:
the kernel ends the process by a timer of processor time that the event loop winds up again every second, and that only
runs while an event is taken in. Where the loop still turns, it looks itself how long the event has taken.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from dataclasses import dataclass

log = logging.getLogger("xiaobandeng.stalls")

FROZEN = 4.0
"""Seconds of processor time without a turn of the event loop, while an event is taken in, after which all is over."""
WORK, WAIT = 30.0, 300.0
"""Seconds of processor time, and seconds in all, that an event may take."""
LOOKS = 1.0
SLOW = 2.0
"""Seconds from which on it is worth a line in the log."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An event that is being taken in: on which thread, since when, and what that thread had worked before."""

    thread: int
    since: float
    worked: float

    def work(self) -> float:
        """Seconds of processor time that it has taken."""
        if not hasattr(time, "pthread_getcpuclockid"):
            return 0.0
        try:
            return time.clock_gettime(time.pthread_getcpuclockid(self.thread)) - self.worked
        except OSError:  # the thread has ended
            return 0.0


class Stalls:
    """Watches over the event that is being taken in. Begun and ended on the writer thread."""

    def __init__(self) -> None:
        self._under_way: UnderWay | None = None
        self._lock = threading.Lock()
        self._watching = False

    def begin(self) -> None:
        with self._lock:
            self._under_way = UnderWay(threading.get_ident(), time.monotonic(), time.thread_time())
            self._wind(FROZEN)

    def end(self) -> None:
        with self._lock:
            self._wind(0.0)
            under_way, self._under_way = self._under_way, None
        if under_way is not None and (took := time.monotonic() - under_way.since) >= SLOW:
            log.warning("an event took long", extra={"seconds": took})

    def _wind(self, seconds: float) -> None:
        """Set the kernel's timer, or stop it. Its signal ends the process wherever it is: nothing catches it."""
        if self._watching and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, seconds)

    async def watch(self) -> None:
        """Look every second, until cancelled."""
        self._watching = True
        try:
            while True:
                await asyncio.sleep(LOOKS)
                self.look()
        finally:
            with self._lock:
                self._wind(0.0)
                self._watching = False

    def look(self) -> None:
        """The loop turns: the timer begins anew. An event that has taken too long ends the process all the same."""
        with self._lock:
            under_way = self._under_way
            if under_way is None:
                return
            self._wind(FROZEN)
            took, worked = time.monotonic() - under_way.since, under_way.work()
        if worked > WORK or took > WAIT:
            log.error("an event takes too long; the bot ends and starts again", extra={"seconds": took})
            os._exit(1)
