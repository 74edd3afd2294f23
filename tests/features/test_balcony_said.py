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
