"""Names: the right person is found, several who fit are all named, and a nickname is not taken for a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.names import Ambiguous, Known, at_home, find, looks_like_a_name, one, same

CORPUS = Path(__file__).parent / "corpora" / "names.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]

PEOPLE = (
    Known(1, "陈建国", ("老陈", "建国"), "3号楼"),
    Known(2, "王秀英", (), "5号楼"),
    Known(3, "王阿姨", (), "3号楼"),
    Known(4, "王芳"),
    Known(5, "单雄"),
    Known(6, "Mary Chen"),
    Known(7, "欧阳明"),
    Known(8, "李静"),
    Known(9, "张伟", (), "3-502"),
    Known(10, "仇小兰"),
    Known(11, "陈敏", (), "2号楼"),
    Known(12, "王阿姨", (), "7号楼"),
)


def found(query: str) -> list[int]:
    return [match.known.id for match in find(query, PEOPLE)]


@pytest.mark.parametrize("row", [row for row in ROWS if "looks" in row], ids=lambda row: row["id"])
def test_what_people_call_themselves_on_a_network_is_a_name_or_is_not(row: dict[str, Any]) -> None:
    assert looks_like_a_name(row["text"], "zh") is row["looks"]


@pytest.mark.parametrize("row", [row for row in ROWS if "people" in row], ids=lambda row: row["id"])
def test_a_name_slightly_wrong_still_finds_its_person(row: dict[str, Any]) -> None:
    people = [Known(n, name) for n, name in enumerate(row["people"])]
    matches = find(row["text"], people)
    assert matches
    assert matches[0].known.name == row["finds"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("陈建国", 1), ("陳建國", 1), (" 陈 建 国 ", 1), ("陈建果", 1), ("chenjianguo", 1),
        ("Chen Jianguo", 1), ("老陈", 1), ("建国", 1), ("秀英阿姨", 2), ("王秀英阿姨", 2), ("王秀英老师", 2),
        ("shanxiong", 5), ("qiuxiaolan", 10), ("仇小岚", 10), ("Mary", 6), ("mary chen", 6),
        ("欧阳老师", 7), ("李晶", 8), ("王阿姨（7号楼）", 12), ("3号楼的王阿姨", 3),
    ],
)  # fmt: skip
def test_people_are_found_by_whatever_they_are_called(query: str, first: int) -> None:
    assert found(query)[0] == first


def test_the_building_decides_between_two_of_the_same_name() -> None:
    assert one("3号楼王阿姨", PEOPLE) == PEOPLE[2]
    assert one("7号楼的王阿姨", PEOPLE) == PEOPLE[11]


def test_two_of_the_same_name_are_both_named() -> None:
    answer = one("王阿姨", PEOPLE)
    assert isinstance(answer, Ambiguous)
    assert {known.id for known in answer.people} == {3, 12}


def test_a_surname_with_a_form_of_address_names_everybody_of_that_surname() -> None:
    assert set(found("陈伯")) == {1, 11}
    assert isinstance(one("陈伯", PEOPLE), Ambiguous)


def test_one_who_fits_by_surname_alone_is_taken() -> None:
    assert one("欧阳老师", PEOPLE) == PEOPLE[6]


def test_a_likeness_is_never_taken_silently() -> None:
    for query in ("陈建果", "李晶", "chenjianguo", "仇小岚"):
        assert isinstance(one(query, PEOPLE), Ambiguous)


def test_nobody_is_found_for_a_stranger() -> None:
    for query in ("赵六", "孙悟空", "Peter", "", "🌸", "。。。"):
        assert one(query, PEOPLE) is None


def test_names_are_the_same_but_for_script_width_case_and_marks() -> None:
    assert same("陳建國", "陈建国")
    assert same("Mary  Chen", "ＭＡＲＹ chen")
    assert same("王\u200b阿姨", "王阿姨 🌸")
    assert not same("王阿姨", "王秀英")
    assert not same("", "")


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=200, deadline=None)
def test_no_name_raises(query: str, names: list[str]) -> None:
    people = [Known(n, name) for n, name in enumerate(names)]
    find(query, people)
    one(query, people)
    looks_like_a_name(query, "zh")
    for name in names:
        same(query, name)


def test_everybody_finds_themselves() -> None:
    for known in PEOPLE:
        assert known.id in found(known.name)


def test_another_form_of_address_is_asked_and_a_man_is_never_taken_for_a_woman() -> None:
    assert one("周师傅", [Known(1, "周老师")]) == Ambiguous((Known(1, "周老师"),))
    assert one("老周", [Known(1, "周老师")]) == Ambiguous((Known(1, "周老师"),))
    assert one("王阿姨", [Known(1, "王伯")]) is None
    both = [Known(1, "王秀英"), Known(2, "王老师")]
    assert one("王阿姨", both) == Ambiguous(tuple(both)), "either may be called so"


def test_a_title_or_a_surname_that_fits_several_is_asked_about() -> None:
    chens = (Known(1, "陈伯"), Known(2, "陈美娟"))
    for query in ("陈伯伯", "老陈", "小陈"):
        match = one(query, chens)
        assert isinstance(match, Ambiguous), query
        assert set(match.people) == set(chens)
    assert one("陈伯", chens) == chens[0]


def test_a_full_name_is_somebody_else_than_who_is_known_by_a_title_until_people_say_so() -> None:
    assert one("陈建国", [Known(1, "陈伯")]) == Ambiguous((Known(1, "陈伯"),))
    assert one("王秀英阿姨", [Known(1, "王阿姨")]) == Ambiguous((Known(1, "王阿姨"),))


def test_where_somebody_lives_is_told_from_their_name() -> None:
    assert at_home("5号楼赵阿姨") == ("5号楼", "赵阿姨")
    assert at_home("302室的李奶奶") == ("302室", "李奶奶")
    assert at_home("赵阿姨") == ("", "赵阿姨")
    assert at_home("3号楼") == ("", "3号楼")
