"""Where somebody lives, as neighbours abbreviate it: 3-502, 12号楼602, 302室, 5号楼, Apt 5B."""

from __future__ import annotations

import re

from core.reading.vocabulary import one_of, regex

_STOREY = regex("chains.flats", "storey")
_PART = regex("chains.flats", "part", _STOREY=_STOREY)
_ROOM = r"(?:\d{3,4}[a-d]?室?|\d{1,4}室)"
_KIND = one_of("apt apartment flat unit room rm building bldg block blk stairwell stair no")
_ENGLISH = rf"{_KIND}\.? ?#?(?:[a-z]?\d{{1,4}}[a-z]?|[a-z])"
_FLAT = (
    rf"(?:{_PART}(?:[-/ ]?{_PART}){{0,3}}(?:[-/ ]?{_ROOM})?"
    rf"|\d{{1,3}}[-/—–_]\d{{1,2}}[-/—–_]\d{{2,4}}室?"
    rf"|\d{{1,3}}[-/—–_]\d{{3,4}}[a-d]?室?"
    rf"|[a-z]\d{{0,2}}-?\d{{3,4}}室?"
    rf"|#\d{{1,4}}(?:-\d{{1,4}})?"
    rf"|{_ENGLISH}(?:,? {_ENGLISH})?"
    rf"|{_ROOM})"
)
_WHOLE = re.compile(regex("chains.flats", "whole", _FLAT=_FLAT))
_FRONT = re.compile(regex("chains.flats", "front", _FLAT=_FLAT))


def flat(words: str) -> tuple[int, int] | None:
    """Where the flat stands in these plain words, when they are about nothing else."""
    found = _WHOLE.fullmatch(words)
    return found.span(1) if found else None


def flat_before(words: str, start: int = 0) -> tuple[tuple[int, int], int] | None:
    """The flat that 3-502王阿姨 begins with, with where the name begins."""
    found = _FRONT.match(words, start)
    return (found.span(1), found.end()) if found else None
