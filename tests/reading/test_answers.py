"""Answers to a question of the bot's: what chooses, and what is plainly something else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bench.scoring import right, rows
from core.features import KINDS
from core.reading.answers import Option, choose

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, tzinfo=ZONE)  # a Tuesday
ASKED = (
    Option(("3 巡逻 11月27日周五", "巡逻", "东门"), 3, "patrol", datetime(2026, 11, 27, 19, tzinfo=ZONE)),
    Option(("5 百家饭 11月28日周六", "百家饭", "活动室"), 5, "potluck", datetime(2026, 11, 28, 11, tzinfo=ZONE)),
    Option(("7 巡逻 12月1日周二", "巡逻", "西门"), 7, "patrol", datetime(2026, 12, 1, 6, 30, tzinfo=ZONE)),
)
PLACES = (Option(("1号楼",)), Option(("3号楼",)), Option(("5号楼",)))


def picked(words: str, options: tuple[Option, ...] = ASKED) -> tuple[int, ...]:
    return choose(words, options, base=NOW, kinds=KINDS, lang="en" if words.isascii() else "zh")


def test_every_row_of_the_corpus_is_read() -> None:
    assert [row["text"] for row in rows("answers") if not right("answers", row)] == []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("后面两个", (1, 2)),
        ("第一第三个", (0, 2)),
        ("周五和周六的", (0, 1)),
        ("百家饭那个我去", (1,)),
        ("六点半那个", (2,)),
        ("下礼拜二早上的", (2,)),
        ("both", ()),
        ("number 5", (1,)),
        ("除了百家饭都报", (0, 2)),
        ("all but the last", (0, 1)),
        ("倒数第二个", (1,)),
        ("三趟都去", (0, 1, 2)),
        ("number five", (1,)),
        ("除了", ()),
        ("都可以", ()),
        ("随便", ()),
        ("第四个", ()),
        ("谁去西门", ()),
        ("我在东门等你", ()),
        ("周五啊，好像有事", ()),
        ("", ()),
        ("啊" * 1000, ()),
    ],
)
def test_words_choose_what_they_name_and_nothing_else(words: str, places: tuple[int, ...]) -> None:
    assert picked(words) == places


@pytest.mark.parametrize(("words", "places"), [("3号楼", (1,)), ("三号楼", (1,)), ("3", ()), ("13号楼", ())])
def test_a_number_alone_is_no_place(words: str, places: tuple[int, ...]) -> None:
    assert picked(words, PLACES) == places


@pytest.mark.parametrize("number", ["1", "2", "3", "5", " 7"])
@pytest.mark.parametrize(
    "order",
    [
        "帮王奶奶报名",
        "帮老李退出",
        "替小周请假",
        "名单",
        "王奶奶取消",
        "陈伯的名单",
        "发布 巡逻",
        "sign up Mary for",
        "roster",
    ],
)
def test_what_asks_for_something_anew_chooses_nothing_by_the_number_behind_it(order: str, number: str) -> None:
    assert picked(f"{order} {number}") == ()
    assert picked(f"{order} {number}", (Option(("另一位",)),)) == ()
