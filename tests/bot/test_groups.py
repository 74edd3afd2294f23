"""Whose group is it? Nobody is anybody by having brought the bot into a group of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.scene.network import Fault, group, person, private
from adapters.scene.screens import choose, offers
from core.activities import Occurrence
from core.audit import AuditLine
from core.claims import Claim
from core.deeds.groups import ASKED_AT_ONCE, PATIENCE, WAITING
from core.manners import Manners
from core.members import Account, KnownChat, Member, Presence
from core.messages import Answer, Chat, Garbled, Moved, Pressed
from core.network import Gone, Later
from core.seen import FAILED, Seen
from tests.street import GROUP, MONDAY, YANG, Street, street

THEIRS = group("外人的群")
FAR = "外人"
LI = "李老师"
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""Eleven in the evening in Shanghai."""


@asynccontextmanager
async def two(tmp_path: Path, *names: str, **facts: object) -> AsyncIterator[Street]:
    """A street with two coordinators; the bot is not in the stranger's group yet."""
    async with street(tmp_path, LI, "陈伯", *names, coordinators=[f"scene:{YANG}", f"scene:{LI}"], **facts) as here:
        here.network.outside.add(THEIRS.id)
        yield here


async def bring(here: Street, who: str = FAR, chat: Chat = THEIRS) -> None:
    """Somebody brings the bot into a group, where they are an administrator."""
    await here.tell(here.network.entered(person(who), chat))
    await here.tell(here.network.ranked(person(who), chat, administrator=True))
    await here.tell(here.network.joined(person(who), chat))
    await here.deliver()


def row(here: Street, chat: Chat = THEIRS) -> KnownChat:
    return next(row for row in here.rows(KnownChat) if row.address == chat.id)


def there(here: Street, chat: Chat = THEIRS) -> list[str]:
    """What stands in a group."""
    return [shown.text for shown in here.network.screens.now_on(chat)]


def asked(here: Street, who: str) -> list[str]:
    return [text for text in here.texts(who) if "有人把我拉进了群" in text]


async def press(here: Street, who: str, label: str, on: str = "外人的群") -> Answer:
    """Press a label in one's own private chat."""
    return await here.tell(pressing(here, who, label, on))


def pressing(here: Street, who: str, label: str, on: str = "外人的群") -> Pressed:
    for shown in here.network.screens.newest([private(person(who))], on):
        offer = choose(label, offers(shown.message), exactly=True)
        if offer is not None:
            return here.network.pressed(person(who), shown.chat, shown.id, action=offer.action)
    raise AssertionError(f"{who} has nothing to press called {label}: {here.texts(who)}")


ORDERS = ["取消 1", "名单", "名单 1", "活动", "我的", "+1", "报名 1", "改 1 晚上8点", "关闭 1", "加 外人 1",
          "减 陈伯 1",
          "发布", "发布 巡逻 2026-11-28 19:00 西门 2人", "帮陈伯退出", "帮助", "确认", "我叫 杨老师", "接龙 1",
          "是我们的群", "是", "配对", "配对 12345678", "12345678"]  # fmt: skip
"""What somebody would type who wants to be somebody here."""


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
        assert there(here)[-1].startswith("大家好")
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


# ------------------------------------------------------------ brought in by somebody known


async def test_a_coordinator_who_brings_the_bot_in_has_confirmed_by_that(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here, YANG)
        assert row(here).bound == "confirmed"
        assert asked(here, YANG) == asked(here, LI) == []
        (greeting,) = there(here)
        assert "要参加，发“报名”" in greeting
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


# ------------------------------------------------------------ coming back, moving, dying


