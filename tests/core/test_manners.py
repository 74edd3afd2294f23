"""Manners: reminders and quiet hours, over midnight and over the days when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.manners import DEFAULT, USUAL, Quiet, Reminder, read_quiet, read_reminder, wall

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NIGHT = Quiet(time(22), time(7))


def local(zone: ZoneInfo, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reminder"),
    [
        ("eve 19:00", Reminder("eve", days=1, at=time(19))),
        ("Eve  7:05 ", Reminder("eve", days=1, at=time(7, 5))),
        ("1h", Reminder("1h", before=timedelta(hours=1))),
        ("90m", Reminder("90m", before=timedelta(minutes=90))),
        ("120m", Reminder("2h", before=timedelta(hours=2))),
        ("2d", Reminder("2d", days=2)),
    ],
)
def test_a_reminder_is_read_as_it_is_written(text: str, reminder: Reminder) -> None:
    assert read_reminder(text) == reminder


@pytest.mark.parametrize(
    "text", ["", "eve", "eve 25:00", "eve 19:60", "0h", "-1h", "1w", "h", "99999m", "1h\n2h", "x" * 99]
)
def test_what_is_no_reminder_is_refused_with_what_may_be_written(text: str) -> None:
    with pytest.raises(ValueError, match="write 'eve 19:00', '1h', '30m' or '2d'") as refusal:
        read_reminder(text)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 150


def test_the_eve_is_the_day_before_by_the_calendar_of_the_community() -> None:
    start = local(SHANGHAI, "2026-11-24T00:30")  # still the 23rd in UTC
    assert read_reminder("eve 19:00").due(start.astimezone(UTC), SHANGHAI) == utc("2026-11-23T11:00")


def test_seven_in_the_evening_stays_seven_in_the_evening_when_the_clocks_change() -> None:
    eve = read_reminder("eve 19:00")
    assert eve.due(local(BERLIN, "2026-03-29T09:00"), BERLIN) == utc("2026-03-28T18:00")
    assert eve.due(local(BERLIN, "2026-03-30T09:00"), BERLIN) == utc("2026-03-29T17:00")
    assert eve.due(local(BERLIN, "2026-10-26T09:00"), BERLIN) == utc("2026-10-25T18:00")


def test_days_keep_the_time_of_day_and_hours_count_hours() -> None:
    start = local(BERLIN, "2026-03-30T00:30")
    assert read_reminder("1d").due(start, BERLIN) == utc("2026-03-28T23:30")
    assert read_reminder("24h").due(start, BERLIN) == utc("2026-03-28T22:30")


def test_a_time_the_clocks_skip_is_the_first_moment_after_the_gap() -> None:
    assert read_reminder("eve 02:30").due(local(BERLIN, "2026-03-30T09:00"), BERLIN) == utc("2026-03-29T01:00")


def test_a_time_the_clocks_show_twice_is_the_first() -> None:
    assert read_reminder("eve 02:30").due(local(BERLIN, "2026-10-26T09:00"), BERLIN) == utc("2026-10-25T00:30")
    assert read_reminder("1d").due(local(BERLIN, "2026-10-26T02:30"), BERLIN) == utc("2026-10-25T00:30")


def test_a_day_that_a_zone_left_out_is_the_first_moment_after_it() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    assert wall(local(apia, "2011-12-30T10:00").date(), time(10), apia) == local(apia, "2011-12-31T00:00")


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 - a wall clock's time
    st.sampled_from(
        ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca"]
    ),
)
def test_a_wall_time_is_the_first_moment_that_is_not_before_it(naive: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    moment = wall(naive.date(), naive.time(), zone)
    assert moment.astimezone(zone).replace(tzinfo=None) >= naive
    assert (moment - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None) < naive


@pytest.mark.parametrize(
    ("at", "quiet"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_the_night_is_quiet_from_its_first_minute_up_to_its_last(at: str, quiet: bool) -> None:
    assert NIGHT.covers(local(SHANGHAI, f"2026-11-23T{at}").astimezone(UTC), SHANGHAI) is quiet


@pytest.mark.parametrize("at", ["2026-11-23T22:00", "2026-11-23T23:30", "2026-11-24T00:00", "2026-11-24T06:59"])
def test_from_anywhere_in_the_night_the_same_evening_and_the_same_morning_are_meant(at: str) -> None:
    moment = local(SHANGHAI, at)
    assert NIGHT.before(moment, SHANGHAI) == utc("2026-11-23T13:59")
    assert NIGHT.until(moment, SHANGHAI) == utc("2026-11-23T23:00")
    assert not NIGHT.covers(NIGHT.before(moment, SHANGHAI), SHANGHAI)
    assert not NIGHT.covers(NIGHT.until(moment, SHANGHAI), SHANGHAI)


def test_by_day_nothing_is_moved() -> None:
    noon = local(SHANGHAI, "2026-11-23T12:00")
    assert NIGHT.until(noon, SHANGHAI) == NIGHT.before(noon, SHANGHAI) == noon


def test_a_quiet_noon_does_not_reach_over_midnight() -> None:
    noon = Quiet(time(12), time(14))
    assert noon.until(local(SHANGHAI, "2026-11-23T13:00"), SHANGHAI) == local(SHANGHAI, "2026-11-23T14:00")
    assert not noon.covers(local(SHANGHAI, "2026-11-23T23:00"), SHANGHAI)


def test_quiet_that_ended_is_over_although_the_clocks_show_the_hour_again() -> None:
    quiet = Quiet(time(22), time(2, 30))
    assert quiet.covers(local(BERLIN, "2026-10-25T02:10", fold=0), BERLIN)
    assert not quiet.covers(local(BERLIN, "2026-10-25T02:10", fold=1), BERLIN)


def test_the_quiet_time_is_read_as_it_is_written() -> None:
    assert read_quiet("22:00-07:00") == NIGHT
    assert read_quiet("22:00 – 7:00") == NIGHT
    assert read_quiet("Off") is None


@pytest.mark.parametrize("text", ["", "22-7", "22:00", "24:00-07:00", "07:00-07:00", "always"])
def test_what_is_no_quiet_time_is_refused_with_what_may_be_written(text: str) -> None:
    with pytest.raises(ValueError, match="write '22:00-07:00' or 'off'"):
        read_quiet(text)


def test_every_kind_reminds_on_the_eve_and_an_hour_before_unless_told_otherwise() -> None:
    assert [reminder.name for reminder in USUAL] == ["eve", "1h"]
    assert not DEFAULT.reminders
