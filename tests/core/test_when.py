"""When something is, in words: weekday and part of the day, in both languages, whatever the clocks do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import when
from core.activities import Occurrence

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def on(start: datetime | None, end: datetime | None = None, *, all_day: bool = False) -> Occurrence:
    return Occurrence(community_id=1, id=1, kind="patrol", starts_at=start, ends_at=end, all_day=all_day)


def local(*parts: int, tz: ZoneInfo = SHANGHAI) -> datetime:
    return datetime(*parts, tzinfo=tz).astimezone(UTC)


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (on(local(2026, 11, 27, 19), local(2026, 11, 27, 21)), "11月27日周五晚上7点到9点", "Fri|Friday"),
        (on(local(2026, 11, 27, 9, 30)), "11月27日周五上午9点半", "9:30"),
        (on(local(2027, 1, 2, 9)), "2027年1月2日周六上午9点", "2027"),
        (on(local(2026, 11, 27), local(2026, 11, 28), all_day=True), "11月27日周五", "27"),
    ],
)
def test_it_is_said_with_weekday_and_part_of_the_day(row: Occurrence, zh: str, en: str) -> None:
    assert re.sub(r"\s", "", when.span(row, SHANGHAI, "zh", NOW)) == zh
    said = when.span(row, SHANGHAI, "en", NOW)
    assert re.search(en, said)
    assert not re.search("[\u4e00-\u9fff]", said)


def test_a_duty_past_midnight_ends_on_the_next_day() -> None:
    said = when.span(on(local(2026, 11, 27, 22), local(2026, 11, 28, 2)), SHANGHAI, "zh", NOW)
    assert "27日" in said
    assert "次日" in said or "第二天" in said


def test_what_has_no_time_yet_says_so() -> None:
    assert when.span(on(None), SHANGHAI, "zh", NOW)
    assert when.span(on(None), SHANGHAI, "en", NOW)


@pytest.mark.parametrize(("hours", "zh"), [(2, "今天"), (24, "明天"), (24 * 4, "27日")])
def test_today_and_tomorrow_are_those_of_the_community(hours: int, zh: str) -> None:
    assert zh in when.near(NOW + timedelta(hours=hours), SHANGHAI, "zh", NOW)


def test_at_half_past_midnight_tomorrow_is_the_day_after() -> None:
    late = local(2026, 11, 24, 0, 30)
    assert "今天" in when.near(local(2026, 11, 24, 19), SHANGHAI, "zh", late)
    assert "明天" in when.near(local(2026, 11, 25, 8), SHANGHAI, "zh", late)


def test_seven_in_the_evening_stays_seven_when_the_clocks_change() -> None:
    for day in (28, 29, 30):
        assert "7" in when.clock(datetime(2026, 3, day, 19, tzinfo=BERLIN), BERLIN, "zh")
