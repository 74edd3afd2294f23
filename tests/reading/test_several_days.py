"""The days that somebody names who promises ahead."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.features import FEATURES
from core.here import kinds_of
from core.reading import read_command
from core.reading.several_days import Days, read_days

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TUESDAYS = ["12-01", "12-08", "12-15", "12-22", "12-29"]


def days(words: str) -> list[str]:
    read = read_days(words, base=WEDNESDAY)
    return [] if read is None else [f"{day:%m-%d}" for day in read.days]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("周三", ["11-25"]),
        ("下周二", ["12-01"]),
        ("12月8号", ["12-08"]),
        ("周二晚上7点", ["12-01"]),
        ("12月的周二", TUESDAYS),
        ("12月每个周二", TUESDAYS),
        ("十二月的每个星期二", TUESDAYS),
        ("下个月的周二", TUESDAYS),
        ("every Tuesday in December", TUESDAYS),
        ("Tuesdays in December", TUESDAYS),
        ("接下来四个周二", TUESDAYS[:4]),
        ("the next four Tuesdays", TUESDAYS[:4]),
        ("本月的周五", ["11-27"]),
        ("下周二和周四", ["12-01", "12-03"]),
        ("下周二、四", ["12-01", "12-03"]),
        ("下周二和下周四", ["12-01", "12-03"]),
        ("next Tuesday and Thursday", ["12-01", "12-03"]),
        ("周五周六", ["11-27", "11-28"]),
        ("12月8号和15号", ["12-08", "12-15"]),
        ("12月8日、15日、22日", ["12-08", "12-15", "12-22"]),
        ("dec 8 and 15", ["12-08", "12-15"]),
        ("周末", ["11-28", "11-29"]),
        ("下周", ["11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06"]),
        ("晚上", []),
        ("三", []),
        ("东门", []),
    ],
)
def test_days_named_are_these(words: str, meant: list[str]) -> None:
    assert days(words) == meant


def test_every_tuesday_has_no_end() -> None:
    assert read_days("每周二", base=WEDNESDAY) == Days(weekly=(1,), several=True)
    assert read_days("every Tuesday", base=WEDNESDAY) == Days(weekly=(1,), several=True)


def test_a_day_that_a_month_does_not_have_is_no_day_of_it() -> None:
    assert date(2026, 11, 30) not in (read_days("11月28日、31日", base=WEDNESDAY) or Days()).days


@pytest.mark.parametrize(
    ("words", "intent", "day"),
    [
        ("12月的周二都算我", "join", "12月的周二"),
        ("下周二和下周四我来", "join", "下周二和下周四"),
        ("下周二，下周四我来", "join", "下周二、下周四"),
        ("报名，下周二", "join", "下周二"),
        ("count me in for every Tuesday in December", "join", "for every Tuesday in December"),
        ("I'm in on 11 December", "join", "11 December"),
        ("count me in for 3rd of May", "join", "3rd of May"),
        ("12月的周二我来不了", "leave", "12月的周二"),
        ("停 1", "stop", None),
        ("stop 1", "stop", None),
        ("不再重复", "stop", None),
        ("以后不发了", "stop", None),
        ("取消每周六的巡逻", "stop", "每周六"),
        ("每周六的巡逻取消", "stop", "每周六"),
        ("下周二停一次", "cancel", "下周二"),
        ("取消下周二的巡逻", "cancel", "下周二"),
        ("cancel the patrol on 8 december", "cancel", "8 december"),
        # ordinary talk
        ("停1号楼", None, None),
        ("停一下", None, None),
        ("以后不用来了", None, None),
        ("巡逻取消了吗", None, None),
        ("12月的天真冷", None, None),
        ("下周二和下周四都下雨", None, None),
    ],
)
def test_a_sentence_that_names_days(words: str, intent: str | None, day: str | None) -> None:
    command = read_command(words, context="group", kinds=kinds_of(FEATURES), open=[1, 2])
    assert (command.intent, command.day) == (intent, day)
