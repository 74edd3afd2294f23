"""People of the register as they are written down by hand: field by field, and what is only like it."""

from __future__ import annotations

from typing import Any

import pytest

from core.features.visit.said import amended, read_elder, read_elder_words
from core.reading.called import named_whole, names_in
from core.said.rounds import OfMaterial, read_material
from core.said.visits import ReadElder, read_excused

SUN = ReadElder(name="孙奶奶", building="3号楼", flat="502", phone="13900001111", door="敲门要重一点", mind="耳背")

WRITTEN: list[tuple[str, dict[str, Any]]] = [
    ("登记 孙奶奶 3号楼502 13900001111 耳背 敲门要重一点", {}),
    ("登记孙奶奶，3号楼502室，电话13900001111，耳背，敲门要重一点", {}),
    ("请登记一下：姓名：孙奶奶 地址：3-502 电话：13900001111 备注：耳背 敲门要重一点", {}),
    ("登记 3号楼502孙奶奶，13900001111，敲门要重一点，耳背。", {}),
    ("登记\n孙奶奶\n3号楼502\n13900001111\n耳背\n敲门要重一点", {}),
    (
        "登記 孫奶奶 3號樓502 13900001111 耳背 敲門要重一點",
        {"name": "孫奶奶", "door": "敲門要重一點"},
    ),
    (
        "登记 孙奶奶 82岁 3号楼502 １３９００００１１１１ 耳背 敲门要重一点",
        {"born": "1944", "phone": "１３９００００１１１１"},
    ),
    ("登记 孙奶奶 3号楼502 13900001111 耳背 敲门要重一点 女儿小孙13800002222", {"close": "女儿小孙 13800002222"}),
    ("登记 孙奶奶 3号楼502 13900001111 耳背 敲门要重一点 下午方便", {"times": "下午方便"}),
    (
        "register Mrs Sun, building 3 flat 502, 07700 900123, hard of hearing, knock hard",
        {
            "name": "Mrs Sun",
            "building": "building 3",
            "phone": "07700 900123",
            "mind": "hard of hearing",
            "door": "knock hard",
        },
    ),
]


@pytest.mark.parametrize(("words", "other"), WRITTEN)
def test_somebody_is_read_field_by_field(words: str, other: dict[str, Any]) -> None:
    said = read_elder_words(words)
    assert said is not None
    assert said.act == "register"
    found = read_elder(said.rest, 2026)
    wanted = {name: getattr(SUN, name) for name in ("name", "building", "flat", "phone", "door", "mind")} | other
    assert {name: getattr(found, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "words",
    [
        "登记",
        "登记一下",
        "登记 12",
        "登记我",
        "register",
        "register 12",
        "register me",
        "登记了吗",
        "我想登记参加",
        "大家登记一下体温",
    ],
)
def test_signing_up_is_no_registering(words: str) -> None:
    assert (said := read_elder_words(words)) is None or said.act != "register"


@pytest.mark.parametrize(
    ("words", "act", "who"),
    [
        ("孙奶奶", "card", "孙奶奶"),
        ("看看孙奶奶的资料", "data", "孙奶奶"),
        ("谁看过 孙奶奶", "who_read", "孙奶奶"),
        ("孙奶奶的电话给谁看过", "who_read", "孙奶奶"),
        ("有谁看过孙奶奶的卡片", "who_read", "孙奶奶"),
        ("孙奶奶的情况都有谁知道", "who_read", "孙奶奶"),
        ("谁知道孙奶奶的地址？", "who_read", "孙奶奶"),
        ("查一下谁看过孙奶奶", "who_read", "孙奶奶"),
        ("哪些老人很久没人去了", "long_ago", ""),
        ("谁家很久没去了", "long_ago", ""),
        ("谁最久没人看", "long_ago", ""),
        ("哪几家好久没走动了", "long_ago", ""),
        ("有没有漏掉的老人", "long_ago", ""),
        ("孙奶奶家里人不同意了", "withdraw", "孙奶奶"),
        ("孙奶奶不给志愿者看了", "hide", "孙奶奶"),
        ("别让大家知道孙奶奶的情况", "hide", "孙奶奶"),
        ("孙奶奶同意给志愿者看", "share", "孙奶奶"),
        ("孙奶奶的资料谁看过？", "who_read", "孙奶奶"),
        ("who has read Mrs Sun's card?", "who_read", "Mrs Sun"),
        ("收回同意 孙奶奶", "withdraw", "孙奶奶"),
        ("孙奶奶不同意了", "withdraw", "孙奶奶"),
        ("withdraw consent Mrs Sun", "withdraw", "Mrs Sun"),
        ("删除 孙奶奶", "delete", "孙奶奶"),
        ("很久没去的", "long_ago", ""),
        ("谁很久没人去看了", "long_ago", ""),
        ("登记本", "all", ""),
        ("the register", "all", ""),
    ],
)
def test_what_is_asked_of_the_register(words: str, act: str, who: str) -> None:
    said = read_elder_words(words)
    assert said is not None
    assert (said.act, said.who) == (act, who)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("电话改成13900002222", {"phone": "13900002222"}),
        ("电话是13900002222", {"phone": "13900002222"}),
        ("搬到5号楼201了", {"building": "5号楼", "flat": "201"}),
        ("不耳背了", {"mind": ""}),
        ("怕狗", {"mind": "耳背，怕狗"}),
        ("注意：高血压", {"mind": "高血压"}),
        ("敲门改成按门铃", {"door": "按门铃"}),
        ("名字改成孙玉兰", {"name": "孙玉兰"}),
        ("88岁", {"born": "1938"}),
    ],
)
def test_what_is_otherwise_changes_that_and_nothing_else(words: str, other: dict[str, str]) -> None:
    found = amended(SUN, words, 2026)
    assert found == ReadElder(**{name: getattr(SUN, name) for name in ReadElder.__slots__} | other)


