"""Postings: what a coordinator writes becomes kind, time, place, how many; and is corrected by saying what is wrong."""

from __future__ import annotations

import itertools
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.headcounts import Wanted
from core.reading.posts import Posting, as_row
from tests.ours import amend, read_post

CORPUS = Path(__file__).parent / "corpora" / "posts.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)  # a Tuesday


def read(text: str, lang: str = "zh") -> Posting:
    return read_post(text, base=NOW, lang=lang)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_posting_is_understood(row: dict[str, Any]) -> None:
    base = datetime.fromisoformat(row["base"]).replace(tzinfo=ZoneInfo(row["tz"]))
    got = as_row(read_post(row["text"], base=base, lang=row["lang"]), row["lang"])
    assert got == {key: value for key, value in row.items() if key not in ("id", "text", "lang", "base", "tz")}


# ---------------------------------------------------------------- every part with every other

KINDS = {"巡逻": "patrol", "夜间巡逻": "patrol", "慰问": "visit", "一米阳台": "balcony", "百家饭": "potluck"}
WHEN = {
    "周五晚上7点": ("2026-11-27T19:00:00", None),
    "明天下午3点到5点": ("2026-11-25T15:00:00", "2026-11-25T17:00:00"),
    "12月6日 9:30-11:00": ("2026-12-06T09:30:00", "2026-12-06T11:00:00"),
    "后天上午十点半": ("2026-11-26T10:30:00", None),
}
WHERE = {"东门集合": "东门", "在活动室集合": "活动室", "居委会门口": "居委会门口", "地点：小广场": "小广场"}
HOW_MANY = {
    "4人": (None, 4),
    "2-4人": (2, 4),
    "需要3名志愿者": (None, 3),
    "最少2人，最多5人": (2, 5),
    "六个人": (None, 6),
}
BRING = {"": None, "带手套": "手套", "自带水杯": "水杯"}
MIXES = list(itertools.product(KINDS, WHEN, WHERE, HOW_MANY, BRING))


@pytest.mark.parametrize("gap", [" ", "，", "\n"])
def test_every_part_is_understood_beside_every_other(gap: str) -> None:
    for kind, when, where, people, bring in MIXES:
        text = gap.join(filter(None, (f"发布 {kind}", when, where, people, bring)))
        row = as_row(read(text))
        got = (row["kind"], row["start"], row["end"], row["place"], row["min"], row["max"], row["bring"])
        assert got == (KINDS[kind], *WHEN[when], WHERE[where], *HOW_MANY[people], BRING[bring]), text


def test_the_order_of_the_parts_does_not_matter() -> None:
    parts = ["明天晚上8点", "巡逻", "南门集合", "4人", "带手电筒"]
    for order in itertools.permutations(parts):
        row = as_row(read("，".join(order)))
        assert (row["kind"], row["start"], row["place"], row["max"], row["bring"]) == (
            "patrol", "2026-11-25T20:00:00", "南门", 4, "手电筒",
        ), order  # fmt: skip


# ---------------------------------------------------------------- places, households, dishes


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("一米阳台 周六9:00 1-10号楼 每处2人", [(f"{n}号楼", 2) for n in range(1, 11)]),
        ("一米阳台 周六9:00 1号楼 3号楼 每处2人", [("1号楼", 2), ("3号楼", 2)]),
        ("一米阳台 周六9:00 1、3、5号楼各2人", [("1号楼", 2), ("3号楼", 2), ("5号楼", 2)]),
        ("一米阳台 周六9:00 1号楼2人 2号楼3人", [("1号楼", 2), ("2号楼", 3)]),
        ("巡逻 周六19:00 东门、西门各2人", [("东门", 2), ("西门", 2)]),
        ("慰问 周六9:00 3户 每户2人", [("1", 2), ("2", 2), ("3", 2)]),
        (
            "百家饭 周六12:00 凉菜2 热菜4 主食2 汤1 点心2",
            [("cold", 2), ("hot", 4), ("staple", 2), ("soup", 1), ("sweet", 2)],
        ),
        ("百家饭 周六12:00 3个凉菜 五道热菜", [("cold", 3), ("hot", 5)]),
        ("potluck Saturday noon cold 2 hot 4", [("cold", 2), ("hot", 4)]),
        ("potluck Saturday noon, 2 cold, 4 hot, 1 soup", [("cold", 2), ("hot", 4), ("soup", 1)]),
        ("visit Saturday 9am, 3 households 2 people each", [("1", 2), ("2", 2), ("3", 2)]),
        (
            "balcony planting Saturday 9am, buildings 1-3, 2 people each",
            [("Building 1", 2), ("Building 2", 2), ("Building 3", 2)],
        ),
    ],
)
def test_places_households_and_dishes_become_lines_of_the_roster(text: str, slots: list[tuple[str, int]]) -> None:
    posting = read(text, "en" if text.isascii() else "zh")
    assert [(slot.label, slot.max) for slot in posting.slots] == slots


