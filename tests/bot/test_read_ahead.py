"""No reader runs for long within the transaction that others wait for: what is long was read before it began."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from adapters.scene import language
from adapters.scene.network import person, private
from adapters.scene.steps import Reply, Rewrite, Say
from core.claims import Claim
from core.messages import Edited
from core.reading.ahead import AHEAD, ROUNDS, SHORT, Ahead, Call, UnreadError, door, read_all
from core.seen import FAILED, Seen
from tests.street import GROUP, PATROL, YANG, street

ROOT = Path(__file__).parents[2]
READING = str(ROOT / "core" / "reading")
MOST = 15_000
"""Calls of functions of `core/reading` within one event's transaction: what a short chain needs to find its people."""


@dataclass
class Within:
    """What was done within the transactions of one event."""

    begun: int = 0
    calls: int = 0
    long: list[str] = field(default_factory=list)  # what a reader read there, though it is long


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Within:
    seen = Within()
    begin, make = Ahead.within, Call.make

    def count(frame: FrameType, what: str, _: Any) -> None:
        seen.calls += what == "call" and frame.f_code.co_filename.startswith(READING)

    @contextmanager
    def watched(self: Ahead) -> Iterator[None]:
        seen.begun += 1
        with begin(self):
            sys.setprofile(count)
            try:
                yield
            finally:
                sys.setprofile(None)

    def made(self: Call) -> Any:
        if AHEAD.get() is not None and len(self.words) > SHORT:
            seen.long.append(self.words)
        return make(self)

    monkeypatch.setattr(Ahead, "within", watched)
    monkeypatch.setattr(Call, "make", made)
    return seen


def sentences() -> list[str]:
    """All that anybody says in a scene."""
    files = sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])
    said = [step for file in files for step in language.read(file.read_text("utf-8")).steps]
    return sorted({step.words for step in said if isinstance(step, Say | Reply | Rewrite)})


@pytest.mark.parametrize("who", [YANG, "陈伯"])
async def test_of_all_that_is_said_in_the_scenes_nothing_long_is_read_while_others_wait(
    tmp_path: Path, within: Within, who: str
) -> None:
    """In the group and privately in turns, by somebody who may post and somebody who may not."""
    async with street(tmp_path, "陈伯") as here:
        said = sentences()
        assert sum(len(words) > SHORT for words in said) > 30
        for n, words in enumerate(said):
            within.calls = within.begun = 0
            await here.say(who, words, None if n % 2 else GROUP)
            assert within.long == [], words
            assert within.calls < MOST, words
            assert within.begun <= 6, words
        assert [row.event for row in here.rows(Seen) if row.outcome == FAILED] == []


async def test_what_a_chat_says_at_length_is_read_before_it_is_asked_for(tmp_path: Path, within: Within) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        begun = []
        for n, who in enumerate(("陈伯", "李阿姨", "陈伯")):
            within.begun = 0
            await here.say(
                who, f"今天{n}号楼下的桂花开得真好，大家有空都下来看看，晒晒太阳，聊聊天，比闷在家里舒服多了"
            )
            begun.append(within.begun)
        assert begun == [2, 1, 1]


async def test_words_that_ask_for_one_reading_after_another_are_done_all_the_same(
    tmp_path: Path, within: Within
) -> None:
    meal = "发布 百家饭 2026-11-28 11:00 活动室 凉菜20 热菜20"
    async with street(tmp_path, "陈伯", posted=meal) as here:
        long = "一大盘自己家里种的小白菜和外婆教我做的红烧肉再加一锅热热的萝卜排骨汤还有点心水果茶水"
        people = [f"{family}建国" for family in "王李张刘陈赵黄周吴徐孙胡朱高林"]
        lines = "\n".join(f"{n}. {who} {who[0]}家{long}" for n, who in enumerate(people, 1))
        within.begun = 0
        await here.say(YANG, f"#接龙\n百家饭 #1\n\n{lines}", None)
        assert within.begun <= ROUNDS
        assert len(here.rows(Claim)) == len(people)


async def test_an_edit_and_an_answer_to_a_question_are_read_ahead_too(tmp_path: Path, within: Within) -> None:
    async with street(tmp_path, "陈伯") as here:
        said = here.network.said(person(YANG), private(person(YANG)), PATROL)
        await here.tell(said)
        await here.deliver()
        longer = "发布 巡逻 2026-11-28 19:00-21:00 西门集合 3人，请大家带好手电和哨子，穿得暖和一点，下雨就改到第二天"
        await here.tell(Edited("edit", private(person(YANG)), person(YANG), longer, said.message))
        await here.deliver()
        assert any("西门" in text for text in here.texts(YANG))
        await here.press(YANG, "修改", "西门")
        await here.deliver()
        await here.say(
            YANG, "时间不对，应该是晚上8点到10点，人数也不对，应该是4个人，别的都对，不用动了，辛苦了，谢谢", None
        )
        await here.deliver()
        assert any("8点" in text and "4" in text for text in here.texts(YANG))
        assert within.long == []


def test_without_a_transaction_everything_is_read_at_once() -> None:
    read = door(str.upper)
    assert read("a" * 100) == "A" * 100
    ahead = Ahead()
    with ahead.within():
        assert read("a") == "A"
        with pytest.raises(UnreadError) as unread:
            read("b" * 100)
        with pytest.raises(UnreadError) as several:
            read_all(read, ["a", "b" * 100, "c" * 100])
    assert len(unread.value.calls) == 1
    assert len(several.value.calls) == 2
    ahead.read(several.value.calls)
    with ahead.within():
        assert read_all(read, ["a", "b" * 100, "c" * 100]) == ["A", "B" * 100, "C" * 100]
