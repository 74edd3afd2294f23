"""What is doubtful about a reading, and the question that would settle it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.reading.question import Question, which_half
from core.reading.times import almanac
from core.reading.times.almanac import Days
from core.reading.times.days import days
from core.reading.times.hours import hours
from core.reading.times.phrase import Phrase
from core.reading.times.reading import TimeReading
from core.reading.times.values import Clock, Moment, Rel

SURE, LIKELY, UNSURE = 0.95, 0.7, 0.5
LATE = 4
"""Before this hour many people's day is still yesterday."""

Doubt = tuple[float, Question | None]
"""How sure we are, and what to ask."""


def of_day(said: Moment, found: Days, today: date) -> Doubt:
    """What is doubtful about the day: a weekday that does not fit, 下周日 said on a Sunday, a day that is over."""
    first, last = found
    if differs := _differs(said, first, today):
        return UNSURE, differs
    if which := _which_week(said, first, today):
        return LIKELY, which
    if last < today and not says_past(said, today):
        return UNSURE, Question("past", (("when", day(last)),))
    return (LIKELY if said.about else SURE), None


def of_hour(said: Phrase, start: datetime, end: datetime | None, base: datetime) -> Doubt:
    """The same for a day with an hour: also 8点 with nothing to say which, and an hour that is over."""
    sure, question = of_day(said.at, (start.date(), start.date()), base.date())
    question = question or _which_night(said.at, start.date(), base)
    clock = said.at.clock
    if clock and said.at.part is None and len(hours(said.at, said.hint)) > 1 and not _settled(said, clock):
        return min(sure, LIKELY), question or which_half(clock.hour, clock.minute)
    if question is None and start < base and not says_past(said.at, base.date()) and (end is None or end < base):
        return UNSURE, Question("past", (("when", day(start)),))
    return sure, question


def _settled(said: Phrase, clock: Clock) -> bool:
    """Whether there is no need to ask which half of the day: 8点到17点, 3月5日9:30, 10点."""
    return clock.hour > 9 or (clock.written and said.at.dated) or not bare(said)


def bare(said: Phrase) -> bool:
    """Whether an hour was said, and neither by itself nor by its end which half of the day it is in."""
    clock, end = said.at.clock, said.end
    if clock is None or clock.exact or clock.hour > 12 or said.at.part is not None or said.hint is not None:
        return False
    return not (end and not end.dated and end.clock and (end.clock.exact or end.part))


def says_past(said: Moment, today: date) -> bool:
    """Whether the words themselves speak of the past: 昨天, 上周, 2019年, 三天前."""
    if isinstance(said.year, int):
        return said.year < today.year
    if said.decade is not None or said.century is not None:
        return True
    if any(isinstance(field, Rel) and field.n < 0 for field in (said.day, said.month, said.week, said.year)):
        return True
    return said.away is not None and said.away.many < 0


def impossible(said: Phrase) -> TimeReading:
    """No time, and a question: there is no 30th of February."""
    at = said.at
    question = Question("when")
    if isinstance(at.month, int) and isinstance(at.day, int):
        year = f"{at.year}-" if isinstance(at.year, int) else ""
        question = Question("no_such_day", (("when", f"day {year}{at.month}-{at.day}"),))
    return TimeReading(confidence=SURE, question=question, spans=said.words)


def _differs(said: Moment, first: date, today: date) -> Question | None:
    """The date says one day, what stands beside it another: 10月18日周六, 10月17日（本周六）, 明天（10月18日）."""
    if said.near is not None and (meant := today + timedelta(days=said.near.n)) != first:
        return _which_day(first, meant)
    exact = isinstance(said.day, int | Rel) or said.feast is not None
    if not exact or said.weekdays is None or len(said.weekdays) > 1 or said.shift:
        return None
    weekday = said.weekdays[0]
    if said.week is not None and isinstance(said.day, int):
        meant = almanac.week(today, said.week.n)[0] + timedelta(days=weekday)
    else:
        meant = nearest(weekday, first, today)
    if meant == first:
        return None
    if first.weekday() == weekday:
        return _which_day(first, meant)
    facts = (("weekday", f"weekday {first.weekday()}"), ("said", f"weekday {weekday}"))
    return Question("weekday_differs", (*_both(first, meant), *facts), (first, meant))


def nearest(weekday: int, to: date, today: date) -> date:
    """The day of that weekday which is nearest to a day, and not over."""
    found = to + timedelta(days=(weekday - to.weekday() + 3) % 7 - 3)
    return found + timedelta(days=7) if found < today <= to else found


def _both(first: date, second: date) -> tuple[tuple[str, str], ...]:
    return (("first", day(first)), ("second", day(second)))


def _which_day(first: date, second: date) -> Question:
    return Question("which_day", _both(first, second), (first, second))


def _which_week(said: Moment, first: date, today: date) -> Question | None:
    """On a Sunday 下周三 is in three days for us, whose weeks begin on Monday, and in ten for others."""
    if said.week != Rel(1) or not said.weekdays or today.weekday() != 6:
        return None
    return _which_day(first, first + timedelta(days=7))


def _which_night(said: Moment, found: date, base: datetime) -> Question | None:
    """明早 said at half past midnight is this morning for those who have not slept yet."""
    if said.day != Rel(1) or base.hour >= LATE:
        return None
    return _which_day(found - timedelta(days=1), found)


def which_calendar(number: int, today: date) -> Question:
    """每月十五 is said of both calendars: the next such day by the moon, and by the sun."""
    ways = (Moment(day=number, lunar=True), Moment(day=number))
    first, second = (next((day(first) for first, _ in days(way, today) if first >= today), "") for way in ways)
    return Question("which_calendar", (("when", f"lunar_day {number}"), ("first", first), ("second", second)))


def day(found: date) -> str:
    """A day as a fact of a question."""
    return f"day {found.month}-{found.day}"