def test_one_building_with_a_number_is_a_place() -> None:
    posting = read("阳台浇花 周六上午8点 2号楼 2人")
    assert (posting.place, posting.max, posting.slots) == ("2号楼", 2, ())


# ---------------------------------------------------------------- what must be asked, what must not be shown


def test_a_posting_without_a_time_asks_for_it() -> None:
    question = read("发布 巡逻 东门 2人").question
    assert question is not None
    assert question.words("zh") == "是什么时候？"


def test_a_posting_with_a_day_alone_asks_for_the_hour_and_may_still_be_posted() -> None:
    posting = read("发布 巡逻 周五 东门 2人")
    assert posting.start == date(2026, 11, 27)
    assert posting.question is not None
    assert posting.ambiguous


def test_an_impossible_day_is_asked_about() -> None:
    posting = read("2月30日晚上7点巡逻 东门 2人")
    assert posting.start is None
    assert posting.question is not None
    assert not posting.ambiguous


def test_who_is_visited_never_stands_in_the_title() -> None:
    for text in (
        "明天下午3点去看望刚出院的张阿姨，2个人",
        "12月6日下午2点看望王奶奶，3个人",
        "Visit Grandma Li tomorrow at 3pm",
    ):
        posting = read(text, "en" if text.isascii() else "zh")
        assert posting.whom
        for name in ("张阿姨", "王奶奶", "Grandma Li"):
            assert name not in (posting.title or "") + posting.rest + (posting.place or "")


def test_a_flat_is_not_shown() -> None:
    posting = read("慰问 周日9:00 2号楼201室、5号楼302室 各2人")
    assert [slot.label for slot in posting.slots] == ["2号楼", "5号楼"]
    assert "201" not in f"{posting.title}{posting.place}{posting.rest}"


def test_a_group_can_be_named() -> None:
    assert read("巡逻 周六晚上7点 南门 2人 发到志愿者群").groups == ("志愿者群",)


@pytest.mark.parametrize(
    "text", ["明天停电检修", "周四下午党课，两点，会议室", "社区义剪 周五上午9点", "Yoga class on Friday", ""]
)
def test_what_is_none_of_ours_has_no_kind(text: str) -> None:
    assert read(text).kind is None


# ---------------------------------------------------------------- corrections

