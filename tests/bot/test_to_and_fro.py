"""Somebody goes to and fro: twelve neighbours, one place, and hardly a telephone that rings."""

from __future__ import annotations

from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from adapters.scene.network import CAN, owner
from tests.street import YANG, Street, street

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOGGLER = "陈伯"
OTHERS = ("李阿姨", "王伯", "赵姨", "孙姐", "周老师", "吴叔", "郑伯", "冯姐", "褚叔", "卫阿姨", "蒋伯")
STARTS = {"hour": "2026-11-23 09:45", "day": "2026-11-23 19:00", "week": "2026-11-30 19:00"}


@asynccontextmanager
async def full(tmp_path: Path, when: str, places: int = 1, **facts: Any) -> AsyncIterator[Street]:
    """陈伯 has a place, and where there is only one all others wait for it."""
    posted = f"发布 巡逻 {STARTS[when]} 东门集合 {places}人"
    async with street(tmp_path, TOGGLER, *OTHERS, posted=posted, **facts) as here:
        for name in (TOGGLER, *(OTHERS if places == 1 else ())):
            await here.say(name, "+1")
            await here.deliver()
        await here.later(minutes=1)
        here.network.calls.clear()
        yield here


async def toggle(here: Street, times: int, *, said: bool = False, privately: bool = False) -> None:
    """陈伯 leaves and comes back, `times` in all, twice in a second."""
    for n in range(times):
        if said:
            chat = {"chat": None} if privately else {}
            await here.say(TOGGLER, "+1" if n % 2 else "退出", **chat)  # type: ignore[arg-type]  # None: privately
        else:
            await here.press(TOGGLER, "我来" if n % 2 else "退出", "东门")
        await here.deliver()
        here.clock.moment += timedelta(milliseconds=500)


def put(here: Street) -> Counter[str]:
    """How many messages were put where, by the name of whose chat it is; '' for the group."""
    sent = [call.chat for call in here.network.calls if call.name == "send"]
    return Counter(owner(chat) if chat.private else "" for chat in sent)


@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("when", STARTS)
async def test_twenty_times_are_one_message_for_anybody_else(tmp_path: Path, when: str, said: bool) -> None:
    async with full(tmp_path, when) as here:
        await toggle(here, 20, said=said)
        counts = put(here)
        assert max(counts[name] for name in OTHERS) <= 1
        assert counts[YANG] <= 1
        assert counts[""] == 0
        assert counts[TOGGLER] <= (2 if said else 0)


async def test_in_the_last_hour_all_who_wait_read_how_it_stands(tmp_path: Path) -> None:
    async with full(tmp_path, "hour") as here:
        await toggle(here, 21)
        assert all("先到先得" in here.texts(name)[-1] for name in OTHERS), "left in the end"
        await here.press(OTHERS[3], "我来", "东门")
        await here.deliver()
        assert all("名额又满了" in here.texts(name)[-1] for name in OTHERS if name != OTHERS[3])
        assert "名额是您的了" in here.texts(OTHERS[3])[-1]
        assert any("陈伯来不了了" in text for text in here.texts(YANG))
        assert "来替陈伯了" in here.texts(YANG)[-1], "who leaves late is stood in for"


async def test_what_is_still_free_when_the_message_is_no_longer_fresh_is_said_once_more(tmp_path: Path) -> None:
    async with full(tmp_path, "hour") as here:
        await toggle(here, 21)
        await here.later(minutes=9)
        assert put(here)[OTHERS[0]] == 1
        await here.later(minutes=2)
        assert put(here)[OTHERS[0]] == 2
        assert sum("先到先得" in text for text in here.texts(OTHERS[0])) == 1, "the older one is taken away"
        await here.later(minutes=20)
        assert put(here)[OTHERS[0]] == 2, "nothing was new"


