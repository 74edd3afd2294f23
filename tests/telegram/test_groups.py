"""Whose group is it, on Telegram: who adds the bot to a group of their own is nobody by that."""

from __future__ import annotations

import pytest

from tests.telegram.waiting import until
from tests.telegram.whole import data_of, offering, posted, pressed, whole_bot
from tests.telegram.world import ANONYMOUS, Chat, Letter, User, World

QUESTION = "有人把我拉进了群"
ORDERS = ("取消 1", "/roster 1", "名单", "活动", "+1", "发布 巡逻 明天 20:00 西门 2人", "关闭 1", "是我们的群")


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/groups.db"


def said(world: World, chat: Chat) -> list[str]:
    """What stands there of the bot's."""
    return [letter.text.plain for letter in chat.shown() if letter.author is world.me]


async def says(world: World, chat: Chat, text: str) -> None:
    """Wait until the bot has said this there."""
    await until(lambda: any(text in each for each in said(world, chat)), 60)


async def asked(world: World, lead: User, name: str) -> Letter:
    """The question to a coordinator about a group, once it is there."""
    private = world.private(lead)
    await until(lambda: [each for each in offering(private, "是我们的群") if name in each.text.plain], 60)
    return [each for each in offering(private, "是我们的群") if name in each.text.plain][-1]


async def heard(world: World, who: User) -> None:
    """Everything is taken in, and somebody who asked the bot something has been answered."""
    await until(lambda: not world.updates and not world.unanswered())
    before = len(said(world, world.private(who)))
    world.say(who, world.private(who), "帮助")
    await until(lambda: len(said(world, world.private(who))) > before, 60)


