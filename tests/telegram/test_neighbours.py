"""What neighbours say to one another, which Telegram shows: whose words are answered, and what they said."""

from __future__ import annotations

import pytest

from tests.telegram.waiting import until
from tests.telegram.whole import offering, posted, pressed, whole_bot


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/whole.db"


async def test_an_answer_to_a_neighbour_who_speaks_of_something_else_is_no_promise_but_asked_about(world, server, url):
    lead, zhou, chen, li = (world.person(name) for name in ("杨老师", "周师傅", "陈伯", "李阿姨"))
    group = world.group("邻里", lead, zhou, chen, li, admins=(lead,), bot="administrator")
    own = world.private(chen)
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead, chen, li], places=4)
        asks_for_sauce = world.say(zhou, group, "我家酱油用完了，谁去超市帮我带一瓶？")
        world.say(chen, group, "我来", reply_to=asks_for_sauce)
        await until(lambda: offering(own, "先不报"))
        world.say(chen, group, "我来我来", reply_to=asks_for_sauce)
        calls = world.say(zhou, group, "巡逻还差两个人，谁来？")
        world.say(li, group, "我来", reply_to=calls)
        await until(lambda: "1/4" in roster.text.plain)
        assert "李阿姨" in roster.text.plain
        assert len(offering(own, "先不报")) == 1, "it is asked once"
        pressed(world, chen, offering(own, "先不报")[-1], "报名")
        await until(lambda: "2/4" in roster.text.plain)
        world.say(chen, group, "去不了", reply_to=world.say(zhou, group, "周末去公园吗"))
        await until(lambda: offering(own, "照常来"))
        assert "2/4" in roster.text.plain
        pressed(world, chen, offering(own, "照常来")[-1], "来不了")
        await until(lambda: "1/4" in roster.text.plain)


async def test_who_pressed_start_while_the_bot_was_in_no_group_is_known_as_soon_as_it_comes(world, server, url):
    lead, chen = world.person("杨老师", opened=False), world.person("陈伯", opened=False)
    group = world.group("小区", lead, chen, admins=(lead,), bot="")
    async with whole_bot(world, server, url):
        for who in (lead, chen):
            world.say(who, world.private(who), "/start")
            await until(lambda who=who: any("先加入小区群" in each.text.plain for each in world.private(who).shown()))
        world.add_bot(lead, group, "administrator")
        world.say(chen, world.private(chen), "/start")
        await until(lambda: any("有活动我会在这里提醒您" in each.text.plain for each in world.private(chen).shown()))
        world.say(lead, world.private(lead), "发布 巡逻 明天 20:00 西门 2人")
        await until(lambda: offering(world.private(lead), "发布"))
