"""What people are called here: surnames, forms of address, kin; the lists are in `vocabulary/names.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

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
WORDS = frozenset(_words("words"))
"""Common words of two or three characters that begin with a surname."""
NOT_NICKNAMES = frozenset(_words("not_nicknames"))
NOT_IN_NAMES = _letters("not_in_names")
"""Characters that no given name here is likely to hold, and many sentences are."""
NOT_LATIN = frozenset(_words("not_latin"))
NOT_SURNAMES = _words("not_surnames")
