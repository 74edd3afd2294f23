"""As last time, with the kind within it: 上次的百家饭再来一次 12月20日, repeat the last patrol."""

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.clauses import Clause, clause
from core.reading.kinds import Kinds, any_of
from core.reading.vocabulary import regex

PARTS = {part.upper(): regex("like_last", part) for part in ("lead", "like", "last", "filled", "once", "of_last")}


_LAST = re.compile(regex("like_last", "speaks_of_last"))
SHORT = 100
"""Letters. Who writes more says more than that."""


def speaks_of_last(words: str) -> bool:
    """Whether these words may be about something that was there before: a look that costs nothing."""
    return len(words) <= SHORT and _LAST.search(clause(words).text) is not None


_MONTH = re.compile(regex("like_last", "month"))


def of_month(words: str) -> bool:
    """Whether they begin with a month, of which a number before them is the day: 25 December."""
    return _MONTH.match(clause(words[:SHORT]).text) is not None


@lru_cache(64)
def _forms(named: str) -> re.Pattern[str]:
    return re.compile(regex("like_last", "forms", KINDS=named, **PARTS), re.DOTALL | re.IGNORECASE)


def like_last(piece: Clause, kinds: Kinds) -> str | None:
    """The kind of what is to be posted as last time, and what was said behind it; None where it is not said so."""
    return like_last_called(piece, any_of(kind.begins for kind in kinds))


def like_last_called(piece: Clause, named: str) -> str | None:
    """The same of what is called by any of these names, a pattern."""
    found = _forms(named).fullmatch(piece.text)
    if found is None:
        return None
    form = next(name[-1] for name, word in found.groupdict().items() if name.startswith("kind_") and word)
    kind, rest = (piece.said[slice(*found.span(f"{part}_{form}"))] for part in ("kind", "rest"))
    return f"{kind} {rest.strip(' ,，:：')}".strip()


_OUTRIGHT = re.compile(rf"(?:{regex('own_verbs', 'again')}|{regex('own_verbs', 'again_en')})[\s,:]*")


def as_last_time(piece: Clause, named: str) -> str | None:
    """What was said besides the name, where these words ask for what is called so as it was last time; None where they
    do not: 照上次发布 行动日 12月19日, 上次的行动日再来一次.
    """
    begun = _OUTRIGHT.match(piece.text)
    behind = piece.cut(begun.end()) if begun else None
    found = re.search(named, behind.text) if behind is not None else None
    if behind is not None and found is not None:
        return f"{behind.said[: found.start()]} {behind.said[found.end() :]}".strip()
    rest = like_last_called(piece, named)
    return None if rest is None else re.sub(named, "", rest, count=1, flags=re.IGNORECASE).strip()
