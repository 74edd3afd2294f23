"""What is said of balconies: a table of words and what they come to."""

from __future__ import annotations

import pytest

from core.features.balcony.said import read

RAINED = """下过雨了/今天下过雨了，都不用浇/昨晚下了一场大雨，今天不用浇了/今天不用浇了，昨晚下过雨/下雨了不用浇
/夜里落雨了，花不用浇
/it rained last night, no need to water"""
NEEDS = """3号楼阳台要浇水/3号楼的花蔫了要浇水/3号楼阳台好像快干死了/3号楼的土干得裂开了
/3号楼的花没人浇/3号楼的花都发黄了/3号楼的花要浇点水了，谁帮忙"""
SAID = [
    (words.strip(), act, place)
    for said, act, place in ((RAINED, "rained", ""), (NEEDS, "needs", "3号楼"))
    for words in said.split("/")
]


@pytest.mark.parametrize(("words", "act", "place"), SAID)
def test_rain_and_thirst_are_understood(words: str, act: str, place: str) -> None:
    found = read(words)
    assert found is not None
    assert (found.act, found.place[:3]) == (act, place)


@pytest.mark.parametrize(
    "words", ["下雨了", "今天下雨", "下雨了带伞", "下过雨了路滑", "3号楼要死了", "3号楼黄阿姨", "3号楼的人渴了"]
)
def test_what_only_sounds_like_it_is_talk(words: str) -> None:
    assert read(words) is None


ADOPT = """认养 3号楼/认养3号楼阳台/我想认养3号楼/认养3/我来认领三号楼/3号楼的花我来照看/把3号楼给我养吧/3号楼让我来养/能不能让我认养3号楼
/我想照看一下3号楼/adopt 3/I'll look after building 3/can I adopt building 3/I'd like to adopt balcony 3/building 3, I'll look after it"""
CARE = """3号楼阳台的花黄了/3号楼阳台有虫/3号楼的花叶子黄了/3号楼的月季被人拔了/3号楼花盆倒了/3号楼的花快死了/3号楼该修剪了
/building 3: leaves are yellow/the leaves at building 3 are yellow/there are aphids on balcony 3/building 3 has bugs"""


@pytest.mark.parametrize("words", ADOPT.replace("\n", "").split("/"))
def test_whoever_takes_one_on_may_say_so_in_many_ways(words: str) -> None:
    found = read(words)
    assert found is not None
    assert found.act == "adopt"
    assert "3" in found.place or "三" in found.place


@pytest.mark.parametrize("words", CARE.replace("\n", "").split("/"))
def test_that_it_stands_badly_is_understood(words: str) -> None:
    found = read(words)
    assert found is not None
    assert (found.act, found.state) == ("state", "care")


@pytest.mark.parametrize(("words", "act"), [("我的花黄了", "state"), ("我那盆花该浇水了", "needs"), ("my plants are wilting", "needs"),
                                            ("我的阳台交给李阿姨照看", "hand")])  # fmt: skip
def test_ones_own_needs_no_number(words: str, act: str) -> None:
    found = read(words)
    assert found is not None
    assert (found.act, found.mine, found.place) == (act, True, "")


@pytest.mark.parametrize("words", ["3号楼有谁", "3号楼有人", "我的花真好看", "3号楼我来", "3号楼有病人"])
def test_who_lives_there_is_talk(words: str) -> None:
    assert read(words) is None
