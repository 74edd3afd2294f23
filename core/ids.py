"""Row ids: 63-bit numbers that grow with time, made without asking the database, and short words for them.

The upper 41 bits are milliseconds since 2024 (enough until 2093), then 12 bits say which process made it, then 10 bits
count those of one millisecond. Each process that opens a database for writing is given the next number
(`core.db.Database`), so two never make the same id, whatever their clocks show. An id says nothing that must be relied
on: what has an order keeps a column for it.
"""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WORKERS, COUNTS = 12, 10
"""Bits."""

_lock = threading.Lock()
_last = 0
"""Milliseconds and count of the newest id."""
_worker = secrets.randbits(WORKERS)


def work_as(number: int) -> None:
    """From here on this process makes ids of its own: `number` is given to no other that works with the same rows."""
    global _last, _worker  # noqa: PLW0603 - one sequence for the process is the point
    with _lock:
        _worker = number % (1 << WORKERS)
        _last |= (1 << COUNTS) - 1  # what comes is of a later millisecond, so larger under any number


def new_id(now: datetime) -> int:
    """An id larger than every id this process made before."""
    global _last  # noqa: PLW0603 - as above
    wish = int((now - EPOCH).total_seconds() * 1000) << COUNTS
    with _lock:
        _last = max(_last + 1, wish)
        milliseconds, count = divmod(_last, 1 << COUNTS)
        return (((milliseconds << WORKERS) | _worker) << COUNTS) | count


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
