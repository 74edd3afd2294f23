"""A table that is marked as a chain: who comes when (周一早：张三、李四), or to which place, with no number at all."""

from __future__ import annotations

import re

from core.reading.chains.numbering import Numbered
from core.reading.chains.page import Line
from core.reading.chains.people import person
from core.reading.text import plain
from core.reading.vocabulary import regex

_ROW = re.compile(r"\s*(?P<slot>[^:：]{1,14}?)\s*[:：]\s*(?P<who>.*)")
_SLOT = re.compile(regex("chains.tables", "slot"))
_NO_SLOT = re.compile(regex("chains.tables", "no_slot"))
_NOBODY = re.compile(regex("chains.tables", "nobody"))
_BETWEEN = re.compile(r"\s*[、，,;；/&]\s*|\s*(?:和|与)\s*|\s+and\s+|\s{2,}")


def table(lines: list[Line]) -> list[Line]:
    """The lines with an entry for each person of each row; none when these rows are no table of people."""
    rows = {at: found for at, line in enumerate(lines) if (found := _row(line.words))}
    named = [name for found in rows.values() for name in _names(found["who"])]
    if len(rows) < 2 or not named or 2 * sum(_somebody(name) for name in named) < len(named):
        return []
    told: list[Line] = []
    for at, line in enumerate(lines):
        if at not in rows:
            told.append(line)
            continue
        slot = rows[at]["slot"].strip()
        told += [Line(line.words, Numbered(0, f"{name} {slot}", firm=True)) for name in _names(rows[at]["who"])]
    return told


def _row(words: str) -> re.Match[str] | None:
    found = _ROW.fullmatch(words)
    slot = plain(found["slot"]).text if found else ""
    return found if _SLOT.search(slot) and not _NO_SLOT.search(slot) else None


def _names(who: str) -> list[str]:
    bare = who.strip(" 。.;；")
    if _NOBODY.fullmatch(bare.lower()):
        return []
    names = [name for name in _BETWEEN.split(bare) if name.strip()]
    words = bare.split()
    return words if len(names) == 1 < len(words) and all(map(_somebody, words)) else names


def _somebody(name: str) -> bool:
    first = re.split(r"[\s+（(\d]", name.strip())[0]
    return person(plain(first).text) or person(first)
