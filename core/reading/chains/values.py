"""What a chain says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["cancelled", "waitlist", "tentative"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chain: somebody, as typed.

    `n` is the number as written, gaps and doubles included, 0 where there was none. `count` is people, the named
    one included; a cancelled entry counts nobody. Two people who share a line (张三、李四) are two entries with one
    number. `note` keeps what is neither
    name, number of people, flat, proxy nor status: dishes, goods, days, telephone numbers. `by` wrote this for them.
    """

    n: int
    name: str
    count: int = 1
    note: str | None = None
    unit: str | None = None
    by: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A whole chain. `lines` are free lines between title and entries; `need` is how many people it asks for."""

    title: str | None = None
    example: str | None = None
    lines: tuple[str, ...] = ()
    tail: str | None = None
    need: int | None = None
    entries: tuple[Entry, ...] = ()
