"""Habits: what the long words of a chat were last asked, so that the next are read before anybody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from core.messages import Edited, Event, Said
from core.reading.parts import SHORT, Call

MOST = 1_000
"""Chats of which it is remembered."""


class Habits:
    """A guess that is wrong costs one reading more; one that is right saves a transaction begun in vain."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], tuple[Call, ...]] = {}

    def of(self, event: Event) -> Iterator[Call]:
        """What these words will probably be asked."""
        if isinstance(event, Said | Edited) and len(event.text) > SHORT:
            for call in self._last.get((event.chat.network, event.chat.id), ()):
                yield replace(call, words=event.text, args=(event.text,))

    def learn(self, event: Event, asked: Iterable[Call]) -> None:
        """What they were asked, as far as the next will be asked the same: the words alone, at whatever time."""
        if not isinstance(event, Said | Edited) or len(event.text) <= SHORT:
            return
        calls = (c for c in asked if c.args == (event.text,))
        timeless = tuple(c for c in calls if not any(isinstance(fact, datetime) for _, fact in c.facts))
        if len(self._last) >= MOST:
            self._last.clear()
        self._last[event.chat.network, event.chat.id] = timeless
