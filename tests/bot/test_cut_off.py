"""A group without the bot, one in which it may not write, one in which it hears nothing: who is told what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from adapters.scene.network import Fault, group, person
from core.members import KnownChat
from core.messages import Hears
from core.network import Gone, Mute
from tests.bot.foreign import FAR, LI, NIGHT, THEIRS, bring, press, row, there, two
from tests.migrating import bring as bring_to
from tests.street import GROUP, MONDAY, UNHURRIED, YANG, Street, street

OUT, BACK = "我不在群“group”里了", "我又回到群“group”了"
MUTE, SPEAKS = "我在群“group”里发不了消息", "我在群“group”里又能发消息了"
DEAF, HEARS = "大家打的字，我看不到", "大家打的字，我看得到了"


def told(here: Street, who: str, words: str) -> int:
    return sum(words in text for text in here.texts(who))


# ------------------------------------------------------------ out of it


async def test_each_coordinator_is_told_once_and_nobody_else(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        for _ in range(3):
            await here.tell(here.network.expelled(GROUP))
            await here.deliver()
        assert [told(here, who, OUT) for who in (YANG, LI, "陈伯")] == [1, 1, 1], "who is of rank there as well"
        assert "添加成员" in here.texts(YANG)[-1]
        await here.say("陈伯", "取消 1", None)
        await here.deliver()
        assert "要取消" in here.texts("陈伯")[-1], "a rank stays with who had it"


async def test_a_call_that_finds_nobody_there_says_the_same(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.faults.append(Fault("edit", Gone("kicked")))
        await here.say("陈伯", "报名", None)
        await here.deliver()
        assert told(here, YANG, OUT) == 1
        assert row(here, GROUP).closed


async def test_nobody_is_woken_and_what_was_over_by_the_morning_is_not_told(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.at(NIGHT)
        await here.tell(here.network.expelled(GROUP))
        await here.deliver()
        assert told(here, YANG, OUT) == 0
        await here.later(hours=1)
        await here.tell(here.network.entered(person(FAR), GROUP))
        await here.later(hours=12)
        assert [told(here, who, words) for who in (YANG, LI) for words in (OUT, BACK)] == [0] * 4
        await here.tell(here.network.expelled(GROUP))
        await here.deliver()
        assert told(here, YANG, OUT) == 1


async def test_what_was_promised_meanwhile_stands_in_the_group_when_the_bot_is_back(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.expelled(GROUP))
        await here.say("陈伯", "报名", None)
        await here.post("发布 巡逻 2026-11-28 19:00 西门 2人")
        await here.tell(here.network.entered(person(YANG), GROUP))
        await here.deliver()
        rosters = there(here, GROUP)
        assert any("东门" in text and "陈伯" in text for text in rosters)
        assert any("西门" in text for text in rosters)
        assert told(here, LI, OUT) == 0, "the old message is taken away"
        assert told(here, LI, BACK) == 1


async def test_its_people_are_kept_for_the_days_that_the_settings_say(tmp_path: Path) -> None:
    async with two(tmp_path, manners=replace(UNHURRIED, keeps_people=3)) as here:
        await here.tell(here.network.expelled(GROUP))
        await here.deliver()
        assert "这3天里" in here.texts(YANG)[-1]
        await here.at(MONDAY + timedelta(days=3) - timedelta(minutes=1))
        await here.again()
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "巡逻" in here.texts("陈伯")[-1]
        await here.later(minutes=2)
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "请先加入小区群" in here.texts("陈伯")[-1]
        await here.say(YANG, "活动", None)
        await here.deliver()
        assert "巡逻" in here.texts(YANG)[-1], "who coordinates by name need be in no group"


async def test_who_is_in_another_group_is_not_told_of_it(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here, YANG)
        await here.tell(here.network.joined(person("陈伯"), THEIRS))
        await here.tell(here.network.expelled(GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert told(here, "陈伯", "我现在不在群") == 0


async def test_who_left_the_group_before_is_not_kept(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.left(person("陈伯"), GROUP))
        await here.tell(here.network.expelled(GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "请先加入小区群" in here.texts("陈伯")[-1]


async def test_a_restart_does_not_make_it_be_there_again(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.expelled(GROUP))
        await here.deliver()
        sends = here.calls("send")
        await here.again()
        await here.deliver()
        assert row(here, GROUP).closed
        assert here.calls("send") == sends


async def test_a_group_that_was_refused_is_nobody_s_news(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "不是")
        await here.deliver()
        await here.tell(here.network.expelled(THEIRS))
        await here.deliver()
        assert told(here, LI, "我不在群") == 0


# ------------------------------------------------------------ in it, and it may not write


async def test_where_the_bot_may_not_write_it_says_so_and_tries_again_every_hour(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say(YANG, "发布 巡逻 2026-11-28 19:00 西门 2人", None)
        await here.deliver()
        here.network.faults.append(Fault("send", Mute("no rights")))
        await here.press(YANG, "发布", "西门")
        await here.deliver()
        assert told(here, YANG, MUTE) == 1
        assert "添加管理员" in next(text for text in here.texts(YANG) if MUTE in text)
        assert not row(here, GROUP).closed, "it is there, and hears"
        await here.later(minutes=30)
        assert not any("西门" in text for text in here.texts())
        await here.later(minutes=31)
        assert any("西门" in text for text in here.texts())
        assert told(here, YANG, SPEAKS) == 1
        assert told(here, YANG, MUTE) == 0


async def test_what_the_network_tells_of_it_is_said_at_once(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        for speaks, words in ((False, MUTE), (False, MUTE), (True, SPEAKS)):
            await here.tell(here.network.hears(GROUP, hears=True, speaks=speaks))
            await here.deliver()
            assert told(here, LI, words) == 1


# ------------------------------------------------------------ in it, and it hears nothing


async def test_it_is_told_once_that_it_hears_nothing_and_once_that_it_hears(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        for hears, words in ((False, DEAF), (False, DEAF), (True, HEARS), (True, HEARS)):
            await here.tell(here.network.hears(GROUP, hears=hears))
            await here.deliver()
            assert told(here, YANG, words) == 1
        assert told(here, "陈伯", "打的字") == 0


async def test_words_that_only_who_hears_is_told_of_say_that_it_hears(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.hears(GROUP, hears=False))
        await here.deliver()
        for words in ("/list", "/roster@bot 1"):
            await here.say("陈伯", words)
        await here.say("陈伯", "报名", reply_to=here.shown()[0].id)
        await here.deliver()
        assert row(here, GROUP).deaf
        await here.say("陈伯", "今天天气真好")
        await here.deliver()
        assert not row(here, GROUP).deaf
        assert told(here, YANG, HEARS) == 1


async def test_a_group_that_is_confirmed_later_is_greeted_by_what_is_heard_there(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.deaf.add(THEIRS.id)
        await bring(here)
        assert told(here, YANG, DEAF) == 0, "it is not ours yet"
        await press(here, YANG, "是我们的群")
        await here.deliver()
        assert "点名单下面的“我来”" in there(here)[-2]
        assert told(here, LI, "群“外人的群”里" + DEAF) == 1


async def test_the_buttons_of_the_greeting_are_answered_privately(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.deaf.add(THEIRS.id)
        await bring(here, YANG)
        greeting = here.network.screens.now_on(THEIRS)[0]
        for label, words in (("活动", "现在的活动"), ("我的", "没有报名"), ("帮助", "报名")):
            action = next(action for action in greeting.message.actions if action.label == label)
            await here.tell(here.network.pressed(person("陈伯"), THEIRS, greeting.id, action=action.id))
            await here.deliver()
            assert words in here.texts("陈伯")[-1]


async def test_an_event_of_it_in_a_group_that_nobody_knows_asks_whose_it_is(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.outside.clear()
        await here.tell(Hears("h1", group("别处"), False))
        await here.deliver()
        assert any("有人把我拉进了群" in text for text in here.texts(YANG))
        assert told(here, YANG, DEAF) == 0


# ------------------------------------------------------------ rows of before


async def test_groups_of_before_are_heard_and_those_that_were_closed_keep_nobody(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.die()
        bring_to(here.url, "0030", back=True)
        with here.database.engine.connect() as connection:
            names = {row.name for row in connection.execute(text("SELECT name FROM pragma_table_info('knownchat')"))}
        assert not names & {"deaf", "mute", "keeps"}
        await here.start()
        (chat,) = [each for each in here.rows(KnownChat) if not each.private]
        assert (chat.deaf, chat.mute, chat.keeps) == (False, False, False)
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "1/2" in here.texts()[-1]
