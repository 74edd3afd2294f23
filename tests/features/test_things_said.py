"""What is said of things and of diets: a table of words and what they come to."""

from __future__ import annotations

import pytest

from core.features.potluck.diets import bare, told
from core.features.things.said import OfThing, read, wanted

KNOWN = ["红袖章", "手电", "电磁炉", "armband", "hot plate"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("红袖章10，手电5只", [("红袖章", 10), ("手电", 5)]),
        ("红袖章 10 手电 5", [("红袖章", 10), ("手电", 5)]),
        ("2 hot plates and 60 plates", [("hot plates", 2), ("plates", 60)]),
        ("红袖章不要了", [("红袖章", -1)]),
        ("红袖章", [("红袖章", 0)]),
        ("你们说怎么办呢这件事情很麻烦", None),
    ],
)
def test_what_is_wanted(words: str, found: list[tuple[str, int]] | None) -> None:
    assert wanted(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("我带2个", OfThing("bring", n=2)),
        ("电磁炉我带一个", OfThing("bring", "电磁炉", 1)),
        ("手电筒我带2只", OfThing("bring", "手电", 2)),
        ("I'll bring a hot plate", OfThing("bring", "hot plate", 1)),
        ("手电我不带了", OfThing("drop", "手电")),
        ("领了", OfThing("take")),
        ("我领了红袖章", OfThing("take", "红袖章")),
        ("陈伯红袖章还了", OfThing("return", "红袖章", 0, "陈伯")),
        ("I returned the armband", OfThing("return", "armband", 1)),
        *((words, None) for words in ("我带红烧肉", "我拿到通知了", "还没有", "还了吗", "领了没有", "i will be late")),
    ],
)
def test_what_somebody_does_with_a_thing(words: str, found: OfThing | None) -> None:
    assert read(words, KNOWN) == found


@pytest.mark.parametrize(
    ("words", "names", "rest"),
    [
        ("我吃素", ("vegetarian",), ""),
        ("我是清真的，吃饭要注意", ("halal",), ""),
        ("我不吃花生，带凉拌黄瓜10份", ("peanut",), "带凉拌黄瓜10份"),
        ("老伴血糖高，甜的不能吃", ("diabetes",), ""),
        ("I'm allergic to nuts", ("nuts",), ""),
        ("我不吃芹菜", ("不吃芹菜",), ""),
    ],
)
def test_what_somebody_must_not_eat(words: str, names: tuple[str, ...], rest: str) -> None:
    assert told(words) == (names, rest)


@pytest.mark.parametrize(
    "words", ["红烧肉10份", "我吃过了", "我不去了", "我不吃了", "忌口", "我有事", "I'm coming", "no problem"]
)
def test_what_is_no_diet(words: str) -> None:
    assert told(words) is None


def test_an_answer_names_what_it_is_or_nothing() -> None:
    assert bare("花生、海鲜") == ("peanut", "seafood")
    assert bare("nuts and milk") == ("nuts", "milk")
    assert bare("没有了") == ()
    assert bare("10份") is None
