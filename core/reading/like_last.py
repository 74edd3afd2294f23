"""As last time, with the kind within it: 上次的百家饭再来一次 12月20日, repeat the last patrol."""

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.clauses import Clause
from core.reading.kinds import Kinds, any_of
from core.reading.vocabulary import regex

PARTS = {part.upper(): regex("like_last", part) for part in ("lead", "like", "last", "filled", "once", "of_last")}


@lru_cache(16)
def _forms(kinds: Kinds) -> re.Pattern[str]:
    named = any_of(kind.begins for kind in kinds)
    return re.compile(regex("like_last", "forms", KINDS=named, **PARTS), re.DOTALL)


def like_last(piece: Clause, kinds: Kinds) -> str | None:
    """The kind of what is to be posted as last time, and what was said behind it; None where it is not said so."""
    found = _forms(kinds).fullmatch(piece.text)
    if found is None:
        return None
    form = next(name[-1] for name, word in found.groupdict().items() if name.startswith("kind_") and word)
    kind, rest = (piece.said[slice(*found.span(f"{part}_{form}"))] for part in ("kind", "rest"))
    return f"{kind} {rest.strip(' ,，:：')}".strip()
