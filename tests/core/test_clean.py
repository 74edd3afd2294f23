"""People's own words among others: whatever somebody is called, a roster keeps its lines, its order and its length."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.claims import Claim
from core.messages import Person, Said
from core.words.clean import FSI, LONGEST_NAME, PDI, tidy_line, tidy_name, tidy_text
from tests.adapters.hostile import CORPUS
from tests.street import GROUP, street

TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200e\u200f\u061c")
ANYTHING = st.text(st.characters(), max_size=80)


def harmless(line: str) -> None:
    inside = line.removeprefix(FSI).removesuffix(PDI)
    assert not TURNING & set(line)
    assert FSI not in inside
    assert PDI not in inside
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp", "Co") for char in line)
    assert inside == inside.strip()
    marks = 0
    for char in inside:
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        assert marks <= 2
    line.encode()  # it can be sent and stored


@pytest.mark.parametrize("name", CORPUS)
def test_a_name_is_one_short_harmless_line(name: str) -> None:
    tidy = tidy_name(CORPUS[name])
    harmless(tidy)
    assert len(tidy) <= LONGEST_NAME + 2
    assert tidy_name(tidy) == tidy


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_line_is_harmless_and_tidying_twice_is_tidying_once(words: str) -> None:
    tidy = tidy_line(words)
    harmless(tidy)
    assert tidy_line(tidy) == tidy


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_several_lines_stay_several_and_each_is_harmless(words: str) -> None:
    for line in tidy_text(words).split("\n"):
        harmless(line)


def test_what_people_are_really_called_stays_as_it_is() -> None:
    for name in (
        "陈伯",
        "王阿姨（3号楼）",
        "Zoë",
        "O'Neill",
        "👨‍👩‍👧 一家",
        "𠮷野",
        "Nguyễn Thị Ánh",
        "阿依古丽·买买提",
    ):
        assert tidy_name(name) == name


async def test_a_roster_of_hostile_names_keeps_its_lines(tmp_path: Path) -> None:
    names = dict([(key, text) for key, text in CORPUS.items() if len(text) < 600][::2])
    async with street(tmp_path, posted="发布 巡逻 2026-11-27 19:00-21:00 东门集合 99人") as here:
        plain = here.rosters()[0].count("\n")
        for n, name in enumerate(names.values()):
            who = Person("scene", f"p{n}", name)
            await here.tell(Said(f"e{n}", GROUP, who, "报名", f"m{n}"))
        await here.deliver()
        (roster,) = here.rosters()
        assert len(here.rows(Claim)) == len(names)
        assert f"{len(names)}/99" in roster
        assert roster.count("\n") == plain + len(names)
        for n, line in enumerate(roster.splitlines()[-len(names) :], 1):
            assert line.startswith(f"{n}. ")
            harmless(line.removeprefix(f"{n}. "))
