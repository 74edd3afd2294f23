"""Finds the people a name may mean: by name, nickname, form of address, building, pinyin or a near sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from rapidfuzz.distance import DamerauLevenshtein

from core.reading import surnames
from core.reading.roles import ADDRESSED, LATIN, NOT_LATIN, TITLED
from core.reading.text import plain


@dataclass(frozen=True, slots=True)
class Known:
    """A member as the community knows them. `unit` is a stairwell or flat, or empty."""

    id: int
    name: str
    nicknames: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody a query may mean. `score` is between 0 and 1; `how` is exact, title, part, sound or near."""

    known: Known
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several people fit: whoever asks must be asked back."""

    people: tuple[Known, ...]


def looks_like_a_name(text: str, lang: str = "zh") -> bool:  # noqa: ARG001  both scripts occur in both languages
    """Is this a person's name (陈建国, 王阿姨, Mary Chen), and not a nickname such as 🌸静待花开 or user_8821?"""
    said = text.strip()
    folded = plain(said).text
    if not 2 <= len(folded) <= 30 or any(c.isdigit() or c in "_@#/" for c in folded):
        return False
    if re.fullmatch(r"[\u4e00-\u9fff·]+", folded):
        return bool(TITLED.fullmatch(folded)) or _full(folded) or bool(_OLD_YOUNG.fullmatch(folded))
    if ADDRESSED.fullmatch(said):
        return True
    return bool(LATIN.fullmatch(said)) and not any(word in NOT_LATIN for word in folded.split())


_OLD_YOUNG = re.compile(rf"[老小阿][{''.join(sorted(surnames.COMMON))}]")


def _full(name: str) -> bool:
    if "·" in name:
        return all(2 <= len(part) <= 8 for part in name.split("·"))
    surname = 2 if name[:2] in surnames.COMPOUND else 1
    if surname == 1 and name[0] not in surnames.COMMON:
        return False
    if name[:2] in surnames.WORDS or name in surnames.WORDS:
        return False
    given = name[surname:]
    return 1 <= len(given) <= 2 and not any(c in surnames.NOT_IN_NAMES for c in given)
