"""The calendar on the wall: lunar dates, feasts, solar terms, seasons, stretches of a month, working days."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

import chinese_calendar  # type: ignore[import-untyped]  # has no types
from borax.calendars.lunardate import LCalendars, LunarDate, TermUtils  # type: ignore[import-untyped]  # has no types
from dateutil.easter import easter

from core.reading.times.lexicon import FOLDER

FIRST_YEAR, LAST_YEAR = 1901, 2099
"""The years of which the lunar tables know everything."""

Days = tuple[date, date]
"""First and last day, both included."""

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@cache
def feasts() -> dict[str, str]:
    """Every feast by its own name, and when it is, in the language of feasts.toml."""
    return {name: str(entry["on"]) for name, entry in _feast_tables().items()}


@cache
def _feast_tables() -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = tomllib.loads((FOLDER / "feasts.toml").read_text("utf-8"))
    return tables


def feast_length(name: str) -> int:
    """How many days people keep it; 1 for most."""
    length = _feast_tables()[name].get("days", 1)
    return length if isinstance(length, int) else 1


def public_holidays(first: date, last: date) -> list[tuple[str, Days]]:
    """The public holidays of which some day lies within these: by their own names, each with its days off."""
    names = [name for name, entry in _feast_tables().items() if entry.get("public")]
    found = []
    for year in range(first.year - 1, last.year + 1):
        for name in names:
            day = feast(name, year)
            begins, ends = holiday(name, day) if day else (last, first)
            if begins <= last and ends >= first:
                found.append((name, (begins, ends)))
    return sorted(found, key=lambda each: each[1])


def feast_name(name: str, lang: str) -> str:
    """What a feast is called in a language; as we write it ourselves where nothing is said."""
    return str(_feast_tables()[name].get("en", name)) if lang == "en" else name


def ends_the_year(name: str) -> bool:
    """Whether a feast is in the last month of the lunar year, so in the next year of the solar one."""
    return str(feasts()[name]).startswith("lunar 12-")


@lru_cache(maxsize=256)
def holiday(name: str, day: date) -> Days:
    """The days off around a feast: as announced, else as many as people keep."""
    if announced(day.year) and day in chinese_calendar.get_holidays(day, day):
        first = last = day
        while _day_off(first - timedelta(days=1)):
            first -= timedelta(days=1)
        while _day_off(last + timedelta(days=1)):
            last += timedelta(days=1)
        return first, last
    return day, day + timedelta(days=feast_length(name) - 1)


def _day_off(day: date) -> bool:
    return announced(day.year) and not is_workday(day)


@lru_cache(maxsize=2048)
def feast(name: str, year: int) -> date | None:
    """The day of a feast in a year of the calendar people count it by: 2026's 除夕 ends the lunar year 2026."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    match str(feasts()[name]).split():
        case ["lunar", day, *shift]:
            month, number = map(int, day.split("-"))
            found = lunar(year, month, number if number < 31 else -1)
            return found + timedelta(days=int(shift[0])) if found and shift else found
        case ["term", term]:
            return solar_term(term, year)
        case ["easter", shift]:
            return easter(year) + timedelta(days=int(shift))
        case [month, nth]:
            return nth_weekday(year, int(month), int(nth[0]), WEEKDAY_CODES.index(nth[1:]))
        case [month, nth, shift]:
            found = nth_weekday(year, int(month), int(nth[0]), WEEKDAY_CODES.index(nth[1:]))
            return found + timedelta(days=int(shift)) if found else None
        case [day]:
            month, number = map(int, day.split("-"))
            return date(year, month, number)
    return None


@lru_cache(maxsize=512)
def solar_term(name: str, year: int) -> date:
    """The day of a solar term in a solar year."""
    found: date = TermUtils.nth_term_day(year, term_name=name)
    return found


@lru_cache(maxsize=2048)
def lunar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """A lunar date in the solar calendar; day -1 is the last of the month. None when there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if day == -1:
            day = LCalendars.ndays(year, month, leap)
        found: date = LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return None
    return found


def lunar_year_of(day: date) -> int:
    """The lunar year a day lies in."""
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return day.year
    return int(LunarDate.from_solar(day).year)


def lunar_month_of(day: date) -> tuple[int, int]:
    found = LunarDate.from_solar(day)
    return int(found.year), int(found.month)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth such weekday of a month, -1 the last; None when the month has no such day."""
    length = monthrange(year, month)[1]
    if nth > 0:
        day = 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth - 1)
    else:
        day = length - (date(year, month, length).weekday() - weekday) % 7 + 7 * (nth + 1)
    return date(year, month, day) if 1 <= day <= length else None


def month(year: int, number: int) -> Days:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months away, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year = min(max(index // 12, 1), 9999)
    number = index % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def is_workday(day: date) -> bool:
    """Whether people work on this day. Where the government has not announced the year yet: Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def announced(year: int) -> bool:
    """Whether holidays and make-up workdays of this year are known."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def add_workdays(day: date, many: int) -> date:
    step = timedelta(days=1 if many > 0 else -1)
    left = min(abs(many), 500)
    while left:
        day += step
        left -= is_workday(day)
    return day


MONTH_SECTIONS = {
    "month_start": (1, 5), "start": (1, 5), "month_middle": (11, 20), "middle": (11, 20), "month_end": (25, 31),
    "end": (25, 31), "first_ten": (1, 10), "second_ten": (11, 20), "last_ten": (21, 31), "first_half_month": (1, 15),
    "second_half_month": (16, 31),
}  # fmt: skip
YEAR_SECTIONS = {
    "year_start": (1, 2), "start": (1, 2), "year_middle": (6, 7), "middle": (6, 7), "year_end": (11, 12),
    "end": (11, 12), "first_half_year": (1, 6), "second_half_year": (7, 12), "summer_holiday": (7, 8),
    "spring": (3, 5), "summer": (6, 8),
    "autumn": (9, 11), "winter": (12, 14), "winter_holiday": (13, 14),
}  # fmt: skip


def month_section(name: str, year: int, number: int) -> Days:
    """月初, 中旬, 月底 of a month."""
    first, last = MONTH_SECTIONS[name]
    length = monthrange(year, number)[1]
    return date(year, number, first), date(year, number, min(last, length))


def year_section(name: str, year: int) -> Days:
    """年底, 上半年, 夏天, `quarter 3` of a year."""
    if name.startswith("q"):
        quarter, *inner = name[1:].split()
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
        if inner:  # 一季度末
            first = last = first + {"start": 0, "middle": 1, "end": 2}[inner[0]]
    else:
        first, last = YEAR_SECTIONS[name]
    start = add_months(date(year, 1, 1), first - 1)
    end = add_months(date(year, 1, 1), last) - timedelta(days=1)
    return start, end


def week(day: date, offset: int = 0) -> Days:
    """The week from Monday to Sunday around a day, or one so many weeks away."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return monday, monday + timedelta(days=6)


def nth_week(first: date, last: date, nth: int) -> Days | None:
    """The nth week of a stretch, the first Monday's week being the first; -1 is the last that is mostly inside."""
    monday = first + timedelta(days=-first.weekday() % 7)
    if nth < 0:  # most of the last week is inside: 30 December is a Monday, but that week is the next year's
        thursday = last - timedelta(days=(last.weekday() - 3) % 7)
        monday = thursday - timedelta(days=3) + timedelta(weeks=nth + 1)
        return monday, monday + timedelta(days=6)
    monday += timedelta(weeks=nth - 1)
    return (monday, monday + timedelta(days=6)) if first <= monday <= last else None
