"""A rhythm becomes an RFC 5545 rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.reading.question import Question
from core.reading.times import almanac, doubts
from core.reading.times.almanac import WEEKDAY_CODES
from core.reading.times.days import days, floats
from core.reading.times.hours import DAY, finishes, hours, settled
from core.reading.times.phrase import Every, Phrase
from core.reading.times.reading import TimeReading
from core.reading.times.values import Moment, Rel

FREQUENCIES = {
    "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY", "hour": "HOURLY", "minute": "MINUTELY",
    "second": "SECONDLY", "workdays": "WEEKLY", "weekends": "WEEKLY", "workday": "WEEKLY", "weekend": "WEEKLY",
    "quarter": "MONTHLY",
}  # fmt: skip
LUNAR = "RSCALE=CHINESE"
"""RFC 7529: months and days are those of the Chinese calendar."""
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def rule(said: Phrase, base: datetime) -> TimeReading:
    """The reading of a rhythm: the rule and, apart from it, the hours of the wall clock."""
    every = said.every or Every("day")
    unless, excepted = _unless(said, base.date())
    parts = [f"FREQ={FREQUENCIES[every.unit]}"]
    interval = every.many * (3 if every.unit == "quarter" else 1)
    if interval > 1:
        parts.append(f"INTERVAL={interval}")
    by = _by(every, said.at)
    if unless:
        parts, by = _without(every, by, unless)
    if _by_moon(every, said.at, by):
        parts.insert(0, LUNAR)
    parts += by
    until = _until(said, base.date())
    if until:
        parts.append(f"UNTIL={until:%Y%m%d}")
    if said.times:
        parts.append(f"COUNT={said.times}")
    season = said.at if every.unit == "year" and parts == ["FREQ=YEARLY"] and said.at.dated else None
    since = _next(said.since or season, base.date())
    start, end = _times(said)
    question = _which_calendar(every, said.at, base.date())
    return TimeReading(
        "recurring", "time" if start is not None else "day", rrule=";".join(parts), time=start, time_end=end,
        since=since, except_=excepted, confidence=doubts.LIKELY if question else 0.9, question=question,
        bare=doubts.bare(said), spans=said.words,
    )  # fmt: skip


def _which_calendar(every: Every, at: Moment, today: date) -> Question | None:
    """每月十五 without 号 is said of both calendars."""
    numbers = every.monthdays or ((at.day,) if isinstance(at.day, int) else ())
    return doubts.which_calendar(numbers[0], today) if every.spoken and numbers else None


def _by_moon(every: Every, at: Moment, by: list[str]) -> bool:
    """Whether the days of the rule are counted by the lunar calendar: 每月初一, 每年九月初九, 每年中秋."""
    feast = every.unit == "year" and at.feast is not None and almanac.feasts()[at.feast].startswith("lunar ")
    named = every.unit in ("month", "year") and bool(at.lunar) and not at.leap
    return bool(by) and (feast or named)


def _next(said: Moment | None, today: date) -> date | None:
    """The first day of the next such moment."""
    return next((first for first, last in days(said, today) if last >= today), None) if said else None


def _by(every: Every, at: Moment) -> list[str]:
    match every.unit:
        case "workdays" | "workday":
            return ["BYDAY=" + _codes(at.weekdays or WORKDAYS)]
        case "weekends" | "weekend":
            return ["BYDAY=" + _codes(at.weekdays or WEEKEND)]
        case "week":
            if at.section in ("weekend", "workdays"):
                return ["BYDAY=" + _codes(WEEKEND if at.section == "weekend" else WORKDAYS)]
            return ["BYDAY=" + _codes(at.weekdays)] if at.weekdays else []
        case "month" | "quarter":
            return _by_month(every, at)
        case "year":
            return _by_year(every, at)
        case "day" if at.weekdays:
            return ["BYDAY=" + _codes(at.weekdays)]
    return []


def _by_month(every: Every, at: Moment) -> list[str]:
    if every.monthdays:
        return ["BYMONTHDAY=" + ",".join(map(str, every.monthdays))]
    if every.nths and at.weekdays:
        return ["BYDAY=" + ",".join(f"{n}{WEEKDAY_CODES[day]}" for n in every.nths for day in at.weekdays)]
    if isinstance(at.day, int):
        return [f"BYMONTHDAY={at.day}"]
    if at.ordinal is not None:
        match at.ordinal.unit:
            case "weekday" if at.weekdays:
                return ["BYDAY=" + ",".join(f"{at.ordinal.n}{WEEKDAY_CODES[day]}" for day in at.weekdays)]
            case "day":
                n, many = at.ordinal.n, at.ordinal.many
                row = range(n, n + many) if n > 0 else range(n - many + 1, n + 1)
                return ["BYMONTHDAY=" + ",".join(map(str, row))]
            case "workday":
                return ["BYDAY=" + _codes(WORKDAYS), f"BYSETPOS={at.ordinal.n}"]
            case "weekend":
                return [f"BYDAY={at.ordinal.n}SA"]
            case "week" if at.weekdays:
                return [f"BYDAY={at.ordinal.n}{WEEKDAY_CODES[at.weekdays[0]]}"]
    if at.weekdays:
        last = "-1" if at.week == Rel(-1) else ""  # every month on the last Friday
        return ["BYDAY=" + ",".join(last + WEEKDAY_CODES[day] for day in sorted(at.weekdays))]
    if at.section in almanac.MONTH_SECTIONS:
        if at.section in ("month_end", "end"):
            return ["BYMONTHDAY=-1"]
        return [f"BYMONTHDAY={almanac.MONTH_SECTIONS[at.section][0]}"]
    return []


def _by_year(every: Every, at: Moment) -> list[str]:
    if every.months:
        return ["BYMONTH=" + ",".join(map(str, every.months))]
    if at.feast is not None:
        match str(almanac.feasts()[at.feast]).split():
            case ["lunar", day]:
                month, number = day.split("-")
                return [f"BYMONTH={month}", f"BYMONTHDAY={number if int(number) < 31 else -1}"]
            case [month, nth] if nth[0].isdigit() and month.isdigit():
                return [f"BYMONTH={month}", f"BYDAY={nth}" if nth[1:] in WEEKDAY_CODES else f"BYDAY={nth[0]}{nth[1:3]}"]
            case [day]:
                month, number = day.split("-")
                return [f"BYMONTH={month}", f"BYMONTHDAY={number}"]
        return []
    if at.lunar and (at.leap or not isinstance(at.day, int)):
        return []  # a rule for a leap month: it is yearly, and `since` its next day
    by = [f"BYMONTH={at.month}"] if isinstance(at.month, int) else []
    if at.ordinal is not None and at.ordinal.unit == "weekday" and at.weekdays:
        return [*by, f"BYDAY={at.ordinal.n}{WEEKDAY_CODES[at.weekdays[0]]}"]
    return [*by, f"BYMONTHDAY={at.day}"] if isinstance(at.day, int) else by


def _codes(weekdays: Sequence[int]) -> str:
    return ",".join(WEEKDAY_CODES[day] for day in sorted(set(weekdays)))


def _unless(said: Phrase, today: date) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """What the rhythm leaves out: days of the week, or single dates."""
    weekdays: list[int] = []
    dates: list[date] = []
    for moment in said.unless:
        if moment.section == "weekend":
            weekdays += WEEKEND
        elif moment.section == "workdays":
            weekdays += WORKDAYS
        elif moment.weekdays is not None and moment.week is None and moment.day is None:
            weekdays += moment.weekdays
        else:
            found = next(((first, last) for first, last in days(moment, today) if last >= today), None)
            if found:
                dates += [found[0] + timedelta(days=n) for n in range(min((found[1] - found[0]).days + 1, 62))]
    return tuple(sorted(set(weekdays))), tuple(sorted(set(dates)))


def _without(every: Every, by: list[str], unless: tuple[int, ...]) -> tuple[list[str], list[str]]:
    """Every day but Sunday is a rule by weekdays."""
    kept = [day for day in range(7) if day not in unless]
    if every.unit == "day" and every.many == 1 and kept:
        return ["FREQ=WEEKLY"], ["BYDAY=" + _codes(kept)]
    if len(by) == 1 and by[0].startswith("BYDAY="):
        codes = [code for code in by[0][6:].split(",") if code not in {WEEKDAY_CODES[day] for day in unless}]
        if codes:
            return [f"FREQ={FREQUENCIES[every.unit]}"], ["BYDAY=" + ",".join(codes)]
    return [f"FREQ={FREQUENCIES[every.unit]}"], by


def _until(said: Phrase, today: date) -> date | None:
    """The last day of a rhythm, counted from its first where the words leave the month or year open."""
    until = said.until
    if until is None:
        return None
    floor = today
    if said.since is not None:
        floor = _next(said.since, today) or today
        if until.month is None and isinstance(until.day, int):
            until = replace(until, month=said.since.month, year=said.since.year)
    seen_from = floor if floats(until) else today
    return next((last for _, last in days(until, seen_from) if last >= floor), None)


def _times(said: Phrase) -> tuple[time | None, time | None]:
    """From when to when on each day; a part of the day alone gives its usual beginning."""
    starts = hours(said.at, said.hint)
    if not starts:
        return None, None
    ends = finishes(said, starts)
    if len(starts) > 1 and said.end and said.end.clock and (said.end.clock.exact or said.end.part):
        starts, ends = settled(starts, ends, by_clock=said.end.part is None)
    end = ends[0] if said.end is not None or said.lasting is not None else None
    return _time(starts[0]), None if end is None else _time(end)


def _time(minute: int) -> time:
    return time(minute % DAY // 60, minute % 60)