PATROL = "发布 巡逻 本周五 19:00-21:00 东门集合 2-4人 提前15分钟到"
MEAL = "百家饭 12月5日中午11点半 活动室 凉菜2 热菜4 主食2 汤1 点心2"
PLOTS = "一米阳台 1-4号楼 每处2人 周六上午9点 主路集合 带手套"
WEEKLY = "每周二、四 晚上7点到8点 巡逻 东门 2人"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("改成8点", {"start": at(27, 20), "end": at(27, 22), "report_at": at(27, 19, 45)}),
        ("改成8点到10点", {"start": at(27, 20), "end": at(27, 22), "report_at": at(27, 19, 45)}),
        ("改到周六", {"start": at(28, 19), "end": at(28, 21), "report_at": at(28, 18, 45)}),
        (
            "延后到下周",
            {"start": at(4, 19, month=12), "end": at(4, 21, month=12), "report_at": at(4, 18, 45, month=12)},
        ),
        ("推迟半小时", {"start": at(27, 19, 30), "end": at(27, 21, 30), "report_at": at(27, 19, 15)}),
        ("提前一小时", {"start": at(27, 18), "end": at(27, 20), "report_at": at(27, 17, 45)}),
        ("提前半小时集合", {"report_at": at(27, 18, 30)}),
        ("10点结束", {"end": at(27, 22)}),
        ("地点换成南门", {"place": "南门"}),
        ("换到北门岗亭", {"place": "北门岗亭"}),
        ("在西门集合", {"place": "西门"}),
        ("要6个人", {"min": None, "max": 6}),
        ("人数改成5", {"min": None, "max": 5}),
        ("再加两个人", {"max": 6}),
        ("最少3人", {"min": 3}),
        ("带手电筒", {"bring": "手电筒"}),
        ("标题改成平安夜巡", {"title": "平安夜巡"}),
        ("改成慰问", {"kind": "visit", "title": "慰问"}),
        ("发到志愿者群", {"groups": ("志愿者群",)}),
        ("没问题", {}),
        ("", {}),
    ],
)
def test_only_what_was_said_changes(said: str, changes: dict[str, object]) -> None:
    posting = read(PATROL)
    changed, names = amend(posting, said, base=NOW)
    assert {name: getattr(changed, name) for name in names} == changes


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("加一个汤", {"cold": 2, "hot": 4, "staple": 2, "soup": 2, "sweet": 2}),
        ("热菜改成6个", {"cold": 2, "hot": 6, "staple": 2, "soup": 1, "sweet": 2}),
        ("不要点心", {"cold": 2, "hot": 4, "staple": 2, "soup": 1}),
        ("加水果2份", {"cold": 2, "hot": 4, "staple": 2, "soup": 1, "sweet": 2, "fruit": 2}),
    ],
)
def test_dishes_come_and_go(said: str, slots: dict[str, int]) -> None:
    changed, names = amend(read(MEAL), said, base=NOW)
    assert {slot.label: slot.max for slot in changed.slots} == slots
    assert names == ("slots",)


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("加6号楼", {"1号楼": 2, "2号楼": 2, "3号楼": 2, "4号楼": 2, "6号楼": 2}),
        ("去掉3号楼", {"1号楼": 2, "2号楼": 2, "4号楼": 2}),
        ("2号楼改成3人", {"1号楼": 2, "2号楼": 3, "3号楼": 2, "4号楼": 2}),
        ("每处3人", {"1号楼": 3, "2号楼": 3, "3号楼": 3, "4号楼": 3}),
    ],
)
def test_places_come_and_go(said: str, slots: dict[str, int]) -> None:
    changed, names = amend(read(PLOTS), said, base=NOW)
    assert {slot.label: slot.max for slot in changed.slots} == slots
    assert names == ("slots",)


def test_a_series_is_moved_as_a_series() -> None:
    weekly = read(WEEKLY)
    assert amend(weekly, "改成每周三", base=NOW)[0].rrule == "FREQ=WEEKLY;BYDAY=WE"
    assert amend(weekly, "改成周六", base=NOW)[0].rrule == "FREQ=WEEKLY;BYDAY=SA"
    later = amend(weekly, "改成7点半", base=NOW)[0]
    assert later.rrule == weekly.rrule
    assert (str(later.time), str(later.time_end)) == ("19:30:00", "20:30:00")


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("make it 8pm", {"start": at(27, 20), "end": at(27, 22)}),
        ("at 8", {"start": at(27, 20), "end": at(27, 22)}),
        ("move to Saturday", {"start": at(28, 19), "end": at(28, 21)}),
        ("change the place to south gate", {"place": "south gate"}),
        ("6 people", {"max": 6}),
        ("one hour later", {"start": at(27, 20), "end": at(27, 22)}),
        ("bring torches", {"bring": "torches"}),
        ("ends at 10", {"end": at(27, 22)}),
    ],
)
def test_corrections_in_english(said: str, changes: dict[str, object]) -> None:
    posting = read("patrol this Friday 7-9pm, east gate, 4 people", "en")
    changed, names = amend(posting, said, base=NOW, lang="en")
    assert {name: getattr(changed, name) for name in names} == changes


# ---------------------------------------------------------------- whatever comes

WORDS = [
    "发布", "巡逻", "周五", "7点", "到", "9点", "东门", "集合", "2", "-", "4人", "每处", "1-10号楼", "带", "手套",
    "，", "\n", "：", "凉菜", "户", "每周", "改成", "加", "不要", "提前", "半小时", "meet at", "people",
]  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map("".join)))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    posting = read(text)
    as_row(posting)
    for said in (text, text[::-1]):
        amend(read(PATROL), said, base=NOW)
        amend(read(PLOTS), said, base=NOW)
        amend(read(MEAL), said, base=NOW)


@pytest.mark.parametrize(
    "text",
    ["巡逻" * 5000, "1号楼2人" * 2000, "12:00 " * 1600, "凉菜2" * 3000, "每" * 10_000, "带" * 10_000, "(" * 10_000],
)
def test_ten_thousand_letters_are_no_trouble(text: str) -> None:
    posting = read(text)
    assert len(posting.slots) <= 40 or posting.slots[0] != Wanted("", None)
    amend(posting, text, base=NOW)
