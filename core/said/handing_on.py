"""Visitors' words for whoever goes next: 转给下一位, 下次谁去告诉谁, pass it on to the next one; and not, after all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Clause, Written, clause

_WORDS = Written(__file__)

_SMALL = {
    name.upper(): f"(?:{_WORDS.regex(name)})"
    for name in ("go", "whom", "begin", "carry", "seen", "end", "no", "polite")
}
_NAMED = {name.upper(): f"(?:{_WORDS.regex(name, **_SMALL)})" for name in ("next", "them_next", "next_en")}
_PARTS = _SMALL | _NAMED | {"WHAT": _WORDS.regex("what")}


def _numbered(pattern: str) -> re.Pattern[str]:
    """With each `what` of its alternatives under a name of its own, as expressions want it."""
    parts = pattern.split("(?P<what>")
    return re.compile(parts[0] + "".join(f"(?P<what_{at}>{part}" for at, part in enumerate(parts[1:])), re.IGNORECASE)


_ON, _BACK = (_numbered(_WORDS.regex(name, **_PARTS)) for name in ("forms", "back"))
_POINTS = re.compile(f"(?:{_WORDS.regex('points')}|{_WORDS.regex('points_en')})", re.IGNORECASE)
_BEFORE, _BEHIND = _WORDS.pattern("before"), re.compile(_WORDS.regex("behind") + "$")
LONGEST = 80
"""Letters. Who writes more says something else."""


@dataclass(frozen=True, slots=True)
class HandOn:
    """That it is to be handed on, or not (`back`). `what`: whose words, or some of them, '' where it only points."""

    what: str = ""
    back: bool = False


def read_hand_on(words: str) -> HandOn | None:
    """What these words, all of them, say of a note for whoever goes next; None where they say anything else."""
    piece = clause(words[:200]).strip()
    if len(piece.text) > LONGEST or "\n" in piece.text:
        return None
    for pattern, back in ((_BACK, True), (_ON, False)):
        if found := pattern.fullmatch(piece.text):
            name = next((name for name in found.re.groupindex if found[name]), "")
            return HandOn(_which(piece.cut(*found.span(name)) if name else piece.cut(0, 0)), back)
    return None


def _which(what: Clause) -> str:
    """What is left of it without what only points: 陈伯 of 陈伯说的这段话, 收音机 of 收音机那件事."""
    if _POINTS.fullmatch(what.text):
        return ""
    behind = _BEHIND.search(what.text)
    what = what.cut(0, behind.start() if behind else None)
    before = _BEFORE.match(what.text)
    return what.cut(before.end() if before else 0).strip(" ,，:：").said
