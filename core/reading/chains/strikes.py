"""Words that somebody crossed out: ~~李四~~, 李̶四̶, 李四❌."""

from __future__ import annotations

import re

from core.reading.chains.people import person
from core.reading.chains.pieces import pieces
from core.reading.text import plain

_STRUCK = re.compile(r"~~(.{1,80}?)~~|～～(.{1,80}?)～～|<(?:s|del|strike)>(.{1,80}?)</(?:s|del|strike)>", re.DOTALL)
_STROKE = re.compile("[\u0335-\u0338]")
_CROSSES = frozenset("❌✖✗✘❎🚫⛔")


def without_strikes(words: str) -> tuple[str, bool]:
    """The words without what was crossed out; all of them, and True, when nobody else is named instead."""
    if _STROKE.search(words):
        return _STROKE.sub("", words), True
    if not _STRUCK.search(words):
        return words, bool(_CROSSES & set(words))
    left = _STRUCK.sub(" ", words)
    if any(person(left[part.start : part.end]) for part in pieces(plain(left).text)[:1] if not part.aside):
        return left, False
    return _STRUCK.sub(lambda m: next(filter(None, m.groups())), words), True
