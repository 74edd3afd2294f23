"""The pairing code in what somebody typed privately: behind a word or bare, however its digits are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.reading.parts import FIGURES, INVISIBLE, Written

_WORDS = Written(__file__)
LONGEST = 60
"""Letters. Whoever writes more is telling something."""
_WORD = _WORDS.pattern("word")
_BEFORE = _WORDS.pattern("before")
_BETWEEN = re.compile(r"(?:[\s:,.=#]|是|为|為|is)*+")
_SPOKEN = FIGURES | str.maketrans("幺", "1")
_LIKE = str.maketrans("oil", "011")
"""Letters that an eye takes for digits."""


@dataclass(frozen=True, slots=True)
class Code:
    """What was typed as a code. `named`: with the word, so that something else cannot have been meant."""

    digits: str
    named: bool


def read_code(text: str) -> Code | None:
    """The code that these words are, or None for words about something else.

    `digits` may be too few or too many where the word stands with them. Without it only what has the length of a code
    is taken for one, by whoever knows that length.
    """
    folded = _plain(text)
    if not folded or len(folded) > LONGEST:
        return None
    if (bare := _digits(folded)) is not None:
        return Code(bare, named=False) if bare else None
    found = _WORD.search(folded)
    if found is None or _BEFORE.fullmatch(folded[: found.start()]) is None:
        return None
    rest = folded[found.end() :]
    between = _BETWEEN.match(rest)
    digits = _digits((rest[between.end() :] if between else rest).translate(_LIKE).translate(_SPOKEN))
    return None if digits is None else Code(digits, named=True)


def _plain(text: str) -> str:
    """Folded, without what cannot be seen, and without signs around it: a slash, brackets, a smile."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST * 4]).casefold()
    seen = "".join(c for c in folded if c not in INVISIBLE)
    return seen.strip("".join({c for c in seen if unicodedata.category(c)[0] not in "LN"}))


def _digits(text: str) -> str | None:
    """The digits of a text that has nothing else in it but what stands between digits, or around a code; else None."""
    found = []
    for char in text:
        value = unicodedata.decimal(char, None)
        if value is not None:
            found.append(str(value))
        elif unicodedata.category(char)[0] in "LN":
            return None
    return "".join(found)
