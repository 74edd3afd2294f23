"""Patience: how often an event about a message under way is looked at again, and when others wait no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.messages import Event

LOOKS_AGAIN, LOOKS = 0.1, 100
"""Seconds until an event about a message under way is looked at again, and how often before that is given up."""
IN_VAIN = timedelta(minutes=1)
"""A chat where all this waiting was in vain is not waited for again so soon: others stand behind it."""


class Patience:
    """Which chats are worth waiting for: anybody may answer a message that nobody ever wrote, as often as they like."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], datetime] = {}

    def has(self, event: Event, now: datetime) -> bool:
        return now >= self._until.get((event.chat.network, event.chat.id), now)

    def waited_in_vain(self, event: Event, now: datetime) -> None:
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        self._until[event.chat.network, event.chat.id] = now + IN_VAIN
