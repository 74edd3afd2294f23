"""Who was there, in one line: numbers and names, all but some, in both languages; and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from core.features import KINDS
from core.said.roll import Line, roll


def lines(words: str) -> tuple[Line, ...] | None:
    read = roll(words, KINDS)
    return None if read is None else read.lines


def line(what: Any, *numbers: int, names: str = "", **facts: Any) -> Line:
    return Line(what, numbers, tuple(names.split()), **facts)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1到5号都到，3号请假", (line("present", 1, 2, 3, 4, 5), line("excused", 3))),
        ("1，2，3号都到了", (line("present", 1, 2, 3),)),
        ("1号2号到了，4号迟到", (line("present", 1, 2), line("late", 4))),
        ("除了王伯都到了", (Line("present", everybody=True, but_names=("王伯",)),)),
        ("除了王伯和李阿姨，其他人都来了", (Line("present", everybody=True, but_names=("王伯", "李阿姨")),)),
        ("人都到齐了", (Line("present", everybody=True),)),
        ("只有王伯没来", (line("absent", names="王伯"),)),
        ("李阿姨请假，其他人都到了", (line("excused", names="李阿姨"), Line("present", rest=True))),
        ("陈伯、李阿姨到了，王伯早退", (line("present", names="陈伯 李阿姨"), line("early", names="王伯"))),
        ("everybody except Tom was there", (Line("present", everybody=True, but_names=("Tom",)),)),
        ("all but Tom came", (Line("present", everybody=True, but_names=("Tom",)),)),
        ("1 to 3 came, 2 excused", (line("present", 1, 2, 3), line("excused", 2))),
        ("Tom and Mary were here, Joe didn't come", (line("present", names="Tom Mary"), line("absent", names="Joe"))),
    ],
)
def test_of_whom_and_what(words: str, said: tuple[Line, ...]) -> None:
    assert lines(words) == said


@pytest.mark.parametrize(
    "words", ["你们都到了吗", "到了", "大家来帮忙", "都来看", "我今天去不了", "报名", "is everyone here?"]
)
def test_what_is_no_roll(words: str) -> None:
    assert lines(words) is None


def test_the_activity_may_be_named() -> None:
    read = roll("昨天的巡逻都到了", KINDS)
    assert read is not None
    assert (read.day, read.kind) == ("昨天", "patrol")
    numbered = roll("#3 都到了", KINDS)
    assert numbered is not None
    assert numbered.ref == 3
