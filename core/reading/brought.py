"""A dish that no list knows, where how much there is of it says that it is one: 佛跳墙 3份, 凉拌海蜇一大盆."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.reading.clauses import Clause
from core.reading.kinds import Kinds, any_of
from core.reading.numerals import NUMBER, number
from core.reading.vocabulary import regex


@dataclass(frozen=True, slots=True)
class Brought:
    """`portions`: None where it comes in pots; `kind`: of activity, where it stands before the dish."""

    dish: str
    portions: int | None = None
    kind: str | None = None


def to_a_meal(edge: Clause, kinds: Kinds) -> Brought | None:
    """百家饭 佛跳墙 3份: for whom it is stands with it."""
    found = _portions(kinds).fullmatch(edge.text)
    if not found or not found["named"]:
        return None
    meal = kinds.begun(found["kind"])
    return Brought(_dish(edge, found, "dish"), number(found["n"]), meal.name if meal else None)


def in_answer(edge: Clause, kinds: Kinds) -> Brought | None:
    """佛跳墙 3份, 我带两瓶饮料: what nobody would say to a roster but who brings it."""
    found = _portions(kinds).fullmatch(edge.text)
    if found and not found["named"]:
        return Brought(_dish(edge, found, "dish"), number(found["n"]))
    found = _IN_POTS.fullmatch(edge.text)
    return Brought(_dish(edge, found, "behind" if found["behind"] else "before")) if found else None


def _dish(edge: Clause, found: re.Match[str], group: str) -> str:
    return edge.said[slice(*found.span(group))].strip()


@lru_cache(16)
def _portions(kinds: Kinds) -> re.Pattern[str]:
    meals = any_of(kind.begins for kind in kinds if kind.dishes)
    return re.compile(regex("brought", "portions", MEALS=meals))


_IN_POTS = re.compile(regex("brought", "in_pots", NUMBER=NUMBER))
