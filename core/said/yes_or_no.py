"""Yes and no, in answer to a question whether something shall be done: 记吧, please do; 不用, 别记, no thanks."""

from __future__ import annotations

import re

from core.reading.parts import Written, clause

_WORDS = Written(__file__)
_STOPS = re.compile(r"[\s,，、.。!！~～…;；]+(?=[\u4e00-\u9fff])|[,，、.。!！~～…;；]+\s*")
LONGEST = 40
"""Letters that are read: whoever says more says what is wrong, too."""


def refuses(words: str) -> bool:
    """Whether words say no to what was asked right before them, and nothing besides but courtesies."""
    return _only(words, "no")


def agrees(words: str) -> bool:
    """Whether they say yes, and nothing besides."""
    return _only(words, "yes")


def _only(words: str, which: str) -> bool:
    if len(words) > LONGEST:
        return False
    pieces = [piece.strip() for piece in _STOPS.split(clause(words).text.replace("\u2019", "'")) if piece.strip()]
    meant, beside = _WORDS.pattern(which), _WORDS.pattern("beside")
    found = [piece for piece in pieces if meant.fullmatch(piece) or _run_on(piece, meant)]
    return bool(found) and all(piece in found or beside.fullmatch(piece) for piece in pieces)


def _run_on(piece: str, meant: re.Pattern[str]) -> bool:
    """Whether it says so twice without a stop between: 不要了写错了."""
    cuts = range(1, len(piece)) if not piece.isascii() else ()
    return any(meant.fullmatch(piece[:at]) and meant.fullmatch(piece[at:]) for at in cuts)
