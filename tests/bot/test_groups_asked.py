"""Whose group is it? Coordinators are asked, and one of them answers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.activities import Occurrence
from core.audit import AuditLine
from core.members import Presence
from tests.bot.foreign import FAR, LI, THEIRS, asked, bring, press, pressing, row, there, two
from tests.street import GROUP, YANG, street

# ------------------------------------------------------------ asked and answered


async def test_everybody_who_coordinates_is_asked_and_who_answers_first_decides(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        assert [len(asked(here, who)) for who in (YANG, LI, "陈伯")] == [1, 1, 0]
        assert "外人的群" in asked(here, YANG)[0]
        assert "（外人拉的）" in asked(here, YANG)[0]
        late = pressing(here, YANG, "不是")
        await press(here, LI, "是我们的群")
        await here.deliver()
        assert (await here.tell(late)).toast == "这个已经答过了。"
        await here.deliver()
        assert row(here).bound == "confirmed"
        assert "李老师说：群“外人的群”是我们的群" in here.texts(YANG)[-1]
        assert there(here)[-2].startswith("大家好")
        await here.say(FAR, "+1", THEIRS)
        await here.deliver()
        assert here.promised() == {FAR: "claimed"}
        (deed,) = (deed for deed in here.rows(AuditLine) if deed.verb == "group_confirmed")
        assert (deed.by_account, deed.chat_id) == (LI, row(here).id)


@pytest.mark.parametrize("first", ["是我们的群", "不是"])
async def test_of_two_who_answer_at_the_same_moment_one_decides_and_both_read_how(tmp_path: Path, first: str) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        second = "不是" if first == "是我们的群" else "是我们的群"
        presses = [pressing(here, YANG, first), pressing(here, LI, second)]
        answers = await asyncio.gather(*(here.tell(press) for press in presses))
        assert sum(answer.toast == "这个已经答过了。" for answer in answers) == 1
        yes = (answers[0].toast != "这个已经答过了。") == (first == "是我们的群")
        await here.deliver()
        assert bool(row(here).bound) == yes
        assert row(here).refused != yes
        assert (THEIRS.id in here.network.outside) != yes
        assert len(asked(here, YANG) + asked(here, LI)) == 0


@pytest.mark.parametrize("words", ["是我们的群", "是", "是的", "对", "是我们的", "our group", "Yes"])
async def test_the_answer_can_be_typed(tmp_path: Path, words: str) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.say(YANG, words, None)
        assert row(here).bound == "confirmed"


@pytest.mark.parametrize("words", ["不是", "不是的", "不是我们的群", "不是我们的", "no", "not ours", "Not our group"])
async def test_no_can_be_typed_as_well(tmp_path: Path, words: str) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.say(YANG, words, None)
        assert row(here).refused
        await here.deliver()
        assert THEIRS.id in here.network.outside


async def test_said_in_a_group_these_words_decide_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        for chat in (GROUP, THEIRS):
            await here.say(YANG, "是我们的群", chat)
        assert not row(here).bound


async def test_where_it_is_not_ours_the_bot_leaves_and_forgets_who_was_there(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        assert [each.account for each in here.rows(Presence) if each.chat_id == row(here).id] == [FAR]
        await press(here, YANG, "不是")
        await here.deliver()
        assert here.calls("leave") == 1
        assert [each for each in here.rows(Presence) if each.chat_id == row(here).id] == []
        assert row(here).brought_by == ""
        assert len(there(here)) == 1
        await here.tell(here.network.expelled(THEIRS))  # the network says so too
        await here.deliver()
        assert "我退出群“外人的群”" in here.texts(YANG)[-1]
        assert "我退出了" in here.texts(LI)[-1]


async def test_a_group_that_was_refused_is_left_at_once_when_the_bot_is_brought_back(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "不是")
        await here.deliver()
        for _ in range(3):
            await bring(here)
            assert THEIRS.id in here.network.outside
            await here.later(days=3)
            assert asked(here, YANG) == asked(here, LI) == []
        assert len(there(here)) == 1
        await bring(here, YANG)
        assert row(here).bound == "confirmed"
        assert THEIRS.id not in here.network.outside


async def test_a_mistaken_yes_can_be_taken_back_for_a_day_by_any_coordinator(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.deliver()
        await here.say(FAR, "取消 1", private(person(FAR)))
        await here.deliver()
        assert any("要取消" in text for text in here.texts(FAR)), "whoever administers a group of ours coordinates"
        await press(here, LI, "不是我们的群")
        await here.deliver()
        assert THEIRS.id in here.network.outside
        assert "李老师说：群“外人的群”不是我们的" in "".join(here.texts(YANG))
        await here.say(FAR, "取消 1", private(person(FAR)))
        await press(here, FAR, "确认", "要取消")
        await here.deliver()
        assert here.rows(Occurrence)[0].state != "cancelled"


async def test_after_a_day_a_yes_stands(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.later(days=1, minutes=1)
        assert "移出那个群" in (await press(here, LI, "不是我们的群")).toast
        assert row(here).bound == "confirmed"


async def test_a_press_forged_from_elsewhere_decides_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        real = pressing(here, YANG, "是我们的群")
        own = {who: private(person(who)) for who in (FAR, "陈伯", YANG, LI)}
        foreign = [(FAR, THEIRS), (FAR, own[FAR]), (FAR, own[YANG]), ("陈伯", GROUP), ("陈伯", own["陈伯"])]
        for who, chat in [*foreign, ("陈伯", own[YANG]), (LI, own[LI])]:
            await here.tell(here.network.pressed(person(who), chat, real.message, action=real.action or ""))
        assert not row(here).bound
        await here.tell(real)
        assert row(here).bound


async def test_who_coordinates_no_more_cannot_answer_and_others_still_can(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await bring(here)
        assert len(asked(here, "陈伯")) == 1
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=False))
        assert "请协调人来做" in (await press(here, "陈伯", "是我们的群")).toast
        assert not row(here).bound
        await press(here, LI, "是我们的群")
        assert row(here).bound


async def test_a_group_stays_ours_when_who_confirmed_it_coordinates_no_more(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await bring(here)
        await press(here, "陈伯", "是我们的群")
        await here.deliver()
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=False))
        await here.again()
        assert row(here).bound == "confirmed"
        assert "请协调人来做" in (await press(here, "陈伯", "不是我们的群")).toast
        assert row(here).bound == "confirmed"


async def test_a_coordinator_who_had_no_private_chat_is_asked_when_they_open_one(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.closed.add(YANG)
        await bring(here)
        assert asked(here, YANG) == []
        await here.later(days=3)
        await here.tell(here.network.opened(person(YANG)))
        await here.deliver()
        assert len(asked(here, YANG)) == 1


async def test_a_coordinator_who_has_never_spoken_is_asked_when_they_do(tmp_path: Path) -> None:
    async with street(tmp_path, coordinators=[f"scene:{YANG}", "scene:新老师"]) as here:
        await bring(here)
        await here.say("新老师", "你好", None)
        await here.later(minutes=10)
        assert len(asked(here, "新老师")) == 1
