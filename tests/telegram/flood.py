"""Telegram's flood limits, kept as strictly as anybody has reported: sliding windows over arrivals."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

OVERALL = (30, 1.0)
CHAT = (1, 1.0)
GROUP = (20, 60.0)


@dataclass
class Flood:
    """Counts what is let in. `penalty`: whoever knocks before the time is over waits twice as long.

    Moments are seconds of `clock`. `peak` is the most that was let in within one second.
    """

    on: bool = True
    penalty: bool = False
    clock: Callable[[], float] = time.monotonic
    arrivals: list[float] = field(default_factory=list)
    refusals: int = 0
    _lanes: dict[tuple[object, float], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _closed: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait(self, chat: int, *, group: bool) -> float:
        """0 when a message or an edit may go into this chat now, and then it is counted; else the seconds to wait."""
        now = self.clock()
        if not self.on:
            self.arrivals.append(now)
            return 0.0
        until, last = self._closed.get(chat, (0.0, 0.0))
        if self.penalty and now < until:
            return self._refuse(chat, now, last * 2)
        lanes = [("", *OVERALL), (chat, *CHAT), *([(chat, *GROUP)] if group else [])]
        waits = [self._room((who, seconds), count, seconds, now) for who, count, seconds in lanes]
        if max(waits) > 0:
            return self._refuse(chat, now, max(waits))
        for who, _, seconds in lanes:
            self._lanes[who, seconds].append(now)
        self.arrivals.append(now)
        return 0.0

    def peak(self) -> int:
        times = sorted(self.arrivals)
        return max((sum(1 for at in times[n:] if at < first + 1.0) for n, first in enumerate(times)), default=0)

    def _room(self, lane: tuple[object, float], count: int, seconds: float, now: float) -> float:
        times = self._lanes[lane]
        while times and times[0] <= now - seconds:
            times.popleft()
        return times[-count] + seconds - now if len(times) >= count else 0.0

    def _refuse(self, chat: int, now: float, wait: float) -> float:
        self.refusals += 1
        self._closed[chat] = (now + wait, wait)
        return wait
