"""Who goes away, for how long, and who is back: as neighbours say it, and what only sounds like it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.said.absence import Absence, absence

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def away(words: str) -> tuple[date | None, date | None] | None:
    said = absence(words, base=NOW)
    return (said.first, said.last) if said is not None and said.what == "away" else None


def day(text: str) -> date:
    month, at = map(int, text.split("-"))
    return date(2026 if month > 10 else 2027, month, at)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("我不在 12月1日到12月20日", "12-1", "12-20"),
        ("12月1号到20号我不在家", "12-1", "12-20"),
        ("不在家 12.1-12.20", "12-1", "12-20"),
        ("腿摔了，医生说要躺一个月", "11-23", "12-22"),
        ("眼睛开刀，休息两周", "11-23", "12-6"),
        ("出去旅游十天", "11-23", "12-2"),
        ("停一个月", "11-23", "12-22"),
        ("我下个月去女儿家", "12-1", "12-31"),
        ("阿拉下个礼拜去囡囡屋里", "11-30", "12-6"),
        ("我去女儿家住一个月", "11-23", "12-22"),
        ("女儿生孩子了，我下个月要去苏州带外孙，大概住三个月", "12-1", "2-28"),
        ("我明天起住院，大概两个礼拜", "11-24", "12-7"),
        ("从明天开始我不在，20号回来", "11-24", "12-19"),
        ("我12月去女儿家，住到20号", "12-1", "12-20"),
        ("我到儿子那边带孙子，到月底", "11-23", "11-30"),
        ("去海南过冬，3月回来", "11-23", "2-28"),
        ("12月不要给我排班", "12-1", "12-31"),
        ("我这个星期都没空", "11-23", "11-29"),
        ("老伴住院了，下周都不在", "11-30", "12-6"),
        ("30号到下个月5号不在", "11-30", "12-5"),
        ("明天和后天我不在", "11-24", "11-25"),
        ("I'm away 1 to 20 December", "12-1", "12-20"),
        ("I'm at my daughter's next month", "12-1", "12-31"),
        ("I'm going to my son's for a month", "11-23", "12-22"),
        ("travelling from tomorrow, back on 20 December", "11-24", "12-19"),
        ("please don't ask me in December", "12-1", "12-31"),
        ("on holiday until the 20th", "11-23", "12-20"),
    ],
)
def test_from_when_to_when(words: str, first: str, last: str) -> None:
    assert away(words) == (day(first), day(last))


@pytest.mark.parametrize("words", ["我住院了", "身体不好，先别叫我", "最近别叫我了", "I'm out of town"])
def test_the_end_may_be_left_open(words: str) -> None:
    assert away(words) == (NOW.date(), None)


@pytest.mark.parametrize(
    "words",
    [
        "女儿不在家", "他不在", "我女儿下个月不在上海", "今天下午我不在", "我每周二不在", "我不在乎", "你在不在",
        "我不在的时候谁来", "我去年去女儿家住了一个月", "别叫我阿姨", "我去", "我去巡逻", "去不了", "楼下的灯不在了",
        "are you away?", "my son is away next week", "医生叫我来一趟", "我老伴住院了", "下周一降温，出门多穿点",
        "今天出门小心", "明天出门记得带伞", "出门了", "我出门了", "停两天电", "歇两天",
    ],
)  # fmt: skip
def test_talk_is_none(words: str) -> None:
    assert absence(words, base=NOW) is None


@pytest.mark.parametrize(
    "words",
    [
        "我回来了",
        "我已经从女儿家回来了",
        "可以叫我了",
        "我出院了",
        "我又能来了",
        "今晚我又可以来了",
        "I'm back",
        "back home",
    ],
)
def test_who_is_back_says_so(words: str) -> None:
    assert absence(words, base=NOW) == Absence("back")


@pytest.mark.parametrize("words", ["快递回来了", "孙子回来了", "我回来再说", "我回来了吗"])
def test_what_else_comes_back(words: str) -> None:
    assert absence(words, base=NOW) is None


def test_somebody_else_may_be_named() -> None:
    said = absence("王伯12月1日到20日不在", base=NOW)
    assert said is not None
    assert (said.who, said.last) == ("王伯", day("12-20"))
