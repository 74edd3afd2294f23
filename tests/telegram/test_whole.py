"""The whole bot and people's phones, where only Telegram makes the difference."""

from __future__ import annotations

import pytest

from tests.telegram.waiting import until
from tests.telegram.whole import offering, posted, pressed, whole_bot
from tests.telegram.world import ANONYMOUS


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/whole.db"


async def test_whoever_is_led_to_their_private_chat_reads_there_what_their_press_did(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯", opened=False)
    group = world.group("邻里", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead], places=2)
        press = pressed(world, chen, roster, "我来")
        await until(lambda: press.answer is not None and "1/2" in roster.text.plain)
        assert press.answer == {"url": "https://t.me/xiaobandeng_bot?start=hello"}
        private = world.private(chen)
        assert [letter for letter in private.shown() if letter.author is world.me] == []
        before = len(group.shown())
        world.say(chen, private, "/start hello")
        await until(lambda: any("报上名了" in letter.text.plain for letter in private.shown()))
        await until(lambda: any("小板凳" in letter.text.plain for letter in private.shown()))
        assert [button["text"] for letter in private.shown() for button in letter.buttons()] == ["↩️ 撤销"]
        pressed(world, chen, next(letter for letter in private.shown() if letter.buttons()), "撤销")
        await until(lambda: "0/2" in roster.text.plain)
        assert len(group.shown()) == before  # nothing of it in the group


async def test_who_hides_behind_the_group_is_kindly_asked_for_a_name_and_a_channel_is_not_answered(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead, chen], places=2)
        world.tell("message", world.write(group, chen, "+1", extra={"is_automatic_forward": True}).json())
        world.tell("message", world.write(group, world.users[ANONYMOUS], "+1", sender_chat=group).json())
        await until(lambda: any("请用您自己的名字说话" in letter.text.plain for letter in group.shown()))
        pressed(world, chen, roster, "我来")
        await until(lambda: "1/2" in roster.text.plain)
        said = [letter for letter in group.shown() if letter.author is world.me]
        assert len(said) == 2  # the roster, the kind word


async def test_the_roster_is_pinned_where_that_is_wanted(world, server, url):
    lead = world.person("杨老师")
    group = world.group("邻里", lead, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead], places=2)
        await until(lambda: group.pinned == [roster.number])


async def test_the_roster_is_not_pinned_where_that_is_not_wanted(world, server, url):
    lead = world.person("杨老师")
    group = world.group("邻里", lead, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url, pin=False):
        roster = await posted(world, group, lead, [lead], places=2)
        pressed(world, lead, roster, "我来")
        await until(lambda: "1/2" in roster.text.plain)
        assert server.count("pinChatMessage") == 0


async def test_a_burst_of_claims_becomes_a_few_edits_within_the_limits(world, server, url):
    world.late = 600.0
    lead, people = world.person("杨老师"), [world.person(f"邻居{n}号") for n in range(15)]
    group = world.group("邻里", lead, *people, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead, *people], places=15)
        presses = [pressed(world, user, roster, "我来") for user in people]
        await until(lambda: "15/15" in roster.text.plain)
        await until(lambda: all(press.answer for press in presses))
        assert len(roster.versions) < 15
        assert server.flood.refusals == 0
        assert all(user.first_name in roster.text.plain for user in people)


async def test_a_group_that_becomes_a_supergroup_keeps_its_roster_and_its_claims(world, server, url):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", lead, chen, admins=(lead,), type="group", bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead, chen], places=2)
        pressed(world, chen, roster, "我来")
        await until(lambda: "1/2" in roster.text.plain)
        new = world.upgrade(group)
        await until(lambda: offering(new, "我来"))
        again = offering(new, "我来")[-1]
        assert "1/2" in again.text.plain
        assert "陈伯" in again.text.plain
        pressed(world, lead, again, "我来")
        await until(lambda: "2/2" in again.text.plain)


async def test_nothing_of_a_group_that_became_a_supergroup_is_changed_where_its_numbers_mean_something_else(
    world, server, url
):
    """A board, a line for somebody without a private chat, an old roster that is still on people's screens."""
    lead, chen, li = world.person("杨老师"), world.person("陈伯", opened=False), world.person("李阿姨")
    group = world.group("邻里", lead, chen, li, admins=(lead,), type="group", bot="administrator")
    async with whole_bot(world, server, url):
        world.say(li, group, "发现 3号楼门口的路灯坏了")
        await until(lambda: any("路灯" in letter.text.plain for letter in group.shown() if letter.author is world.me))
        roster = await posted(world, group, lead, [lead, li], places=3)
        world.say(chen, group, "+1")
        await until(lambda: any("单独提醒您" in letter.text.plain for letter in group.shown()))
        line = next(letter for letter in group.shown() if "单独提醒您" in letter.text.plain)
        new = world.upgrade(group)
        await until(lambda: offering(new, "我来"))
        again = offering(new, "我来")[-1]
        await until(lambda: any("路灯" in letter.text.plain for letter in new.shown()))
        world.tell("my_chat_member", left(world, group, lead))  # whatever comes of the old group is of no concern
        while len(new.letters) < max(line.number, roster.number):
            world.say(lead, new, "大家好")
        world.say(lead, new, "今天真冷", reply_to=new.letters[roster.number])
        pressed(world, li, roster, "我来")
        await until(lambda: "2/3" in again.text.plain)
        world.say(chen, new, "退出")
        await until(lambda: "1/3" in again.text.plain)
        world.say(li, new, "事1 好了")
        await until(lambda: not world.updates)
        assert len(offering(new, "我来")) == 1
        assert sum("路灯" in letter.text.plain for letter in new.shown() if letter.author is world.me) == 1
        assert [letter for letter in world.private(lead).shown() if "不在群" in letter.text.plain] == []
        assert all(letter.versions[-1][:2] == letter.versions[0][:2] for letter in new.shown()), "each stays what it is"


def left(world, group, by):
    """What tells the bot that it is out of a group."""
    was, out = world.member(group, world.me), {"status": "left", "user": world.me.json()}
    return {"chat": group.json(), "from": by.json(), "date": 1, "old_chat_member": was, "new_chat_member": out}


async def test_privacy_mode_is_told_to_the_operator_with_what_to_do(world, server, url, caplog):
    world.sees_all = False
    async with whole_bot(world, server, url):
        await until(lambda: "/setprivacy" in caplog.text)
