"""Nothing that is said in a posting is lost, and what is said of one household goes to those who visit it."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.posts import Posting
from tests.ours import amend, read_post

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday


def read(text: str) -> Posting:
    return read_post(text, base=NOW, lang="en" if text.isascii() else "zh")


def letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()


def kept(posting: Posting) -> str:
    """All that a posting still says in people's own words."""
    own = (posting.title, posting.place, posting.bring, posting.whom, posting.rest, posting.contact, *posting.groups)
    return letters("".join(part or "" for part in (*own, *(slot.said for slot in posting.slots))))


# ---------------------------------------------------------------- households


@pytest.mark.parametrize(
    ("text", "told", "of_all"),
    [
        (
            "post visit Friday 2pm, 2 households 1 person each, Building 3 flat 302 Mrs Li, "
            "Building 5 flat 101 Mr Wu, she has a cold",
            {"Building 3": "Building 3 flat 302 Mrs Li", "Building 5": "Building 5 flat 101 Mr Wu"},
            "she has a cold",
        ),
        (
            "慰问 周五下午2点 3号楼301李奶奶1人、5号楼102吴伯伯2人，带牛奶，他们都爱听评弹",
            {"3号楼": "3号楼301李奶奶", "5号楼": "5号楼102吴伯伯"},
            "他们都爱听评弹",
        ),
        (
            "慰问 周五下午2点，每户1人：3号楼301李奶奶，糖尿病，5号楼102吴伯伯",
            {"3号楼": "3号楼301李奶奶，糖尿病", "5号楼": "5号楼102吴伯伯"},
            "",
        ),
        ("慰问 周六9:00 3号楼302室、8号楼 每户2人 居委会集合", {"3号楼": "3号楼302室", "8号楼": "8号楼"}, ""),
    ],
)
def test_what_is_said_of_a_household_is_told_to_its_visitors_alone(
    text: str, told: dict[str, str], of_all: str
) -> None:
    posting = read(text)
    assert {slot.label: slot.said for slot in posting.slots} == told
    assert (posting.rest, posting.whom) == (of_all, None)


def test_two_households_of_one_building_are_two() -> None:
    posting = read("慰问 3户 每户1人 周五14点 3号楼302李奶奶 3号楼501王伯 8号楼张家")
    assert [slot.said for slot in posting.slots] == ["3号楼302李奶奶", "3号楼501王伯", "8号楼张家"]


def test_a_building_to_meet_at_is_no_household() -> None:
    posting = read("周五下午2点慰问，3号楼前集合，2人，看望302室王奶奶和5号楼吴伯伯")
    assert posting.place == "3号楼前"
    assert {"王奶奶", "吴伯伯"} <= set(re.findall("王奶奶|吴伯伯", posting.whom or ""))


# ---------------------------------------------------------------- nothing is lost

POSTINGS = (
    "post visit Friday 2pm, Building 3 2 people, Building 5 1 person, bring milk",
    "Visit Mr Wu tomorrow at 3pm, 2 people, meet at the committee office",
    "night patrol tomorrow 8pm to 10pm, meet at the north gate, need 4",
    "potluck on saturday at 6pm in the activity room, 4 hot dishes, 2 soups",
    "慰问 周五下午2点，3号楼、5号楼，每户1人，带牛奶",
    "明天上午十点看望7号楼的陈奶奶，2人，居委会集合",
    "义务巡逻，今晚8点到10点，东门集合，3到5人，自带手电",
    "一米阳台\n时间：周六9:00-11:00\n地点：主路\n每楼2人：1号楼、2号楼",
    "百家饭，周日中午12点，活动室，热菜5个，汤2个，做菜的10点到",
)
ZH = "糖尿病 耳朵背 王秀英 爱听评弹 家里有狗 李奶奶 吴伯伯 502室 请轻一点敲门 联系人陈师傅13812345678 在家等 张家"
EN = "Mrs Li|she has a cold|Mr Wu|flat 502|ring twice|deaf|call 13812345678|dog in the house|grandma Zhou"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(POSTINGS), st.data())
def test_whatever_else_is_said_stays_somewhere(text: str, data: st.DataObject) -> None:
    parts = re.split(r"[,，\n]\s?", text)
    others = EN.split("|") if text.isascii() else ZH.split()
    added = data.draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    for other in added:
        parts.insert(data.draw(st.integers(1, len(parts))), other)
    gap = data.draw(st.sampled_from([", ", "\n"] if text.isascii() else ["，", "\n", "。"]))
    left = kept(read(gap.join(parts)))
    assert [other for other in added if letters(other) not in left] == []


def test_a_long_sentence_that_names_the_kind_stays_readable() -> None:
    posting = read("为了让大家过一个平安祥和的春节请有空的年轻人积极加入我们的义务巡逻队伍，周五晚上8点，东门，4人")
    assert posting.title == "巡逻"
    assert "平安祥和的春节" in posting.rest


# ---------------------------------------------------------------- corrections that say what was wrong

PATROL = "巡逻 周五晚上7点到9点 东门 4人 带手电"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return NOW.replace(day=day, hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("不是周五是周六", {"start": at(28, 19), "end": at(28, 21)}),
        ("周五不行，改周六吧", {"start": at(28, 19), "end": at(28, 21)}),
        ("8点太早了，9点吧", {"start": at(27, 21), "end": at(27, 23)}),
        ("时间错了，应该是七点半到九点半", {"start": at(27, 19, 30), "end": at(27, 21, 30)}),
        ("7 is too early, 8 then, west gate", {"start": at(27, 20), "end": at(27, 22), "place": "west gate"}),
        ("not friday, saturday", {"start": at(28, 19), "end": at(28, 21)}),
        ("until 10", {"end": at(27, 22)}),
        ("提前十分钟到", {"report_at": at(27, 18, 50)}),
        ("地方不对，是北门", {"place": "北门"}),
        ("不是东门，是西门", {"place": "西门"}),
        ("it should be west gate", {"place": "west gate"}),
        ("人数改成6到8个", {"min": 6, "max": 8}),
        ("人数错了 应该是5人", {"max": 5}),
        ("one person less", {"max": 3}),
        ("再带个哨子", {"bring": "手电、哨子"}),
        ("带水果不带手电", {"bring": "水果"}),
        ("周五不行", {}),
    ],
)
def test_a_correction_says_what_is_wrong_and_what_is_right(said: str, changes: dict[str, object]) -> None:
    changed, names = amend(read(PATROL), said, base=NOW, lang="en" if said.isascii() else "zh")
    assert {name: getattr(changed, name) for name in names} == changes


def test_more_of_a_dish_is_not_that_many_of_it() -> None:
    meal = read("百家饭 周日中午12点 活动室 凉菜3个 热菜5个")
    more = amend(meal, "热菜加一个", base=NOW)[0]
    less = amend(meal, "凉菜少一个", base=NOW)[0]
    assert [slot.max for slot in more.slots] == [3, 6]
    assert [slot.max for slot in less.slots] == [2, 5]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("夜巡 周五8点 南门 2人", at(27, 20)),
        ("晨巡 明天6点 小区步道 2人", at(25, 6)),
        ("night patrol Friday 8-10, north gate, 4 people", at(27, 20)),
    ],
)
def test_the_name_of_a_round_tells_its_half_of_the_day(text: str, start: datetime) -> None:
    posting = read(text)
    assert (posting.start, posting.question) == (start, None)


def test_a_word_between_two_hours_belongs_to_the_first() -> None:
    posting = read("周四晚巡逻，7点45集合8点出发，西门，4人")
    assert (posting.report_at, posting.start) == (at(26, 19, 45), at(26, 20))
