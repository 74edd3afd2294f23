"""What one stretch of an entry says when it is not a name: how many, where they live, for whom, whether they come."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.flats import flat
from core.reading.chains.pieces import Piece
from core.reading.chains.proxies import Proxy, proxy
from core.reading.chains.standing import standing
from core.reading.chains.values import Status
from core.reading.heads import Heads, headcount
from core.reading.vocabulary import any_word, regex


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat stands in this part of the words."""

    where: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of the promise."""

    status: Status


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that only say that this is a sign-up."""


_BARE_COUNT = re.compile(r"[1-9]")  # "张三 2"; more than that is a room, a size or a day

_PERHAPS = re.compile(any_word("chains.facts", "perhaps"))
"""What makes something else unsure when more follows: maybe late, 可能 晚到."""
_WINDOW = 6  # pieces that may make one fact together: "with my wife and two kids"
_LONGEST = 40  # characters in which a fact is said

Fact = Heads | Flat | Standing | Proxy | Filler

_FILLER = re.compile(regex("chains.facts", "filler"))


def fact(words: str) -> Fact | None:
    """What these plain words say, when they say one thing only. None: a name, a dish, or anything else."""
    if status := standing(words):
        return Standing(status)
    if heads := headcount(words):
        return heads
    if where := flat(words):
        return Flat(where)
    if _BARE_COUNT.fullmatch(words):
        return Heads(total=int(words))
    if for_or_by := proxy_unless_filler(words):
        return for_or_by
    return None


def proxy_unless_filler(words: str) -> Proxy | Filler | None:
    """代报 alone says nothing of who, 帮王阿姨报名 does."""
    return Filler() if _FILLER.fullmatch(words) else proxy(words)


def fact_from(text: str, parts: list[Piece], at: int) -> tuple[Fact | None, int]:
    """The fact that the longest run of pieces from `at` makes, with where the next piece is."""
    first = parts[at]
    for after in range(min(len(parts), at + _WINDOW), at, -1):
        last = parts[after - 1]
        if last.aside != first.aside or last.end - first.start > _LONGEST:
            continue
        words = text[first.start : last.end]
        said = fact(words)
        if said and not (_PERHAPS.fullmatch(words) and _goes_on(parts, after)):
            return said, after
    return None, at + 1


def _goes_on(parts: list[Piece], after: int) -> bool:
    return after < len(parts) and parts[after].gap.isspace() and parts[after].aside == parts[after - 1].aside
