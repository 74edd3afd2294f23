"""An answer to what is asked of a posting: one of the moments that it may mean, a half of the day, a calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.reading.answers import Option, choose
from core.reading.kinds import Kinds
from core.reading.page import Page
from core.reading.posting import Posting
from core.reading.question import Question
from core.reading.text import plain
from core.reading.times.rules import LUNAR
from core.reading.vocabulary import regex

Moment = date | datetime


def asking(posting: Posting, question: Question | None, *, ambiguous: bool) -> Posting:
    """The posting with this question, and the moments of which one is meant, where it leaves two."""
    return replace(posting, question=question, ambiguous=ambiguous, choices=_choices(posting.start, question))


def _choices(start: Moment | None, question: Question | None) -> tuple[Moment, ...]:
    if start is None or question is None:
        return ()
    if question.code == "which_half" and isinstance(start, datetime):
        half = start.hour % 12
        return tuple(start.replace(hour=hour) for hour in (half, half + 12))
    if not isinstance(start, datetime):
        return tuple(question.days)
    return tuple(datetime.combine(day, start.timetz()) for day in question.days)


def taken(posting: Posting, start: Moment) -> Posting:
    """The posting at that one of its choices, and asked no more."""
    return replace(moved(posting, start), question=None, ambiguous=False, choices=())


def moved(posting: Posting, start: Moment) -> Posting:
    """The posting with another start; its end and the time to be there go with it."""
    old = posting.start
    if isinstance(old, datetime) and isinstance(start, datetime):
        by = start - old
    elif old is None or isinstance(old, datetime) or isinstance(start, datetime):
        return replace(posting, start=start)
    else:
        by = start - old
    end = posting.end + by if posting.end is not None else None
    report = posting.report_at + by if posting.report_at is not None else None
    return replace(posting, start=start, end=end, report_at=report)


def still_open(old: Posting, changed: Posting, *, dated: bool) -> Posting:
    """Another day leaves the half of the day to be asked for, and another hour the day. `dated`: the day was said."""
    start = changed.start
    if len(old.choices) < 2 or changed.choices or not isinstance(start, datetime):
        return changed
    halves = len({each.day for each in old.choices}) == 1
    if halves != dated:
        return changed
    open_ones = [
        datetime.combine(start.date(), _at(each).timetz())
        if halves
        else datetime.combine(_at(each).date(), start.timetz())
        for each in old.choices
    ]
    return replace(changed, choices=tuple(open_ones), ambiguous=True)


# ---------------------------------------------------------------- one of two


_BY_DATE = re.compile(regex("settling", "by_date"))
_BY_WEEKDAY = re.compile(regex("settling", "by_weekday"))
_NUMBER = re.compile(regex("settling", "number"))


def chosen(posting: Posting, text: str, *, base: datetime, kinds: Kinds, lang: str) -> Posting | None:
    """What an answer makes of a posting that may mean two moments: 18号, 周日的, 第二个, 日期对, the first one."""
    choices = posting.choices
    if len(choices) < 2 or not isinstance(posting.start, datetime | date):
        return None
    words = plain(text).text.strip(" \n\t.,;!?。~")
    if found := _NUMBER.fullmatch(words):
        same = [start for start in choices if start.day == int(found["n"])]
        if len(same) == 1:
            return taken(posting, same[0])
    if choices[0].day != choices[1].day and (by_date := _BY_DATE.fullmatch(words) or _BY_WEEKDAY.fullmatch(words)):
        return taken(posting, choices[by_date.re is _BY_WEEKDAY])
    options = [Option(("",), start=_at(start)) for start in choices]
    picked = choose(text, options, base=base, kinds=kinds, lang=lang)
    return taken(posting, choices[picked[0]]) if len(picked) == 1 else None


def _at(start: Moment) -> datetime:
    return start if isinstance(start, datetime) else datetime.combine(start, time(12))


# ---------------------------------------------------------------- the half of the day

_HALF = re.compile(regex("settling", "half"))
HALVES = {
    "morning": (5, 11),
    "noon": (11, 13),
    "afternoon": (12, 18),
    "evening": (17, 23),
}
"""The hours of each part of the day, both included."""


def half(posting: Posting, page: Page) -> Posting | None:
    """The half of the day and nothing else: an answer to "8点，是早上还是晚上？", or 改成下午.

    An hour that is not in it (9点, 改成下午) has to be said anew.
    """
    found = _HALF.fullmatch(page.left.strip(" \n.,;!?。~"))
    if found is None:
        return None
    part = found.lastgroup or "morning"
    if posting.rrule:
        return _half_of_rule(posting, part)
    if not isinstance(posting.start, datetime):
        return replace(posting, daypart=part) if posting.start is not None and posting.daypart != part else None
    return in_half(posting, part)


def in_half(posting: Posting, part: str) -> Posting:
    """The posting at the same hour of that part of the day; where it has no such hour, asked for one."""
    if not isinstance(posting.start, datetime) or part not in HALVES:
        return posting
    hour = _hour_in(part, posting.start.hour)
    if hour is not None:
        return taken(posting, posting.start.replace(hour=hour))
    return replace(
        posting, start=posting.start.date(), end=None, report_at=None, daypart=part,
        question=Question("what_time_of", (("part", f"part {part}"),)), ambiguous=False, choices=(),
    )  # fmt: skip


def _hour_in(part: str, hour: int) -> int | None:
    first, last = HALVES[part]
    return next((each for each in (hour % 12, hour % 12 + 12) if first <= each <= last), None)


def _half_of_rule(posting: Posting, part: str) -> Posting | None:
    """The same of a series: every Tuesday at 8, in the evening."""
    hour = _hour_in(part, posting.time.hour) if posting.time else None
    if posting.time is None or hour is None:
        return None
    by, end = hour - posting.time.hour, posting.time_end
    return replace(
        posting, time=posting.time.replace(hour=hour), question=None, ambiguous=False,
        time_end=end.replace(hour=(end.hour + by) % 24) if end else None,
    )  # fmt: skip


# ---------------------------------------------------------------- the calendar

_CALENDAR = re.compile(regex("settling", "calendar"))


def calendar(posting: Posting, page: Page) -> Posting | None:
    """An answer to "是农历还是公历？" that says which and nothing else."""
    found = _CALENDAR.fullmatch(page.left.strip(" \n.,;!?。~"))
    if found is None or not (posting.rrule and "FREQ=MONTHLY" in posting.rrule and "BYMONTHDAY" in posting.rrule):
        return None
    parts = [part for part in posting.rrule.split(";") if part != LUNAR]
    rrule = ";".join([LUNAR, *parts] if found["moon"] else parts)
    return replace(posting, rrule=rrule, question=None, ambiguous=False)


# ---------------------------------------------------------------- a weekday, of the week in which it is


def same_week(weekday: int, start: Moment, today: date) -> date:
    """改成周日, said of what is next week, is of next week as well; never a day that is over."""
    day = start.date() if isinstance(start, datetime) else start
    found = day + timedelta(days=weekday - day.weekday())
    return found if found >= today else found + timedelta(days=7 * (1 + (today - found).days // 7))
