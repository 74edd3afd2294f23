"""Whose group is it? Nobody is anybody by having brought the bot into a group of their own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.scene.network import group, person, private
from adapters.scene.screens import offers
from core.activities import Occurrence
from core.claims import Claim
from core.deeds.groups import ASKED_AT_ONCE, PATIENCE, WAITING
from core.manners import Manners
from core.members import Account, Member
from core.messages import Garbled
from core.seen import FAILED, Seen
from tests.bot.foreign import FAR, LI, NIGHT, ORDERS, THEIRS, asked, bring, press, row, there, two
from tests.street import GROUP, MONDAY, YANG

# ------------------------------------------------------------ the attack


async def test_a_stranger_and_the_group_they_made_learn_nothing_and_change_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", "+1")
        await here.deliver()
        roster = here.shown()[-1]
        before = [repr(here.rows(table)) for table in (Claim, Occurrence)]
        await bring(here)
        people = {row.id for row in here.rows(Account)}
        for chat in (THEIRS, private(person(FAR))):
            for said in ORDERS:
                await here.say(FAR, said, chat)
                await here.say(FAR, said, chat, reply_to=roster.id)
            for action in [offer.action for offer in offers(roster.message)] + ["x", ""]:
                await here.tell(here.network.pressed(person(FAR), chat, roster.id, action=action))
            for emoji in ("🙋", "👋", "🏡", "✋"):
                await here.tell(here.network.pressed(person(FAR), chat, roster.id, emoji=emoji))
            await here.tell(here.network.rewrote(person(FAR), chat, "1", "取消 1"))
            await here.tell(Garbled(here.network.screens.id(), chat, person(FAR)))
        await here.later(days=2)
        assert before == [repr(here.rows(table)) for table in (Claim, Occurrence)]
        assert {row.id for row in here.rows(Account)} == people, "nobody becomes a member by it"
        assert {row.name for row in here.rows(Member)} == {YANG, LI, "陈伯"}
        assert len(there(here)) == 1
        assert "东门" not in "".join(there(here) + here.texts(FAR))
        assert "陈伯" not in "".join(there(here) + here.texts(FAR))
        assert all("只为自己小区的邻居服务" in text or "配对码" in text for text in here.texts(FAR))
        assert [row for row in here.rows(Seen) if row.outcome == FAILED] == []


async def test_what_is_posted_goes_to_no_group_that_nobody_has_confirmed(tmp_path: Path) -> None:
    async with two(tmp_path, posted="") as here:
        await bring(here)
        await here.post()
        assert len(here.rosters()) == 1
        assert len(there(here)) == 1
        await here.say(YANG, "发布 巡逻 2026-11-28 19:00-21:00 西门集合 2人 发到 外人的群", None)
        await here.deliver()
        await press(here, YANG, "发布", "西门")
        await here.deliver()
        assert len(there(here)) == 1


async def test_an_unconfirmed_group_gets_one_sentence_however_much_happens(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        for _ in range(3):
            await bring(here)
            await here.say(FAR, "大家好", THEIRS)
            await here.tell(here.network.expelled(THEIRS))
            await here.later(days=2)
        await bring(here)
        assert (
            here.calls("send")
            == len(here.network.screens.put_on(GROUP))
            + sum(len(here.network.screens.put_on(private(person(who)))) for who in (YANG, LI, "陈伯"))
            + 1
        )
        assert len(there(here)) == 1
        assert "等协调人私下告诉我" in there(here)[0]


async def test_administrators_coordinate_in_our_groups_only(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.tell(here.network.ranked(person("陈伯"), THEIRS, administrator=True))
        await here.say("陈伯", "取消 1", None)
        await here.deliver()
        assert "请协调人来做" in here.texts("陈伯")[-1]
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await here.say("陈伯", "取消 1", None)
        await here.deliver()
        assert "要取消" in here.texts("陈伯")[-1]
        await here.later(minutes=10)
        assert len(asked(here, "陈伯")) == 1, "and now they are asked, not in the middle of what they were doing"


async def test_where_administrators_do_not_coordinate_one_cannot_bring_the_bot_in_either(tmp_path: Path) -> None:
    async with two(tmp_path, manners=Manners(administrators_coordinate=False)) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await bring(here, "陈伯")
        assert not row(here).bound
        assert "管理员" not in asked(here, YANG)[0]


async def test_strangers_who_are_together_in_a_foreign_group_stay_strangers(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.tell(here.network.joined(person("外人的朋友"), THEIRS))
        await here.say("外人的朋友", "活动", None)
        await here.deliver()
        assert here.texts("外人的朋友") == ["您好，我是小板凳，只为自己小区的邻居服务。请先加入小区群。"]


# ------------------------------------------------------------ brought in by somebody known


async def test_a_coordinator_who_brings_the_bot_in_has_confirmed_by_that(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here, YANG)
        assert row(here).bound == "confirmed"
        assert asked(here, YANG) == asked(here, LI) == []
        greeting, roster = there(here)
        assert "要参加，发“报名”" in greeting
        assert "0/2" in roster, "what is open stands there too"
        assert "群“外人的群”是我们的群了" in here.texts(YANG)[-1]
        assert "杨老师说：群“外人的群”是我们的群" in here.texts(LI)[-1]
        await here.say("陈伯", "+1", THEIRS)
        assert here.promised() == {"陈伯": "claimed"}
        await press(here, LI, "不是我们的群")
        await here.deliver()
        assert THEIRS.id in here.network.outside


async def test_an_administrator_of_our_group_brings_the_bot_in_and_one_whose_rank_was_taken_does_not(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await here.tell(here.network.entered(person("陈伯"), group("东区")))
        assert row(here, group("东区")).bound == "confirmed"
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=False))
        await bring(here, "陈伯", group("西区"))
        assert not row(here, group("西区")).bound
        await here.tell(here.network.ranked(person("王伯"), GROUP, administrator=True))
        await here.tell(here.network.left(person("王伯"), GROUP))
        await bring(here, "王伯", group("南区"))
        assert not row(here, group("南区")).bound


async def test_a_coordinator_settles_the_question_by_bringing_the_bot_in_once_more(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.tell(here.network.expelled(THEIRS))
        await bring(here, LI)
        assert row(here).bound == "confirmed"
        assert asked(here, YANG) == asked(here, LI) == []


async def test_where_the_network_does_not_say_who_brought_the_bot_it_is_asked(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.entered(None, THEIRS))
        await here.deliver()
        assert len(asked(here, YANG)) == 1
        assert "拉的" not in asked(here, YANG)[0]


async def test_a_group_is_asked_about_when_it_is_first_heard_of_by_a_word(tmp_path: Path) -> None:
    """The bot was brought in while it was off for long, and the network has not told."""
    async with two(tmp_path) as here:
        here.network.outside.clear()
        await here.say(FAR, "大家好", THEIRS)
        await here.say(FAR, "+1", THEIRS)
        await here.deliver()
        assert len(asked(here, YANG)) == 1
        assert len(there(here)) == 1


# ------------------------------------------------------------ many, long, at night


async def test_who_makes_many_groups_fills_nobodys_screen_and_the_bot_leaves_what_is_too_many(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        groups = [group(f"群{n:02d}") for n in range(WAITING + 3)]
        for chat in groups:
            await bring(here, FAR, chat)
        assert len(asked(here, YANG)) == len(asked(here, LI)) == ASKED_AT_ONCE
        assert [chat.id in here.network.outside for chat in groups].count(True) == 3
        assert all("群0" in text for text in asked(here, YANG))
        await press(here, YANG, "不是", "群00")
        await here.deliver()
        assert len(asked(here, YANG)) == len(asked(here, LI)) == ASKED_AT_ONCE, "one answered, the next is asked about"
        await bring(here, LI, group("东区"))
        assert row(here, group("东区")).bound == "confirmed"


async def test_where_nobody_answers_for_a_week_the_bot_leaves(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.at(MONDAY + PATIENCE - timedelta(minutes=1))
        assert THEIRS.id not in here.network.outside
        await here.later(minutes=2)
        assert THEIRS.id in here.network.outside
        assert any("我已经不在群“外人的群”里了" in text for text in here.texts(YANG))
        assert len(there(here)) == 1


async def test_a_group_that_was_confirmed_is_not_left_after_a_week(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.later(days=8)
        assert here.calls("leave") == 0


async def test_coordinators_are_not_woken_for_a_group(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.at(NIGHT)
        await bring(here)
        assert asked(here, YANG) == asked(here, LI) == []
        await here.say(YANG, "你好", None)  # she is awake
        await here.later(minutes=10)
        assert len(asked(here, YANG)) == 1
        assert asked(here, LI) == []
        await here.later(hours=9)
        assert len(asked(here, LI)) == 1
        assert len(asked(here, YANG)) == 1