@pytest.mark.parametrize(
    ("name", "words", "whole"),
    [
        ("孙奶奶", "3号楼502孙奶奶", True),
        ("孙奶奶", "看望孙奶奶和李爷爷", True),
        ("孙奶奶", "小孙奶奶", False),
        ("孙玉", "孙玉兰", False),
        ("孙玉兰", "孙玉兰奶奶", True),
        ("Mrs Sun", "visit mrs sun, 2 people", True),
        ("Mrs Sun", "Mrs Sunday", False),
    ],
)
def test_a_name_is_named_whole_or_not_at_all(name: str, words: str, whole: bool) -> None:
    assert named_whole(name, words) is whole


def test_forms_of_address_are_found_with_their_names() -> None:
    assert names_in("3号楼502孙玉兰奶奶、李爷爷") == ["孙玉兰奶奶", "李爷爷"]
    assert names_in("flat 502 Mrs Sun") == ["Mrs Sun"]


def test_of_material_only_that_it_was_picked_up_is_read_or_what_is_left() -> None:
    mine = [
        "领了",
        "我领了",
        "材料领了",
        "材料我领到了",
        "都领了",
        "领了两份",
        "书拿到了",
        "I've picked up the material",
        "collected",
    ]
    named = {"陈伯领了": "陈伯", "3号楼的材料领走了": "3号楼", "Tom has picked it up": "Tom"}
    left = [
        "还有几份没领",
        "谁还没领材料",
        "哪几户没领",
        "材料领齐了吗",
        "who has not picked up",
        "how many are not picked up",
    ]
    neither = ["没领", "还没领到", "领不了", "领导来了", "今天领了奖金", "退休金领了吗", "I picked up my grandson"]
    read = {words: read_material(words) for words in [*mine, *named, *left, *neither]}
    wanted = dict.fromkeys(mine, OfMaterial(left=False)) | dict.fromkeys(left, OfMaterial(left=True))
    wanted |= {words: OfMaterial(left=False, who=who) for words, who in named.items()}
    assert read == wanted | dict.fromkeys(neither)


def test_to_those_who_were_excused_is_one_thing_and_being_excused_is_another() -> None:
    asked = [
        "请假的送上门",
        "给上次请假的送上门 12月1日到12月18日",
        "请假的都送上门",
        "请假的同志送到家",
        "those excused at the door",
    ]
    neither = ["请假的有谁", "我请假", "请假的", "3号请假", "今天请假的人多", "送学上门", "those excused"]
    assert {words: read_excused(words) for words in [*asked, *neither]} == dict.fromkeys(asked, True) | dict.fromkeys(
        neither, False
    )


@pytest.mark.parametrize("words", ["谁知道呢", "有谁知道几点开始", "最近没去过的", "还有谁没看过"])
def test_what_may_be_said_of_something_else_is_not_sure(words: str) -> None:
    said = read_elder_words(words)
    assert said is not None
    assert not said.sure
