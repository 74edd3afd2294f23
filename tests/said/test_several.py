"""Several activities in one sentence: a table of words and what they come to."""

from __future__ import annotations

import pytest

from core.features import FEATURES
from core.here import kinds_of
from core.said.several import one_by_one, several

KINDS = kinds_of(tuple(FEATURES))
TITLES = ("大扫除", "clean-up")
NAMED = """大扫除和巡逻我都来/巡逻、大扫除都算我一个/报名巡逻和大扫除/帮我把巡逻跟大扫除都报上/周六的大扫除和周五的巡逻我都参加/巡逻还有大扫除我都想参加
/我要报巡逻以及大扫除/巡逻大扫除我都来/1 3 都报上/周五和周六我都来/第一个和第二个都报/1和2我都来/I'll do the patrol and the clean-up/sign me up for both the patrol and the cleanup
/count me in for patrol and clean-up/the patrol and the clean-up, I'll come to both"""
ALL = """两个我都来/这两个活动我都想参加/两个都报/都报名/我都来/全部报名/count me in for both/I'll do both/I can come to both of them"""
LEFT = """大扫除和巡逻都去不了/两个都不来了/两个都取消，膝盖疼/都不来了/巡逻和大扫除我都不参加了/I can't do the patrol or the clean-up/can't make either
/sorry I can't come to the patrol and the clean-up, my knee hurts"""


def rows(table: str) -> list[str]:
    return table.replace("\n", "").split("/")


@pytest.mark.parametrize("words", rows(NAMED))
def test_two_that_are_named_are_two(words: str) -> None:
    found = several(words, TITLES, KINDS)
    assert found is not None
    assert len(found.names) == 2


@pytest.mark.parametrize("words", rows(ALL))
def test_all_are_meant_without_a_name(words: str) -> None:
    found = several(words, TITLES, KINDS)
    assert found is not None
    assert (found.names, found.act) == ((), "join") or found.as_one


@pytest.mark.parametrize("words", rows(LEFT))
def test_several_are_left(words: str) -> None:
    found = several(words, TITLES, KINDS)
    assert found is not None
    assert found.act == "leave"


@pytest.mark.parametrize(
    "words",
    ["大扫除和巡逻都有谁", "两个孩子都来看我了", "我两个儿子都来", "怎么都不来了", "大扫除和巡逻都很要紧", "我们两个都来", "we both come",
     "who is doing the patrol and the clean-up", "昨天大扫除和巡逻我都去了"],
)  # fmt: skip
def test_talk_of_two_does_nothing(words: str) -> None:
    found = several(words, TITLES, KINDS)
    assert found is None or not found.act


def test_one_is_joined_and_the_other_is_not() -> None:
    found = one_by_one("大扫除我来，巡逻就算了", TITLES, KINDS)
    assert [(said.names, said.act) for said in found] == [(("大扫除",), "join"), (("巡逻",), "leave")]
    assert [said.act for said in one_by_one("patrol yes, clean-up no", TITLES, KINDS)] == ["join", "leave"]
    assert one_by_one("大扫除我来，水我带", TITLES, KINDS) == []


def test_all_but_one_and_all_that_one_name_fits() -> None:
    for words, but in (("除了巡逻别的我都来", "巡逻"), ("I can do everything but the patrol", "the patrol")):
        found = several(words, TITLES, KINDS)
        assert found is not None
        assert (found.act, found.but) == ("join", (but,))
    found = several("周六的我都来", TITLES, KINDS)
    assert found is not None
    assert (found.every, found.names) == (True, ("周六的",))
