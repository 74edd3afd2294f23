"""The ids of the page's chats: made here, taken apart here, opaque everywhere else."""

from __future__ import annotations

from core.messages import Chat

NETWORK = "web"
GROUP = "group"
"""The id of the group that is there when none is named."""
PRIVATE = "private-"
PERSON = 6
"""Bytes of the id of somebody who has a personal link."""


def private_chat(person: str) -> Chat:
    """The private chat of the person with this id."""
    return Chat(NETWORK, f"{PRIVATE}{person}", private=True)


def owner(chat: str) -> str | None:
    """Whose private chat this id names; None for a group."""
    return chat.removeprefix(PRIVATE) if chat.startswith(PRIVATE) else None


def number_of(person: str) -> int:
    """The person's id as the log keeps it; 0 for one of the demo, whose ids are words."""
    return int(person, 16) if len(person) == PERSON * 2 and not set(person) - set("0123456789abcdef") else 0


def number(words: str, otherwise: int = 0, most: int = 2**62) -> int:
    """A whole number from a stranger, bounded; `otherwise` where the words are none."""
    return min(int(words), most) if words.isascii() and words.isdecimal() and len(words) < 20 else otherwise
