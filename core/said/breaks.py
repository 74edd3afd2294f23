"""That what repeats is left out for a while: 春节停两周, 国庆停一次, 巡逻停到3月1日, no patrol over New Year."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from core.reading import read_time
from core.reading.parts import NUMBER, Kinds, Written, add_months, any_of, clause, number, public_holidays

_WORDS = Written(__file__)
LONGEST = 60
LONGEST_BREAK = timedelta(days=92)
WEEK, MONTH = timedelta(days=7), _WORDS.pattern("month")
_TIMES, _DAYS = _WORDS.pattern("times"), _WORDS.pattern("days")
_AROUND = _WORDS.pattern("around")


@dataclass(frozen=True, slots=True)
class Break:
    """From which day to which it does not take place, both included; `times`: only so many of that time, 0 for all."""

    first: date
    last: date
    times: int = 0
    kind: str | None = None


def read_break(words: str, *, base: datetime, kinds: Kinds, lang: str = "zh") -> Break | None:
    """The break that these words name as a whole, seen from `base` (aware, local); None when they name none.

    A holiday means its days off. 停一次 of no time that was named is the next one.
    """
    if (found := spoken(words, kinds)) is None:
        return None
    groups = {name: (word or "").strip() for name, word in found.groupdict().items()}
    called = first_of(groups, "kind")
    of = kinds.begun(called) if called else None
    when, until, count = (first_of(groups, name) for name in ("when", "until", "n"))
    unit, many = first_of(groups, "unit"), number(count) or (1 if count else 0)
    span = named(when, base, lang) if when else None
    if (when and span is None) or not (when or until or (called and count)):
        return None
    first, last = span or (base.date(), base.date() + LONGEST_BREAK)
    if until:
        end = named(until, base, lang)
        if end is None or not (called or when):
            return None
        last = end[1]
    if count and not _TIMES.fullmatch(unit):
        last = (add_months(first, many) if MONTH.fullmatch(unit) else first + stretch(unit, many)) - timedelta(days=1)
    times = many if count and _TIMES.fullmatch(unit) else 0
    first = max(first, base.date())
    if last < first:
        return None
    return Break(first, min(last, first + LONGEST_BREAK), times, of.name if of else None)


def stretch(unit: str, many: int) -> timedelta:
    return timedelta(days=many) if _DAYS.fullmatch(unit) else many * WEEK


def spoken(words: str, kinds: Kinds) -> re.Match[str] | None:
    """The words as a break, if they have the form of one; whether a time is named in them is not looked at."""
    if len(words) > LONGEST:
        return None
    text = clause(words).text.strip(" \t.!。~?,，").replace("’", "'")
    return next((found for pattern in _patterns(kinds) if (found := pattern.fullmatch(text))), None)


@lru_cache(16)
def _patterns(kinds: Kinds) -> tuple[re.Pattern[str], ...]:
    called = any_of(kind.begins for kind in kinds)
    return tuple(re.compile(_WORDS.regex(name, KINDS=called, NUMBER=NUMBER)) for name in ("zh", "en", "en_first"))


def first_of(groups: dict[str, str], name: str) -> str:
    """What stands in the first of the groups of this name, `name_b` and the like included."""
    return next((word for key, word in groups.items() if word and key.partition("_")[0] == name), "")


def named(words: str, base: datetime, lang: str) -> tuple[date, date] | None:
    """The days that words name; of a public holiday all its days off."""
    bare = _AROUND.sub("", words).strip()
    for said in (words, bare):
        reading = read_time(said, base=base, lang="en" if said.isascii() else lang)
        first, last = day(reading.start), day(reading.end)
        if first is not None:
            return off(first) if last is None or last <= first else (first, last)
    return None


def off(at: date) -> tuple[date, date]:
    around = [days for _, days in public_holidays(at, at) if days[0] <= at <= days[1]]
    return around[0] if around else (at, at)


def day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def within(said: Break, days: Collection[date]) -> list[date]:
    """Those of these days, in their order, on which it does not take place."""
    found = [day for day in sorted(days) if said.first <= day <= said.last]
    return found[: said.times] if said.times else found