async def test_our_group_stays_ours_when_the_bot_is_removed_and_added_again_by_anybody(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.deliver()
        for chat in (GROUP, THEIRS):
            await here.tell(here.network.expelled(chat))
            await bring(here, "陈伯", chat)
            assert row(here, chat).bound
        assert asked(here, YANG) == []
        assert sum("要参加" in text for text in there(here)) == 1


async def test_who_is_in_a_group_that_the_bot_was_removed_from_is_a_stranger_until_it_is_back(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.expelled(GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "只为自己小区的邻居服务" in here.texts("陈伯")[-1]
        await here.tell(here.network.entered(person(FAR), GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "巡逻" in here.texts("陈伯")[-1]


async def test_an_unconfirmed_group_that_the_bot_is_removed_from_is_asked_about_again_in_the_same_message(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        put = len(here.network.screens.put_on(private(person(YANG))))
        for _ in range(3):
            await here.tell(here.network.expelled(THEIRS))
            await here.deliver()
            assert asked(here, YANG) == []
            await bring(here)
            assert len(asked(here, YANG)) == 1
        assert len(here.network.screens.put_on(private(person(YANG)))) == put
        await here.tell(here.network.expelled(THEIRS))
        await here.later(days=2)
        await bring(here)
        assert len(asked(here, YANG)) == 1
        assert "有人把我拉进了群" in here.texts(YANG)[-1], "after days it comes to the bottom"
        await press(here, YANG, "是我们的群")
        assert row(here).bound


async def test_an_unconfirmed_group_that_gets_a_new_id_is_the_same_group(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        to = Chat("scene", "group/new", name="外人的群")
        await here.tell(Moved("m", THEIRS, to))
        await here.tell(here.network.ranked(person(FAR), to, administrator=True))
        await here.say(FAR, "取消 1", to)
        await here.deliver()
        assert len(asked(here, YANG)) == 1
        await press(here, YANG, "是我们的群")
        await here.deliver()
        assert row(here, to).bound == "confirmed"
        assert there(here, to)[-1].startswith("大家好")
        await here.say(FAR, "+1", to)
        assert here.promised() == {FAR: "claimed"}


@pytest.mark.parametrize("ours", [True, False])
async def test_a_new_id_that_speaks_before_it_is_told_is_no_second_group(tmp_path: Path, ours: bool) -> None:
    async with two(tmp_path) as here:
        await bring(here, YANG if ours else FAR)
        to = Chat("scene", "group/new", name="外人的群")
        await here.say(FAR, "+1", to)
        await here.deliver()
        await here.tell(Moved("m", THEIRS, to))
        await here.deliver()
        assert bool(row(here, to).bound) == ours
        assert len(asked(here, LI)) == (0 if ours else 1)
        if not ours:
            await press(here, LI, "是我们的群")
        await here.say(FAR, "+1", to)
        assert here.promised() == {FAR: "claimed"}
        await here.later(days=8)
        assert row(here, to).bound == "confirmed"
        assert here.calls("leave") == 0


async def test_a_restart_at_any_moment_changes_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.entered(person(FAR), THEIRS))
        await here.again()
        await here.deliver()
        await here.again()
        assert len(there(here)) == 1
        assert len(asked(here, YANG)) == len(asked(here, LI)) == 1
        await press(here, LI, "不是")
        await here.again()  # before the bot has left
        await here.deliver()
        assert THEIRS.id in here.network.outside
        await here.again()
        await here.deliver()
        assert asked(here, YANG) == []
        assert row(here).refused
        await bring(here, YANG)
        await here.again()
        assert row(here).bound == "confirmed"
        await here.later(days=8)
        assert here.calls("leave") == 1


async def test_leaving_is_tried_until_the_network_lets_us(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        here.network.faults += [
            Fault("leave", Later(30)),
            Fault("leave", OSError("line")),
            Fault("leave", OSError("?"), after=True),
        ]
        await press(here, YANG, "不是")
        for _ in range(8):
            await here.later(minutes=1)
        assert THEIRS.id in here.network.outside
        assert row(here).closed
        assert here.calls("leave") >= 3


async def test_a_foreign_group_in_which_the_bot_may_not_write_is_asked_about_all_the_same(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.faults.append(Fault("send", Gone("not enough rights to send")))
        await here.tell(here.network.entered(person(FAR), THEIRS))
        await here.deliver()
        assert there(here) == []
        await here.later(hours=1)
        assert len(asked(here, LI)) == 1
        await press(here, LI, "是我们的群")
        assert row(here).bound


# ------------------------------------------------------------ the settings


async def test_a_group_that_the_settings_name_is_ours_from_the_start_and_no_more_when_they_stop(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}", f"scene:{THEIRS.id}"]
        await here.start()
        await here.deliver()
        assert row(here).bound == "settings"
        assert asked(here, YANG) == []
        await here.say(FAR, "+1", THEIRS)
        assert here.promised() == {FAR: "claimed"}
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}"]
        await here.start()
        await here.deliver()
        assert not row(here).bound
        assert len(asked(here, YANG)) == len(asked(here, LI)) == 1
        await here.say(FAR, "退出", THEIRS)
        assert here.promised() == {FAR: "claimed"}


async def test_a_group_that_the_settings_name_cannot_be_refused_in_a_chat(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}", f"scene:{THEIRS.id}"]
        await here.start()
        await here.deliver()
        assert "写在设置里" in (await press(here, LI, "不是我们的群")).toast
        assert row(here).bound == "settings"


async def test_a_group_of_the_settings_that_has_moved_is_still_theirs_after_a_restart(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        to = Chat("scene", "group/new", name="group")
        await here.tell(Moved("m", GROUP, to))
        await here.again()
        await here.deliver()
        assert row(here, to).bound == "settings"
        assert [chat.address for chat in here.rows(KnownChat) if not chat.private and not chat.closed] == [to.id]


async def test_what_happens_with_groups_is_logged_without_a_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "xiaobandeng.security")
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await bring(here)
        await press(here, YANG, "不是")
        await here.deliver()
        said = [record for record in caplog.records if record.name == "xiaobandeng.security"]
        assert {record.getMessage() for record in said} >= {
            "a rank has changed",
            "a group waits to be confirmed",
            "a group is not ours",
            "the bot is out of a group that is not ours",
        }
        told = "".join(str(record.__dict__) for record in said)
        assert not any(name in told for name in ("外人", YANG, "陈伯", THEIRS.id))
        verbs = [deed.verb for deed in here.rows(AuditLine) if deed.chat_id]
        assert verbs == ["group_settings", "rank_given", "group_waits", "group_refused"]
