"""Shares: how much of a minute is one person's, and one chat's; who takes more waits, and nobody waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.heres import Heres
from core.messages import Arranged, Edited, Event, Pressed, Said
from core.reading import read_command
from core.reading.parts import SHORT
from core.said.alarms import alarming

MINUTE = timedelta(minutes=1)
LONG = 200
"""Letters that weigh as much as one more message."""
FEW = 5
"""Messages that somebody may send into a chat whose share is used up by others."""
REMEMBERED = 200
"""Sentences of one person that are known again."""
MOST = 5_000
"""People and chats that are remembered; then those are forgotten who have their whole share again."""
URGENT = frozenset({"cancel", "close", "leave"})
"""What is heard even of who took too much: others stand before a closed door else."""

Words = Said | Edited | Pressed | Arranged


@dataclass(slots=True)
class Share:
    """What is left of one; it refills within a minute."""

    most: float
    left: float
    at: datetime

    def refill(self, now: datetime) -> None:
        self.left = min(self.most, self.left + max(0.0, (now - self.at) / MINUTE) * self.most)
        self.at = now

    def take(self, weight: float, now: datetime) -> bool:
        self.refill(now)
        if self.left < weight:
            return False
        self.left -= weight
        return True


@dataclass(slots=True)
class Taker:
    """One person: their share; a reserve for short words that they did not say just now; when they were last told."""

    share: Share
    reserve: Share
    urgent: Share
    heard: Share  # of what is only looked at to see whether it is urgent
    said: dict[int, datetime] = field(default_factory=dict)
    told: datetime | None = None

    def says_anew(self, words: str, now: datetime) -> bool:
        """Whether these words were not said within the last minute."""
        before = self.said.pop(hash(words), None)
        if len(self.said) >= REMEMBERED:
            self.said.clear()
        self.said[hash(words)] = now
        return before is None or now - before >= MINUTE


class Shares:
    """Kept in memory: a restart gives everybody a whole share."""

    def __init__(self, heres: Heres) -> None:
        self._heres = heres
        self._people: dict[tuple[str, str], Taker] = {}
        self._chats: dict[tuple[str, str], Share] = {}

    def serves(self, event: Event, now: datetime) -> bool:
        """Whether this is taken in now. What is said once, or is urgent, is not held back for what came before."""
        if not isinstance(event, Words) or not event.person.id:
            return True
        manners = self._heres.names(event.chat).manners
        who = self._taker(event, manners.share, now)
        words = said_in(event)
        anew = who.says_anew(words, now)
        weight = 1 + len(words) // LONG
        key = (event.chat.network, event.chat.id)
        chat = self._chats.setdefault(key, Share(manners.chat_share, manners.chat_share, now))
        room = chat.take(weight, now)
        if who.share.take(weight, now) and (room or who.share.left >= manners.share - FEW):
            return True
        if len(words) > SHORT:
            return False
        if anew and who.reserve.take(1, now):
            return True
        return who.heard.take(1, now) and self._urgent(event) and who.urgent.take(1, now)

    def tells(self, event: Event, now: datetime) -> bool:
        """Whether whoever is not served is told so: once a minute."""
        who = self._people.get((event.chat.network, event.person.id)) if isinstance(event, Said | Edited) else None
        if who is None or (who.told is not None and now - who.told < MINUTE):
            return False
        who.told = now
        return True

    def _taker(self, event: Words, share: int, now: datetime) -> Taker:
        key = (event.chat.network, event.person.id)
        if len(self._people) + len(self._chats) > MOST:
            self._people = {k: who for k, who in self._people.items() if now - who.share.at < MINUTE}
            self._chats = {k: chat for k, chat in self._chats.items() if now - chat.at < MINUTE}
        if key not in self._people:
            fourth = max(1, share // 4)
            whole, reserve, urgent, heard = (Share(most, most, now) for most in (share, fourth, fourth, 10 * share))
            self._people[key] = Taker(whole, reserve, urgent, heard)
        return self._people[key]

    def _urgent(self, event: Words) -> bool:
        if isinstance(event, Arranged):
            return False
        if isinstance(event, Pressed):
            return (event.action or "").rpartition(".")[2] in ("confirm", "leave")
        kinds = self._heres.names(event.chat).kinds
        return alarming(event.text) or read_command(event.text, context="private", kinds=kinds).intent in URGENT


def said_in(event: Words) -> str:
    """All that somebody sends with it: what is weighed, and known again."""
    match event:
        case Pressed():
            return f"{event.message} {event.action or event.emoji}"
        case Arranged():
            return " ".join((event.what, *event.fields.values()))
    return event.text


class Queue:
    """Whoever speaks again before their last words are taken in stands behind themselves, not before others."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def place(self, event: Event) -> AsyncIterator[None]:
        person = getattr(event, "person", None)
        if person is None or not person.id:
            yield
            return
        key = (person.network, person.id)
        lock, count = self._waiting.get(key, (asyncio.Lock(), 0))
        self._waiting[key] = (lock, count + 1)
        try:
            async with lock:
                yield
        finally:
            lock, count = self._waiting[key]
            if count == 1:
                del self._waiting[key]
            else:
                self._waiting[key] = (lock, count - 1)
