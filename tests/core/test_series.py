"""When a series comes next: by weekdays, and by the moon."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core import moon
from core.series import following

ZONE = ZoneInfo("Asia/Shanghai")


def row(rrule: str, since: date, many: int, skip: tuple[str, ...] = ()) -> list[str]:
    """The next `many` days of a rule at 8 in the morning, and `over` where it has ended."""
    found: list[str] = []
    after = datetime(since.year, since.month, since.day, tzinfo=ZONE)
    for _ in range(many):
        start = following(rrule, time(8), since, after, ZONE, skip)
        if start is None:
            return [*found, "over"]
        local = start.astimezone(ZONE)
        assert (local.hour, local.minute) == (8, 0)
        found.append(f"{local:%m-%d}")
        after = start
    return found


def test_the_first_and_the_fifteenth_of_the_moon_wander_through_the_solar_months() -> None:
    rule = "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1,15"
    assert row(rule, date(2026, 11, 23), 5) == ["11-23", "12-09", "12-23", "01-08", "01-22"]


def test_a_leap_month_has_its_first_and_fifteenth_too() -> None:
    rule = "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1"
    assert row(rule, date(2025, 6, 20), 3) == ["06-25", "07-25", "08-23"]


def test_a_feast_is_kept_once_a_year_and_not_in_the_leap_month() -> None:
    assert row("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=6", date(2025, 1, 1), 2) == ["06-30", "07-19"]


def test_the_eve_of_the_new_year_is_the_last_day_of_a_long_or_a_short_month() -> None:
    rule = "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
    assert row(rule, date(2025, 1, 1), 3) == ["01-28", "02-16", "02-05"]


def test_a_lunar_series_ends_and_leaves_out_as_others_do() -> None:
    rule = "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1,15"
    assert row(f"{rule};UNTIL=20261223", date(2026, 11, 23), 9) == ["11-23", "12-09", "12-23", "over"]
    assert row(f"{rule};COUNT=2", date(2026, 11, 23), 9) == ["11-23", "12-09", "over"]
    assert row(rule, date(2026, 11, 23), 2, skip=("2026-12-09",)) == ["11-23", "12-23"]


def test_a_rule_that_nobody_knows_has_no_next() -> None:
    assert row("RSCALE=HEBREW;FREQ=MONTHLY", date(2026, 11, 23), 1) == ["over"]


def test_a_day_of_the_lunar_calendar() -> None:
    assert moon.falls_on(date(2026, 10, 18), 9, {9})
    assert not moon.falls_on(date(2026, 10, 18), 9, {8})
    assert moon.falls_on(date(2026, 2, 16), 12, {-1})