@pytest.mark.parametrize("end", ["taken", "closed", "cancelled", "begun"])
async def test_what_is_over_by_then_is_not_said_again(tmp_path: Path, end: str) -> None:
    async with full(tmp_path, "hour") as here:
        if end == "begun":
            await here.later(minutes=36)
        await toggle(here, 21)
        match end:
            case "taken":
                await here.press(TOGGLER, "我来", "东门")
            case "closed":
                await here.say(YANG, "关闭 1", None)
            case "cancelled":
                await here.say(YANG, "取消 1", None)
                await here.deliver()
                await here.press(YANG, "确认")
        await here.deliver()
        before = put(here)[OTHERS[0]]
        await here.later(minutes=30)
        assert put(here)[OTHERS[0]] == before


async def test_a_place_that_falls_free_later_is_a_message_of_its_own(tmp_path: Path) -> None:
    async with full(tmp_path, "hour") as here:
        await toggle(here, 2)
        await here.later(minutes=11)
        await toggle(here, 1)
        assert put(here)[OTHERS[0]] == 2


async def test_two_who_go_to_and_fro_are_one_message_too(tmp_path: Path) -> None:
    async with full(tmp_path, "hour") as here:
        for n in range(10):
            for name in (TOGGLER, OTHERS[0]):
                await here.press(name, "退出" if n % 2 == 0 else "我来", "东门")
                await here.deliver()
        counts = put(here)
        assert max(counts[name] for name in OTHERS[1:]) <= 1
        assert counts[YANG] <= 2, "one for each who left"


async def test_a_restart_in_between_changes_nothing(tmp_path: Path) -> None:
    async with full(tmp_path, "hour") as here:
        await toggle(here, 5)
        await here.again()
        await toggle(here, 4)
        await here.again()
        await here.press(TOGGLER, "退出", "东门")
        await here.later(minutes=11)
        assert put(here)[OTHERS[0]] == 2


async def test_who_has_no_private_chat_is_named_in_one_line(tmp_path: Path) -> None:
    posted = f"发布 巡逻 {STARTS['hour']} 东门集合 1人"
    async with street(tmp_path, TOGGLER, posted=posted) as here:
        await here.meet("赵姨", reachable=False)
        await here.say(TOGGLER, "+1")
        await here.say("赵姨", "+1")
        await here.later(minutes=1)
        here.network.calls.clear()
        await toggle(here, 20)
        assert put(here)[""] <= 1


async def test_privately_typed_answers_stand_under_the_words_and_do_not_pile_up(tmp_path: Path) -> None:
    async with full(tmp_path, "week", places=3) as here:
        before = len(here.texts(TOGGLER))
        await toggle(here, 20, said=True, privately=True)
        assert len(here.texts(TOGGLER)) <= before + 2
        assert "报上名了" in here.texts(TOGGLER)[-1]


async def test_whoever_is_put_down_and_taken_off_again_and_again_is_told_twice(tmp_path: Path) -> None:
    async with full(tmp_path, "week", places=3) as here:
        for n in range(20):
            await here.say(TOGGLER, "帮李阿姨退出" if n % 2 else "帮李阿姨报名")
            await here.deliver()
        assert put(here)["李阿姨"] == 2
        assert "陈伯帮您退出了" in here.texts("李阿姨")[-1]
        assert put(here)[TOGGLER] <= 2


async def test_a_time_that_is_changed_again_and_again_is_told_twice_and_once_more_when_it_stands(
    tmp_path: Path,
) -> None:
    async with full(tmp_path, "week", places=3) as here:
        for n in range(8):
            await here.say(YANG, f"改 1 {12 + n}:30", None)
            await here.deliver()
        assert put(here)[TOGGLER] == 2
        assert "7点半" in here.texts(TOGGLER)[-1]
        await here.later(minutes=11)
        assert put(here)[TOGGLER] == 3
        assert "7点半" in here.texts(TOGGLER)[-1]


async def test_where_nothing_can_be_edited_every_answer_is_a_message(tmp_path: Path) -> None:
    async with full(tmp_path, "week", places=3, can=replace(CAN, edits=False)) as here:
        await toggle(here, 6, said=True)
        assert put(here)[TOGGLER] == 6
