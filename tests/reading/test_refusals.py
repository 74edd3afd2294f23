"""Negation, excuse, doubt, wish and past: what is no joining though it holds the words of one, and what is one all the same."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from core.reading.commands import Context
from core.reading.leanings import lean_of
from tests.ours import read_command

TABLE = Path(__file__).parent / "corpora" / "refusals.txt"


class Line(NamedTuple):
    """One saying of the table. `joins`: it signs up."""

    joins: bool
    context: Context
    text: str


def lines() -> list[Line]:
    rows = [line.split(None, 2) for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] in ("+", "-")]
    contexts: dict[str, Context] = {"reply": "reply", "group": "group", "private": "private"}
    return [Line(sign == "+", contexts[context], text) for sign, context, text in rows]


def test_whoever_says_no_is_not_signed_up_and_whoever_says_yes_is() -> None:
    said = lines()
    wrong = [line for line in said if (read_command(line.text, context=line.context).intent == "join") != line.joins]
    assert len(said) > 200
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "我没空", "没时间呀", "我就算了", "这趟算了吧", "下次吧", "吃勿消", "走不动了", "别算我", "让年轻人去吧", "我不行了",
        "呒没辰光", "不凑热闹了", "我想参加，可是没空", "我报名……算了，去不了", "我想参加，可还是去不了", "no time, sorry", "not this time",
        "maybe next time", "I'd love to, but I can't make it",
    ],
)  # fmt: skip
def test_a_no_in_answer_to_a_roster_takes_a_place_back(text: str) -> None:
    command = read_command(text, context="reply")
    assert (command.intent, command.who, command.count) == ("leave", (), 1)
    assert not command.sure, "people say so to one another as well"


@pytest.mark.parametrize(
    "text", ["家里有客人", "我血压高", "要接孙子", "女儿家带小囡", "我腰疼", "my back hurts", "I'm away"]
)
def test_an_excuse_alone_takes_nothing_back(text: str) -> None:
    assert read_command(text, context="reply").intent == "regret"
    assert read_command(text, context="private").intent == "regret"
    assert read_command(text, context="group").intent is None


@pytest.mark.parametrize(
    "text", ["看情况", "可能来", "说不定", "等我问问老伴", "有空就来", "maybe I'll come", "not sure yet"]
)
def test_a_doubt_alone_is_none_of_the_bots_business_but_privately(text: str) -> None:
    assert read_command(text, context="reply").intent is None
    assert read_command(text, context="group").intent is None
    assert read_command(text, context="private").intent == "undecided"


@pytest.mark.parametrize(
    "text",
    ["我报名，腿不好", "腿不好，我报名", "我报名，看情况", "算我一个，可能来不了家里有事", "count me in, not sure yet"],
)
def test_a_joining_with_an_excuse_or_a_doubt_beside_it_is_to_be_asked_about(text: str) -> None:
    command = read_command(text, context="group")
    assert command.intent != "join"
    assert command.intent in ("maybe", "leave", None)


@pytest.mark.parametrize(
    "text",
    ["腿不好，也要来，算我一个", "虽然年纪大，我报名", "年纪大了，但是我报名", "I'm busy, but still count me in"],
)
def test_whoever_comes_all_the_same_joins(text: str) -> None:
    assert read_command(text, context="group").intent == "join"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("刘奶奶眼睛不好，帮她报名", ("刘奶奶",)),
        ("孙老师腿疼，替她报名", ("孙老师",)),
        ("帮王阿姨报名，我没空", ("王阿姨",)),
        ("帮王阿姨报名，她不会用手机", ("王阿姨",)),
    ],
)
def test_an_excuse_of_ones_own_does_not_keep_a_neighbour_from_being_put_down(text: str, who: tuple[str, ...]) -> None:
    command = read_command(text, context="group")
    assert (command.intent, command.who) == ("join", who)


@pytest.mark.parametrize(
    "text", ["帮王阿姨报名，可是她住院了", "我想帮王阿姨报名，但她来不了", "帮王阿姨报名？算了，她不去"]
)
def test_a_neighbour_who_cannot_come_is_not_put_down(text: str) -> None:
    assert read_command(text, context="group").intent != "join"


@pytest.mark.parametrize(
    "text",
    [
        "谁来不了",
        "去不了的请提前说",
        "来不来",
        "不去医院不行",
        "我去不了医院怎么办",
        "不能去国外",
        "you can't be serious",
    ],
)
def test_whoever_holds_a_place_does_not_lose_it_by_talk(text: str) -> None:
    assert read_command(text, context="reply").intent != "leave"


@pytest.mark.parametrize(
    ("words", "lean"),
    [
        ("不能不去", ""),
        ("没问题", ""),
        ("不见不散", ""),
        ("老头子不去", ""),
        ("老头子不去我也不去", "no"),
        ("腿不疼了", ""),
        ("腿疼", "excuse"),
        ("没人来的话", ""),
        ("可能晚十分钟", ""),
        ("我可能来", "doubt"),
        ("不一定", "doubt"),
        ("上次我参加了", "past"),
        ("这次我参加", ""),
        ("下雨也去", ""),
        ("没空也要来", ""),
        ("还是去不了", "no"),
        ("我也不去", "no"),
        ("i still can't come", "no"),
        ("i'm busy but still coming", ""),
        ("can't wait", ""),
        ("i don't think i can come", "no"),
    ],
)
def test_a_clause_leans_as_a_neighbour_would_take_it(words: str, lean: str) -> None:
    assert lean_of(words) == lean
