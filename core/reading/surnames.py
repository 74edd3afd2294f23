"""What people are called here: surnames, forms of address, kin; the lists are in `vocabulary/names.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

_LISTS: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "vocabulary" / "names.toml").read_text(encoding="utf-8")
)


def _words(name: str) -> tuple[str, ...]:
    """A list whose entries stand apart by spaces and lines, or by bars and lines when they hold spaces."""
    text = _LISTS[name]
    entries = re.split(r"[|\n]", text) if "|" in text else text.split()
    return tuple(filter(None, map(str.strip, entries)))


def _letters(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name]) - {"\n"}


COMPOUND = frozenset(_words("compound"))
COMMON = _letters("common")
"""The surnames trusted when nothing but the surname speaks for a name, as in a bare 陈建国."""
SURNAMES = COMMON | _letters("rare")
TITLES = _words("titles")
MEN = frozenset(_words("men"))
WOMEN = frozenset(_words("women"))
ADDRESSES = _words("addresses")
"""English forms of address that stand before a name."""
KIN = _words("kin")
KIN_EN = _words("kin_en")
MINE = tuple(sorted(_words("mine"), key=len, reverse=True))
"""What may stand before kin of whoever speaks, the longest first."""
WHOSE = (*MINE, *_words("theirs"))
WHOSE_EN = tuple(f"{whose} " for whose in _words("whose_en"))
WORDS = frozenset(_words("words"))
"""Common words of two or three characters that begin with a surname."""
NOT_NICKNAMES = frozenset(_words("not_nicknames"))
NOT_IN_NAMES = _letters("not_in_names")
"""Characters that no given name here is likely to hold, and many sentences are."""
GIVEN = rf"[^\W\d_a-z{''.join(sorted(NOT_IN_NAMES))}]"
"""A letter of a given name, for use inside a regular expression."""
SURNAME = f"(?:(?:{'|'.join(sorted(COMPOUND))}){GIVEN}??|[{''.join(sorted(COMMON))}])"
"""Likewise a surname that is trusted alone; of a compound one the given name may begin behind it."""
NOT_LATIN = frozenset(_words("not_latin"))
NOT_SURNAMES = _words("not_surnames")


HE_EN = frozenset({"mr", "uncle", "grandpa", "grandfather"})
SHE_EN = frozenset({"mrs", "ms", "miss", "madam", "auntie", "aunty", "aunt", "grandma", "granny", "grandmother"})


def he_or_she(name: str) -> Literal["he", "she", "they"]:
    """As whom a name speaks of somebody: 王阿姨 and Mrs Wang are she, 王伯 is he, 王秀英 may be either."""
    first = name.casefold().partition(" ")[0].rstrip(".")
    he = max((len(title) for title in MEN if name.endswith(title)), default=0) or first in HE_EN
    she = max((len(title) for title in WOMEN if name.endswith(title)), default=0) or first in SHE_EN
    return "they" if he == she else "he" if he > she else "she"
