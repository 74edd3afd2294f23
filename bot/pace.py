"""When the next call into a chat may leave, so that a network's limits are met and never tried.

A server counts calls when they arrive, and we know only when they left and when they were answered. Of two calls that
leave a second apart, the first may be held up on its way and arrive with the second. So a call that took longer than
the fastest one known counts from later on: by so much it may have been late. What is steady in a delay costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from sys import maxsize

from core.network import Can, Pace

GUARD = 0.02
"""Part of a window's length that is kept free for the unevenness of clocks and wires."""

GUARD_AT_MOST = 0.25
"""Seconds. Over a long window the guard need not grow on: two clocks do not differ by a second in a minute."""

FORGETS = 1.0002
"""How much slower the fastest call known is taken to be after each call, so that a network may grow slower."""

ENOUGH = 2
"""Answers from which one knows how fast a network is: the first call opens the connection, and says nothing of it."""

STRICT = 60.0
"""Seconds for which calls leave one by one after a network said that all of them must wait."""

SWEEP = 1024
"""Chats remembered before the idle ones are looked for and dropped."""


@dataclass(slots=True, eq=False)
class Call:
    """One call on its way or answered. Both moments are monotonic seconds."""

    left: float
    landed: float | None = None


@dataclass(slots=True, eq=False)
class Window:
    """The calls that may still count against one `Pace`."""

    pace: Pace
    calls: list[Call] = field(default_factory=list)


class Lanes:
    """The windows of one bot account: of all its calls, of each chat and of each group.

    Every moment is monotonic seconds, given by the caller. Ask `when`; if that moment has come, say `took`, with no
    `await` between (or two would see the same room), make the call, and say `landed` when it came to an end, a failure
    or a cancelling included: until then it is held against its lanes, for it may arrive at any moment.
    """

    def __init__(self, can: Can) -> None:
        self._can = can
        self._all = [Window(pace) for pace in can.overall]
        self._chats: dict[tuple[str, bool], list[Window]] = {}
        self._held: dict[str | None, float] = {}
        self._strict = -inf
        self._fastest = inf
        self._answers = 0

    def when(self, chat: str | None, group: bool, now: float) -> float:
        """The earliest moment, `now` or later, at which a call into this chat (None: into any at all) may leave.

        While a call that stands in the way is still under way this is a guess: ask again then, or when it has landed.
        """
        windows = self._all if chat is None else [*self._all, *self._windows(chat, group)]
        free = max((self._free(window, now) for window in windows), default=now)
        return max(now, free, self._held.get(None, now), self._held.get(chat, now))

    def room(self, now: float) -> int:
        """How many calls may leave now, into chats that need not wait."""
        if self._held.get(None, now) > now:
            return 0
        under_way = (sum(self._counts_until(call, w.pace, now) > now for call in w.calls) for w in self._all)
        return max(0, min((w.pace.count - n for w, n in zip(self._all, under_way, strict=True)), default=maxsize))

    def at_once(self, in_flight: int, now: float) -> int:
        """How many calls may be under way together: so many, or one, for a while after the network said that all must
        wait. Of several the quickest would have the little there is, and it should be the first in line.
        """
        return 1 if now < self._strict else in_flight

    def waiting(self, now: float) -> frozenset[str]:
        """The chats into which nothing may leave now."""
        full = {chat for (chat, _), windows in self._chats.items() if any(self._free(w, now) > now for w in windows)}
        return frozenset(full | {chat for chat, until in self._held.items() if chat is not None and until > now})

    def took(self, chat: str, group: bool, now: float) -> Call:
        """A call leaves now. Hand what comes back to `landed`."""
        call = Call(now)
        for window in (*self._all, *self._windows(chat, group)):
            self._clear(window, now)
            window.calls.append(call)
        if len(self._chats) > SWEEP:
            self._sweep(now)
        return call

    def landed(self, call: Call, now: float, *, answered: bool = True) -> None:
        """The call ended now. `answered`: by the network itself, so that its time tells how fast the network is."""
        call.landed = now
        if answered:
            self._answers += 1
            self._fastest = min(self._fastest * FORGETS, now - call.left)

    def hold(self, chat: str | None, until: float) -> None:
        """Nothing leaves for this chat (None: for any) before `until`. A shorter wait never replaces a longer one."""
        self._held[chat] = max(until, self._held.get(chat, until))
        if chat is None:
            self._strict = max(self._strict, until + STRICT)

    def _windows(self, chat: str, group: bool) -> list[Window]:
        paces = self._can.chat + (self._can.group if group else ())
        if not paces:
            return []  # nothing to remember of this chat
        windows = self._chats.get((chat, group))
        if windows is None:
            windows = self._chats[chat, group] = [Window(pace) for pace in paces]
        return windows

    def _free(self, window: Window, now: float) -> float:
        """When this window has room again; long ago if it has room."""
        ends = sorted(end for call in window.calls if (end := self._counts_until(call, window.pace, now)) > now)
        return ends[-window.pace.count] if len(ends) >= window.pace.count else -inf

    def _counts_until(self, call: Call, pace: Pace, now: float) -> float:
        """A call counts for the length of its window from its departure, and by how late it may have been."""
        under_way = (now if call.landed is None else call.landed) - call.left
        fastest = self._fastest if self._answers >= ENOUGH else 0.0
        late = max(0.0, under_way - fastest)
        guard = min(pace.seconds * GUARD, GUARD_AT_MOST)
        return call.left + pace.seconds + max(guard, late + guard / 2)

    def _clear(self, window: Window, now: float) -> None:
        """Forget the calls that no longer count."""
        window.calls = [call for call in window.calls if self._counts_until(call, window.pace, now) > now]

    def _sweep(self, now: float) -> None:
        """Forget the chats where nothing counts any more, and the waits that are over."""
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        for windows in self._chats.values():
            for window in windows:
                self._clear(window, now)
        self._chats = {chat: windows for chat, windows in self._chats.items() if any(w.calls for w in windows)}
