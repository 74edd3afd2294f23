"""People by their form of address with a name, as they stand in other words: 孙奶奶, 李建国爷爷, Mrs Sun."""

from __future__ import annotations

import re

from core.reading.clauses import clause
from core.reading.surnames import GIVEN, SURNAME
from core.reading.text import HAN as LETTERS
from core.reading.vocabulary import regex

LONGEST = 1_000
"""Letters that are read."""
TITLED = re.compile(regex("called", "titled", SURNAME=SURNAME, GIVEN=GIVEN))
ENGLISH = re.compile(regex("called", "english"))


def names_in(words: str) -> list[str]:
    """Forms of address with a name in these words, as they stand there: 孙奶奶, 李建国爷爷, Mrs Sun."""
    piece = clause(words[:LONGEST])
    spans = sorted(found.span() for pattern in (TITLED, ENGLISH) for found in pattern.finditer(piece.text))
    return list(dict.fromkeys(piece.said[start:end].strip() for start, end in spans))


_BEFORE = re.compile(r"[小老大公]$")
_AFTER = re.compile(regex("called", "after"))


def named_whole(name: str, words: str) -> bool:
    """Whether these words name somebody of this name, whole: 孙玉 does not stand in 孙玉兰, nor 孙奶奶 in 小孙奶奶."""
    wanted, text = clause(name).strip().text, clause(words[:LONGEST]).text
    if not wanted:
        return False
    han, at = bool(LETTERS.search(wanted[-1])), text.find(wanted)
    while at >= 0:
        before, after = text[:at], text[at + len(wanted) :]
        if han:
            titled = TITLED.fullmatch(wanted) is not None
            ends = titled or not after or not LETTERS.match(after[0]) or _AFTER.match(after) is not None
            if ends and not _BEFORE.search(before):
                return True
        elif not before[-1:].isalnum() and not after[:1].isalnum():
            return True
        at = text.find(wanted, at + 1)
    return False
