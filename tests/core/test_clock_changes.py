"""Clocks that change, against an oracle of its own: `dateutil` reads the zones by itself, and days are counted by hand.

Both changes of Europe/Berlin, and the summer times that Shanghai had from 1986 to 1991. 19:00 stays 19:00; a time that
the clocks skip is the first moment after, one that they show twice is the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from core.manners import Quiet, read_reminder, wall
from core.series import following

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/Sao_Paulo")
CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)),
    "Asia/Shanghai": (date(1986, 5, 4), date(1986, 9, 14), date(1988, 4, 17), date(1991, 9, 15)),
    "America/Sao_Paulo": (date(2018, 11, 4), date(2019, 2, 17)),
}
"""Days on which the clocks were changed."""
MINUTE = timedelta(minutes=1)
NIGHT = [time(hour, minute) for hour in range(4) for minute in (0, 1, 30, 59)]


def oracle(day: date, at: time, zone: str) -> datetime:
    """The moment of a wall time: found by `dateutil`, minute by minute through what the clocks skip."""
    where = tz.gettz(zone)
    face = datetime.combine(day, at, where)
    while not tz.datetime_exists(face):
        face = (face.replace(tzinfo=None) + MINUTE).replace(tzinfo=where)
    return tz.enfold(face, fold=0).astimezone(UTC)


def by_hand(weekdays: set[int], every: int, since: date, at: time, zone: str) -> Iterator[datetime]:
    """The starts of a weekly rule, counted day by day from its first week."""
    week = since - timedelta(days=since.weekday())
    for n in range(120):
        day = since + timedelta(days=n)
        weeks = (day - timedelta(days=day.weekday()) - week).days // 7
        if day.weekday() in weekdays and weeks % every == 0:
            yield oracle(day, at, zone)


Rule = tuple[str, set[int], int, date, time]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """A zone, weekdays, every how many weeks, a first day near a change of clocks, and a time of day."""
    zone = draw(st.sampled_from(ZONES))
    near = draw(st.sampled_from(CHANGES[zone])) - timedelta(days=draw(st.integers(0, 40)))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    at = draw(
        st.one_of(st.times().map(to_minute), st.sampled_from([time(h, m) for h in range(4) for m in (0, 1, 30, 59)]))
    )
    return zone, weekdays, draw(st.integers(1, 3)), near, at


def to_minute(at: time) -> time:
    return time(at.hour, at.minute)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rules())
def test_a_series_begins_when_the_oracle_says_once_for_each_of_its_days(
    rule: tuple[str, set[int], int, date, time],
) -> None:
    zone, weekdays, every, since, at = rule
    rrule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(DAYS[n] for n in sorted(weekdays))}"
    expected = list(by_hand(weekdays, every, since, at, zone))[:8]
    after = wall(since, time(0), ZoneInfo(zone)) - MINUTE
    found = []
    for _ in expected:
        start = following(rrule, at, since, after, ZoneInfo(zone))
        assert start is not None
        found.append(start)
        after = start
    assert found == expected


@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_of_the_days_of_a_change_is_the_moment_that_the_oracle_finds(zone: str) -> None:
    wrong = []
    for day in CHANGES[zone]:
        for n in range(-96, 192):
            face = datetime.combine(day, time(0)) + n * timedelta(minutes=15)
            if wall(face.date(), face.time(), ZoneInfo(zone)) != oracle(face.date(), face.time(), zone):
                wrong.append(face)
    assert wrong == []


@pytest.mark.parametrize("zone", ZONES)
def test_the_eve_and_the_morning_keep_their_hour_over_a_change(zone: str) -> None:
    eve, hour, days = read_reminder("eve 19:00"), read_reminder("1h"), read_reminder("2d")
    quiet, where = Quiet(time(22), time(7)), tz.gettz(zone)
    for day in CHANGES[zone]:
        start = wall(day, time(9), ZoneInfo(zone))
        assert eve.due(start, ZoneInfo(zone)) == oracle(day - timedelta(days=1), time(19), zone)
        assert hour.due(start, ZoneInfo(zone)) == start - timedelta(hours=1)
        assert days.due(start, ZoneInfo(zone)) == oracle(day - timedelta(days=2), time(9), zone)
        for night in (oracle(day - timedelta(days=1), time(23), zone), oracle(day, time(2, 30), zone)):
            assert quiet.until(night, ZoneInfo(zone)).astimezone(where).time() == time(7)
        assert quiet.until(start, ZoneInfo(zone)) == start


def test_shanghai_had_summer_time_and_has_none() -> None:
    """At 9 in the morning of a summer's day it was one o'clock by Greenwich, and for six years midnight."""
    hours = {
        year: wall(date(year, 7, 1), time(9), ZoneInfo("Asia/Shanghai")).hour for year in (1985, 1986, 1991, 1992, 2026)
    }
    assert hours == {1985: 1, 1986: 0, 1991: 0, 1992: 1, 2026: 1}
