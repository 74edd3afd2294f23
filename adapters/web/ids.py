"""The ids of the page's chats: made here, taken apart here, opaque everywhere else."""

from __future__ import annotations

from core.messages import Chat

NETWORK = "web"
GROUP = "group"
"""The id of the group that is there when none is named."""
PRIVATE = "private-"


def private_chat(person: str) -> Chat:
    """The private chat of the person with this id."""
    return Chat(NETWORK, f"{PRIVATE}{person}", private=True)


def owner(chat: str) -> str | None:
    """Whose private chat this id names; None for a group."""
    return chat.removeprefix(PRIVATE) if chat.startswith(PRIVATE) else None


def number(words: str, otherwise: int = 0, most: int = 2**62) -> int:
    """A whole number from a stranger, bounded; `otherwise` where the words are none."""
    return min(int(words), most) if words.isascii() and words.isdecimal() and len(words) < 20 else otherwise
