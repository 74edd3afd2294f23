"""Which days somebody names who promises ahead: 下周二, 12月的周二, the next four Tuesdays, every Tuesday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.reading.numerals import NUMBER, number
from core.reading.text import plain
from core.reading.times import read_time
from core.reading.vocabulary import regex

_MONTH = re.compile(regex("several_days", "month"))
_WEEKDAYS = re.compile(regex("several_days", "weekdays"))
_EVERY = re.compile(regex("several_days", "every"))
_ALWAYS = re.compile(regex("several_days", "always"))
_COUNTED = re.compile(regex("several_days", "counted", NUMBER=NUMBER))
_SO_MANY = re.compile(regex("several_days", "so_many"))
"""下周两天: the week is meant, whatever is counted."""
_AND = re.compile(regex("several_days", "and"))
_DAY_OF = re.compile(regex("several_days", "day_of"))
_PART = re.compile(rf"(?:{regex('open_words', 'part')}|in the (?:morning|afternoon|evening)|at noon|noon)+")
"""A part of the day, which is no day."""
_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST = 92
"""Days. Nobody promises further ahead in one breath."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days named, in their order; or, with `weekly`, those weekdays (Monday is 0) for as long as it goes on.

    `several`: the words could mean more than one day, whether or not they do.
    """

    days: tuple[date, ...] = ()
    weekly: tuple[int, ...] = ()
    several: bool = False

    def has(self, day: date) -> bool:
        return day in self.days or day.weekday() in self.weekly


def read_days(words: str, *, base: datetime, lang: str = "zh") -> Days | None:
    """The days that these words name, counted from `base`; None when they name none."""
    text = _SO_MANY.sub("", plain(words[:120]).text.strip())
    weekdays = [(found, _weekdays(found)) for found in _WEEKDAYS.finditer(text)]
    named = tuple(dict.fromkeys(day for _, days in weekdays for day in days))
    if named and (counted := _COUNTED.search(text)):
        return Days(_next(base.date(), named, number(counted["n"]) or 1), several=True)
    if month := _MONTH.search(text):
        span = _span(month[0], base, lang)
        others = re.search(r"\d|十|\dth", text[: month.start()] + text[month.end() :]) if not named else None
        if span and not others:
            days = [day for day in span if not named or day.weekday() in named]
            return Days(tuple(days), several=True) if days else None
    if _EVERY.search(text) and (named or _ALWAYS.search(text)):
        return Days(weekly=named or tuple(range(7)), several=True)
    return _listed(text, base, lang)


def _weekdays(found: re.Match[str]) -> tuple[int, ...]:
    if found["en"]:
        return (_EN.index(found["en"]),)
    if found["zh"] == "末":
        return (5, 6)
    return tuple(_DAYS[char] for char in found["zh"] if char in _DAYS)


def _next(today: date, weekdays: tuple[int, ...], many: int) -> tuple[date, ...]:
    """The next `many` of each of these weekdays."""
    ahead = [today + timedelta(days=n) for n in range(MOST)]
    return tuple(day for day in ahead if day.weekday() in weekdays)[: min(many, 26) * len(weekdays)]


def _span(words: str, base: datetime, lang: str) -> list[date]:
    """The days of a month (or another span) that are still to come."""
    reading = read_time(words, base=base, lang=lang)
    first, last = _day(reading.start) or base.date(), _day(reading.end)
    if last is None:
        return []
    first = max(first, base.date())
    return [first + timedelta(days=n) for n in range(min(MOST, (last - first).days + 1))]


def _listed(text: str, base: datetime, lang: str) -> Days | None:
    """Days named one after another; what a later one leaves out, an earlier one has said: 下周二和周四, 12月8、15号."""
    found: list[date] = []
    before: date | None = None
    several = False
    for part in _parts(_WEEKDAYS.sub(_spelled, text)):
        bare = _DAY_OF.fullmatch(part)
        if bare and before is not None and (n := number(bare["n"])) and n <= monthrange(before.year, before.month)[1]:
            days = [before.replace(day=n)]
        else:
            days = _one(part, base, lang)
        if not days:
            return None
        before, several = days[0], several or len(days) > 1
        found += days
    return Days(tuple(dict.fromkeys(found)), several=several or len(found) > 1) if found else None


def _spelled(found: re.Match[str]) -> str:
    """周二四 as 周二、周四; and the week said with the first of them with each."""
    if not found["zh"] or found["zh"] == "末":
        return found[0]
    return "、".join(f"{found['week'] or ''}周{char}" for char in found["zh"] if char in _DAYS)


def _parts(text: str) -> Iterator[str]:
    """The text cut where one day ends and the next begins: 周二周四 are two. A week said once holds for those after."""
    week = week_en = ""
    for part in _AND.split(text):
        cuts = [found.start() for found in _WEEKDAYS.finditer(part)]
        starts = [0, *cuts[1:]]
        for at, end in zip(starts, [*starts[1:], len(part)], strict=True):
            piece = part[at:end].strip(" 的,.。、")
            if weekday := _WEEKDAYS.match(piece):
                if weekday["zh"]:
                    week = weekday["week"] or week
                    piece = piece if weekday["week"] else f"{week}{piece}"
                else:
                    week_en = weekday["week_en"] or week_en
                    piece = piece if weekday["week_en"] else f"{week_en}{piece}"
            if piece:
                yield piece


def _one(words: str, base: datetime, lang: str) -> list[date]:
    """The day of one expression, or the days of a span such as 下周."""
    if _PART.fullmatch(words):
        return []
    reading = read_time(words, base=base, lang=lang)
    first, last = _day(reading.start), _day(reading.end)
    if first is None or (last is not None and reading.kind != "range"):
        return [first] if first is not None else []
    if last is None or isinstance(reading.start, datetime):
        return [first]
    return [first + timedelta(days=n) for n in range(min(MOST, (last - first).days + 1))]


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
