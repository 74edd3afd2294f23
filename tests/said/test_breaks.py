"""What leaves out several of a series: which days, how many of them; and talk that leaves out nothing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.features import KINDS
from core.reading.times.almanac import public_holidays
from core.said.breaks import Break, read_break, within

BASE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SPRING = (date(2027, 2, 6), date(2027, 2, 12))
SAID = {
    "春节停两周": Break(date(2027, 2, 6), date(2027, 2, 19)),
    "春节期间停": Break(*SPRING),
    "巡逻春节放假": Break(*SPRING, kind="patrol"),
    "过年不巡逻了": Break(*SPRING),
    "国庆停一次": Break(date(2027, 10, 1), date(2027, 10, 7), times=1),
    "12月8日到12月20日停": Break(date(2026, 12, 8), date(2026, 12, 20)),
    "下周巡逻停一周": Break(date(2026, 11, 30), date(2026, 12, 6), kind="patrol"),
    "巡逻停到3月1日": Break(date(2026, 11, 23), date(2027, 2, 23), kind="patrol"),
    "停两周巡逻吧": Break(date(2026, 11, 23), date(2026, 12, 6), kind="patrol"),
    "12月巡逻停两次": Break(date(2026, 12, 1), date(2026, 12, 31), times=2, kind="patrol"),
    "no patrol over Spring Festival": Break(*SPRING, kind="patrol"),
    "please pause the patrol for two weeks over Spring Festival": Break(
        date(2027, 2, 6), date(2027, 2, 19), 0, "patrol"
    ),
    "skip the patrol from 8 December to 20 December": Break(date(2026, 12, 8), date(2026, 12, 20), kind="patrol"),
    "pause the patrol until 15 December": Break(date(2026, 11, 23), date(2026, 12, 15), kind="patrol"),
    "pause for a week over New Year": Break(date(2027, 1, 1), date(2027, 1, 7)),
}
TALK = (
    "明天停电", "停车", "春节快乐", "停一下", "我休息一下", "别停", "春节去哪里", "暂停到12月20日", "巡逻停了吗", "停两周",
    "no patrol", "pause until 20 December", "stop it", "no problem over there",
)  # fmt: skip


def test_breaks_are_read_with_their_days() -> None:
    read = {words: read_break(words, base=BASE, kinds=KINDS) for words in SAID}
    assert {words: came for words, came in read.items() if came != SAID[words]} == {}


def test_talk_is_no_break() -> None:
    assert [words for words in TALK if read_break(words, base=BASE, kinds=KINDS) is not None] == []


def test_so_many_of_the_time_are_the_first_of_it() -> None:
    days = [date(2026, 12, n) for n in (1, 4, 8, 11)]
    assert within(Break(date(2026, 12, 1), date(2026, 12, 31), times=2), days) == days[:2]
    assert within(Break(date(2026, 12, 5), date(2026, 12, 10)), days) == [days[2]]


def test_public_holidays_of_a_year_that_was_announced_and_of_one_that_was_not() -> None:
    found = dict(public_holidays(date(2026, 9, 1), date(2027, 2, 28)))
    assert found["国庆节"] == (date(2026, 10, 1), date(2026, 10, 7))
    assert found["春节"] == SPRING
    assert set(found) == {"中秋节", "国庆节", "元旦", "春节"}
