"""Groups with topics: what belongs to one stands there, and a closed General is no obstacle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.telegram.waiting import until
from tests.telegram.whole import offering, posted, pressed, whole_bot
from tests.telegram.world import Chat, Letter, User, World


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/topics.db"


def forum(world: World, lead: User, *people: User) -> Chat:
    """A group with General, which is open, and the topics 5 and 6."""
    group = world.group("小区", lead, *people, admins=(lead,), bot="administrator")
    group.forum, group.topics = True, {1: True, 5: True, 6: True}
    return group


def order(place: str) -> str:
    start = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).astimezone(ZoneInfo("Asia/Shanghai"))
    return f"发布 巡逻 {start.month}月{start.day}日 {start:%H:%M} {place} 3人"


async def roster_of(world: World, group: Chat, lead: User, place: str) -> Letter:
    """What was just drafted is posted; the newest roster with this place."""
    await until(lambda: any(place in each.text.plain for each in offering(world.private(lead), "发布")), 60)
    draft = [each for each in offering(world.private(lead), "发布") if place in each.text.plain][-1]
    pressed(world, lead, draft, "发布")
    await until(lambda: any(place in each.text.plain for each in offering(group, "我来")), 60)
    return [each for each in offering(group, "我来") if place in each.text.plain][-1]


async def test_a_roster_stands_in_the_topic_in_which_it_was_posted_and_what_is_said_to_it_there(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯", opened=False)
    group = forum(world, lead, chen)
    async with whole_bot(world, server, url, groups=[group]):
        usual = await posted(world, group, lead, [lead], places=2)
        assert usual.topic is None
        world.say(lead, group, order("西门"), topic=5)
        roster = await roster_of(world, group, lead, "西门")
        assert roster.topic == 5
        words = world.say(chen, group, "我来", topic=5)  # which of the two: the one that stands there
        await until(lambda: "1/3" in roster.text.plain, 60)
        await until(lambda: any("单独提醒您" in each.text.plain for each in group.shown()), 60)
        asks = next(each for each in group.shown() if "单独提醒您" in each.text.plain)
        assert (asks.topic, asks.reply_to) == (5, words)
        gone = world.say(chen, group, "去不了", topic=5)
        gone.gone = True
        await until(lambda: "0/3" in roster.text.plain, 60)
        world.say(chen, group, "名单 2", topic=6)
        await until(lambda: [each for each in offering(group, "我来") if each.topic == 6], 60)
        await until(lambda: roster.gone, 60)


async def test_where_general_is_closed_all_goes_into_the_topic_in_which_people_speak(world, server, url):
    lead = world.person("杨老师")
    group = forum(world, lead)
    group.topics[1] = False
    async with whole_bot(world, server, url, groups=[group]):
        world.say(lead, group, "大家好", topic=6)
        world.say(lead, world.private(lead), order("东门"))
        assert (await roster_of(world, group, lead, "东门")).topic == 6
        group.topics[5] = False
        world.say(lead, group, order("南门"), topic=5)
        group.topics[6] = True
        world.say(lead, group, "大家好", topic=6)
        assert (await roster_of(world, group, lead, "南门")).topic == 6
        assert not any("不在群" in each.text.plain for each in world.private(lead).shown())


async def test_a_roster_whose_topic_was_closed_goes_on_in_an_open_one(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = forum(world, lead, chen)
    async with whole_bot(world, server, url, groups=[group]):
        world.say(lead, group, "大家好", topic=6)
        for who in (lead, chen):
            world.say(who, world.private(who), "/start")
        world.say(lead, group, order("西门"), topic=5)
        old = await roster_of(world, group, lead, "西门")
        group.topics[5] = False
        pressed(world, chen, old, "我来")
        await until(lambda: any("1/3" in each.text.plain for each in offering(group, "我来")), 60)
        assert offering(group, "我来")[-1].topic != 5
        assert not any("发不了消息" in each.text.plain for each in world.private(lead).shown())