async def test_a_stranger_who_adds_the_bot_to_a_group_of_their_own_gets_nothing(world, server, url):
    lead, chen, far = world.person("杨老师"), world.person("陈伯"), world.person("外人")
    group = world.group("小区", lead, chen, admins=(lead,), bot="administrator")
    theirs = world.group("外人的群", far, admins=(far,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        roster = await posted(world, group, lead, [lead, chen], places=2)
        pressed(world, chen, roster, "我来")
        await until(lambda: "1/2" in roster.text.plain)
        world.add_bot(far, theirs, "administrator")
        question = await asked(world, lead, "外人的群")
        assert "（外人拉的）" in question.text.plain
        await says(world, theirs, "等协调人私下告诉我")
        own = world.private(far)
        for words in ORDERS:
            world.say(far, theirs, words)
            world.say(far, own, words)
        for chat in (theirs, own):
            forged = world.write(chat, world.me, "名单")
            for data in (
                data_of(roster, "我来"),
                data_of(roster, "退出"),
                data_of(question, "是我们的群"),
                "x.confirm",
            ):
                world.press(far, forged, data)
            forged.gone = True
        world.rewrite(world.say(far, theirs, "你好"), "取消 1")
        await heard(world, lead)
        await says(world, own, "只为自己小区的邻居服务")
        assert len(said(world, theirs)) == 1
        assert set(said(world, own)) == {"您好，我是小板凳，只为自己小区的邻居服务。请先加入小区群。"}
        assert "1/2" in roster.text.plain
        assert "已取消" not in roster.text.plain
        pressed(world, lead, question, "不是")
        await until(lambda: not theirs.inside(world.me.id))
        assert len(said(world, theirs)) == 1


async def test_a_group_is_ours_once_a_coordinator_says_so(world, server, url):
    lead, li = world.person("杨老师"), world.person("李阿姨")
    group = world.group("小区", lead, admins=(lead,), bot="administrator")
    east = world.group("东区", li, admins=(li,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        await posted(world, group, lead, [lead], places=2)
        world.add_bot(li, east)
        pressed(world, lead, await asked(world, lead, "东区"), "是我们的群")
        await says(world, east, "要参加")
        world.say(li, world.private(li), "发布 巡逻 明天 20:00 西门 2人")
        await until(lambda: offering(world.private(li), "发布"), 60)


async def test_a_group_that_becomes_a_supergroup_before_anybody_answered_is_asked_about_once(world, server, url):
    lead, li = world.person("杨老师"), world.person("李阿姨")
    group = world.group("小区", lead, admins=(lead,), bot="administrator")
    east = world.group("东区", li, admins=(li,), bot="", type="group")
    async with whole_bot(world, server, url, groups=[group]):
        await posted(world, group, lead, [lead], places=2)
        world.add_bot(li, east)
        question = await asked(world, lead, "东区")
        new = world.upgrade(east)
        world.say(li, new, "+1")
        await heard(world, lead)
        assert sum(QUESTION in text for text in said(world, world.private(lead))) == 1
        assert said(world, new) == []
        pressed(world, lead, question, "是我们的群")
        await says(world, new, "要参加")


async def test_an_administrator_of_our_group_may_add_the_bot_without_having_said_a_word(world, server, url):
    """In our group the bot is a member like any other, so nobody tells it who rises there: it asks."""
    lead, li = world.person("杨老师"), world.person("李阿姨")
    group = world.group("小区", lead, li, admins=(lead, li))
    east = world.group("东区", li, admins=(li,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        world.say(lead, group, "大家好")
        world.add_bot(li, east)
        await says(world, east, "要参加")
        assert len(said(world, east)) == 1


async def test_whoever_was_an_administrator_of_our_group_may_not(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("小区", lead, chen, admins=(lead, chen))
    west = world.group("西区", chen, admins=(chen,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        world.say(chen, world.private(chen), "发布 巡逻 明天 20:00 西门 2人")
        await until(lambda: offering(world.private(chen), "发布"), 60)
    group.ranks[chen.id] = "member"
    async with whole_bot(world, server, url, groups=[group]):
        world.add_bot(chen, west)
        await says(world, west, "等协调人私下告诉我")
        world.say(chen, world.private(chen), "发布 巡逻 后天 20:00 西门 2人")
        await says(world, world.private(chen), "请协调人来做")


async def test_who_hides_behind_a_group_and_adds_the_bot_is_nobody_known(world, server, url):
    lead = world.person("杨老师")
    group = world.group("小区", lead, admins=(lead,), bot="administrator")
    theirs = world.group("外人的群", lead, admins=(lead,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        await posted(world, group, lead, [lead], places=2)
        world.add_bot(world.users[ANONYMOUS], theirs)
        await asked(world, lead, "外人的群")


async def test_our_group_stays_ours_when_the_bot_is_taken_out_and_added_by_somebody_else(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("小区", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url, groups=[group]):
        roster = await posted(world, group, lead, [lead, chen], places=2)
        world.expel_bot(lead, group)
        world.add_bot(chen, group, "administrator")
        world.say(chen, group, "名单")
        await until(lambda: [each for each in offering(group, "我来") if each is not roster], 60)
        assert not any(QUESTION in text for text in said(world, world.private(lead)))


async def test_a_group_in_privacy_mode_is_greeted_with_what_can_be_pressed_until_the_bot_is_made_administrator(
    world, server, url
):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("小区", lead, chen, admins=(lead,), bot="administrator")
    east = world.group("东区", lead, chen, admins=(lead,), bot="")
    world.sees_all = False
    async with whole_bot(world, server, url, groups=[group]):
        await posted(world, group, lead, [lead, chen], places=2)
        world.add_bot(lead, east)
        await says(world, east, "点名单下面的“我来”")
        assert not any("发“报名”" in each for each in said(world, east))
        await says(world, world.private(lead), "群“东区”里大家打的字，我看不到")
        pressed(world, chen, offering(east, "活动")[-1], "活动")
        await says(world, world.private(chen), "现在的活动")
        world.rank_bot(east, "administrator")
        await says(world, east, "发“报名”")
        await says(world, world.private(lead), "群“东区”里大家打的字，我看得到了")


async def test_a_group_where_the_bot_may_not_write_and_one_that_it_was_thrown_out_of_are_told_privately(
    world, server, url
):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("小区", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url, groups=[group]):
        roster = await posted(world, group, lead, [lead, chen], places=2)
        world.rank_bot(group, "restricted")
        await says(world, world.private(lead), "我在群“小区”里发不了消息")
        world.rank_bot(group, "administrator")
        await says(world, world.private(lead), "我在群“小区”里又能发消息了")
        world.expel_bot(lead, group)
        await says(world, world.private(lead), "我不在群“小区”里了")
        world.say(chen, world.private(chen), "报名")
        await says(world, world.private(chen), "陈伯，报上名了")
        assert "0/2" in roster.text.plain
        world.add_bot(lead, group, "administrator")
        await says(world, world.private(lead), "我又回到群“小区”了")
        await until(lambda: "1/2" in roster.text.plain, 60)


async def test_a_start_is_answered_each_time_and_the_link_of_a_poster_signs_up_after_confirming(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯", opened=False)
    group = world.group("小区", lead, chen, admins=(lead,), bot="administrator")
    own = world.private(chen)
    async with whole_bot(world, server, url, groups=[group]):
        roster = await posted(world, group, lead, [lead], places=2)
        world.say(chen, own, "/start")
        await says(world, own, "您好，我是小板凳。有活动")
        world.say(chen, own, "/start")
        await says(world, own, "陈伯，我在的")
        world.say(chen, own, "/start join_1")
        await until(lambda: offering(own, "确认"), 60)
        assert "0/2" in roster.text.plain
        pressed(world, chen, offering(own, "确认")[-1], "确认")
        await until(lambda: "1/2" in roster.text.plain, 60)
        world.block(chen)
        world.say(chen, own, "/start")
        await until(lambda: sum("陈伯，我在的" in each for each in said(world, own)) == 2, 60)


async def test_who_pressed_start_before_their_group_came_can_be_written_to_when_it_comes(world, server, url):
    lead, chen, li = (world.person(name, opened=False) for name in ("杨老师", "陈伯", "李阿姨"))
    group = world.group("小区", lead, admins=(lead,), bot="administrator")
    east = world.group("东区", lead, chen, li, admins=(lead,), bot="")
    async with whole_bot(world, server, url, groups=[group]):
        for who in (chen, li):
            world.say(who, world.private(who), "/start")
            await says(world, world.private(who), "请先加入小区群")
        world.block(li)
        await posted(world, group, lead, [lead], places=3)
        world.add_bot(lead, east, "administrator")
        await until(lambda: offering(east, "我来"), 60)
        for who in (chen, li):
            world.say(who, east, "报名")
        await says(world, world.private(chen), "陈伯，报上名了")
        await says(world, east, "李阿姨")
        assert not any("陈伯" in each and "单独提醒您" in each for each in said(world, east))
