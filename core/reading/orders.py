"""Whole sentences that change what is posted, as said privately: 明天的巡逻改到西门, move the patrol to 8pm."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from core.reading.clauses import Clause
from core.reading.kinds import Kinds, any_of
from core.reading.open_words import DAY, DAY_EN
from core.reading.vocabulary import regex

LONGEST = 80
"""Letters that are read: an order is a sentence."""
_BARE = re.compile(regex("orders", "bare"))


class Order(NamedTuple):
    """What is to be done with which activity, and the words that say how."""

    intent: str
    kind: str | None
    day: str | None
    rest: str


@lru_cache(16)
def _patterns(kinds: Kinds) -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = any_of(kind.begins for kind in kinds)
    day, day_en = (re.sub(r"\?P<\w+>", "?:", words.pattern) for words in (DAY, DAY_EN))
    return tuple(
        (intent, re.compile(regex("orders", name, KINDS=named, DAY=day, DAY_EN=day_en)))
        for intent, name in (
            ("edit", "edit"),
            ("edit", "edit_en"),
            ("close", "close"),
            ("close", "close_en"),
            ("cancel", "cancel"),
            ("cancel", "cancel_en"),
        )
    )


def ordered(piece: Clause, kinds: Kinds) -> Order | None:
    """The sentence as an order. None: it is none, or it names neither an activity nor its day."""
    if len(piece.text) > LONGEST:
        return None
    for intent, pattern in _patterns(kinds):
        if (found := pattern.fullmatch(piece.text.rstrip(" .!。~"))) is None:
            continue
        groups = found.groupdict()
        kind, day = (_first(groups, name) for name in ("kind", "day"))
        if not kind and not day:
            continue
        of = kinds.begun(kind) if kind else None
        rest = piece.said[found.start("rest") : found.end("rest")].strip() if groups.get("rest") else ""
        rest = _BARE.sub("", rest)
        return Order(intent, of.name if of else None, day.strip(" 的") if day else None, rest)
    return None


def _first(groups: dict[str, str | None], name: str) -> str | None:
    """What was found under this name, or under one that is spelt a little longer."""
    return next((word for group, word in groups.items() if group.startswith(name) and word), None)
