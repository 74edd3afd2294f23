"""Row ids: 63-bit numbers that grow with time, made without asking the database, and short words for them."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_lock = threading.Lock()
_last = 0


def new_id(now: datetime) -> int:
    """An id larger than every id this process made before.

    The upper bits are milliseconds, the lower 20 random: two processes, or a clock that went back, may interleave but
    not collide. It says nothing that must be relied on: what has an order keeps a column for it.
    """
    global _last  # noqa: PLW0603 - one sequence for the process is the point
    wish = (int((now - EPOCH).total_seconds() * 1000) << 20) | secrets.randbits(19)
    with _lock:
        _last = max(_last + 1, wish)
        return _last


def short(id: int) -> str:
    """An id in base 36: at most 13 characters, for action ids and links."""
    if id == 0:
        return "0"
    out = ""
    while id:
        id, digit = divmod(id, 36)
        out = DIGITS[digit] + out
    return out


def long(word: str) -> int:
    """What `short` made, back again. Raises ValueError for anything else."""
    if not word or len(word) > 13 or not all(c in DIGITS for c in word):
        raise ValueError(f"not an id: {word[:20]!r}")
    return int(word, 36)
