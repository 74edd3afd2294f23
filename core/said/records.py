"""What is asked of hours: 记录 12月, 证明 王伯, and 少记了2小时."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from core.reading import read_time
from core.reading.parts import Written, clause, number

_WORDS = Written(__file__)
LONGEST = 120
_RECORD = _WORDS.pattern("record")
_CERTIFICATE = _WORDS.pattern("certificate")
_MISSING = _WORDS.pattern("missing")
_SPENT = _WORDS.pattern("spent")
_IN_ALL = _WORDS.pattern("in_all")
_EDGES = " \t\n.,!?。~、;:"
_MONTHS = re.compile(
    r"月|年|january|february|march|april|may|june|july|august|september|october|november|december|month|year"
)
FEW = {"a": 1.0, "an": 1.0, "half": 0.5, "half an": 0.5, "半": 0.5}


@dataclass(frozen=True, slots=True)
class Asked:
    """`record` of the days from `first` to `last`; `certificate` of somebody (`who` '' for who asks) and a year (0 for
    this one); `missing` hours: `spent` more, or with `in_all` altogether; None where nobody said how much.
    """

    what: Literal["record", "certificate", "missing"]
    first: date | None = None
    last: date | None = None
    who: str = ""
    year: int = 0
    spent: timedelta | None = None
    in_all: bool = False


def asked(words: str, *, base: datetime, lang: str = "zh") -> Asked | None:
    """What these words ask of hours, seen from `base` (aware, local); None when they ask nothing."""
    if len(words) > LONGEST:
        return None
    piece = clause(words).strip(_EDGES)
    text = piece.text.replace("’", "'")
    if _MISSING.search(text):
        return Asked("missing", spent=spent(text), in_all=_IN_ALL.search(text) is not None)
    if (found := _CERTIFICATE.fullmatch(text)) and (said := certificate(found, piece.said)):
        return said
    if found := _RECORD.fullmatch(text):
        return record(found, base, "en" if text.isascii() else lang)
    return None


def certificate(found: re.Match[str], written: str) -> Asked | None:
    name = next((group for group in ("before", "name", "name_en") if (found[group] or "").strip()), None)
    who = written[found.start(name) : found.end(name)].strip(" 的开打出做") if name else ""
    if found["before"] and found["name"]:
        return None  # 我能证明他来过 is talk
    year = found["year"] or found["year_en"]
    mine = who.lower() in ("我", "我的", "自己", "本人", "me", "my", "myself")
    return Asked("certificate", who="" if mine else who, year=int(year) if year else 0)


def record(found: re.Match[str], base: datetime, lang: str) -> Asked | None:
    """The month that was said; without one, the last that is over, or in its last week this one."""
    said = " ".join(found[g] for g in ("before", "after", "before_en", "after_en") if found[g]).strip()
    if not said:
        this = base.date().replace(day=1)
        first = this if base.day > 20 else (this - timedelta(days=1)).replace(day=1)
        return Asked("record", first, end_of_month(first))
    if not _MONTHS.search(said):
        return None
    reading = read_time(said, base=base, lang=lang)
    if reading.kind != "range" or reading.start is None or reading.end is None:
        return None
    first, last = day(reading.start), day(reading.end)
    while first > base.date():  # 记录 12月, asked in January, is of the December that was
        first, last = first.replace(year=first.year - 1), end_of_month(last.replace(year=last.year - 1, day=1))
    return Asked("record", first, last) if last >= first else None


def end_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def spent(text: str) -> timedelta | None:
    """两个半小时, 2.5 hours, 三刻钟: how long, in quarters of an hour."""
    found = _SPENT.search(text)
    if found is None:
        return None
    said = found["n"].strip()
    many = FEW.get(said) or (float(said) if re.fullmatch(r"[\d.]+", said) else float(number(said) or 0))
    many += 0.5 if found["half"] or found["and_half"] else 0.0
    unit = found["unit"]
    minutes = many * (15 if "刻" in unit else 1 if "分" in unit or "min" in unit else 60)
    return timedelta(minutes=15 * round(minutes / 15)) if 0 < minutes <= 24 * 60 else None
