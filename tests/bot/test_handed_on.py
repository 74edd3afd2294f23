"""Forwarded words are somebody else's: what they ask for is not done in the name of whoever hands them on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.messages import Attached
from tests.street import GROUP, YANG, Street, street


async def hands_on(here: Street, name: str, words: str, *, to_group: bool = False) -> None:
    said = here.network.said(person(name), GROUP if to_group else private(person(name)), words)
    await here.tell(replace(said, forwarded=True))
    await here.deliver()


@pytest.mark.parametrize("to_group", [False, True])
async def test_a_neighbours_regret_that_is_handed_on_takes_back_nothing_of_ones_own(
    tmp_path: Path, to_group: bool
) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.press("陈伯", "我来")
        await hands_on(here, "陈伯", "去不了了", to_group=to_group)
        assert here.promised() == {"陈伯": "claimed"}
        assert any("转来的话" in text for text in here.texts("陈伯")) is not to_group
        if not to_group:
            await here.press("陈伯", "转给协调人")
            await here.deliver()
            assert any("去不了了" in text for text in here.texts(YANG))


async def test_a_posting_and_a_question_mean_the_same_whoever_wrote_them_first(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await hands_on(here, YANG, "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人")
        await here.press(YANG, "发布")
        await here.deliver()
        assert len(here.rosters()) == 1
        await hands_on(here, "陈伯", "活动")
        assert "巡逻 #1" in here.texts("陈伯")[-1]


async def test_what_nobody_thought_of_is_answered_kindly(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        said = here.network.said(person("陈伯"), private(person("陈伯")), "")
        await here.tell(replace(said, attached=Attached("thing")))
        await here.deliver()
        assert "这个我看不懂" in here.texts("陈伯")[-1]
