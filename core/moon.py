"""The lunar calendar, for rules: which days are the 初一 of a month, or the 九月初九 of a year."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache

from borax.calendars.lunardate import LCalendars, LunarDate  # type: ignore[import-untyped]  # has no types


@lru_cache(maxsize=4096)
def lunar_date(day: date) -> tuple[int, int, bool, bool]:
    """Month, day, whether the month is a leap one (闰), and whether it is the month's last day. 1901 to 2099."""
    found = LunarDate.from_solar(day)
    length = LCalendars.ndays(found.year, found.month, found.leap)
    return int(found.month), int(found.day), bool(found.leap), found.day == length


def falls_on(day: date, month: int | None, monthdays: Container[int]) -> bool:
    """Whether `day` is one of the `monthdays` (-1: the last) of this lunar month; of any month, if None."""
    number, monthday, leap, last = lunar_date(day)
    if month is not None and (month != number or leap):
        return False
    return monthday in monthdays or (last and -1 in monthdays)
