"""What happens on Telegram, as the core hears it."""

from __future__ import annotations

import pytest

from core.messages import (
    Blocked,
    Chat,
    Edited,
    Entered,
    Expelled,
    Joined,
    Left,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
)
from core.network import Standing
from tests.telegram.faults import Fault
from tests.telegram.sample import ROSTER, place
from tests.telegram.waiting import until
from tests.telegram.world import ANONYMOUS, User


async def test_words_edits_answers_and_presses_come_in_the_order_they_happened(listening, world, village):
    chen = world.person("陈伯", last="(东门)")
    group = world.group("邻里", chen)
    sent = await listening.send(place(group), ROSTER, "1.1")
    roster = group.letters[int(sent)]
    said = world.say(chen, group, "+1", reply_to=roster)
    world.rewrite(said, "+2")
    press = world.press(chen, roster, "p1.join")
    await until(lambda: press.answer is not None)
    who = Person("telegram", str(chen.id), "陈伯 (东门)", "zh-hans")
    chat = Chat("telegram", str(group.id), name="邻里")
    match village.heard():
        case [
            Said(chat=a, person=b, text="+1", message=number, reply_to=answered),
            Edited(chat=c, person=d, text="+2", message=same),
            Pressed(chat=e, person=f, message=under, action="p1.join", emoji=None),
        ]:
            assert (a, c, e) == (chat, chat, chat)
            assert (b, d, f) == (who, who, who)
            assert number == same == str(said.number)
            assert answered == under == sent
        case other:
            pytest.fail(str(other))
    assert len({event.event for event in village.events}) == len(village.events)


async def test_a_start_link_opens_the_private_chat_with_its_token(listening, world, village):
    chen = world.person("陈伯", opened=False)
    for text in ("/start", "/start abc-DEF_1", "/start hello", "你好"):
        world.say(chen, world.private(chen), text)
    await until(lambda: len(village.heard()) == 4)
    assert [event.token for event in village.heard(Opened)] == ["", "abc-DEF_1", ""]
    assert [event.text for event in village.heard(Said)] == ["你好"]
    assert all(event.chat == Chat("telegram", str(chen.id), private=True) for event in village.heard())


async def test_blocking_and_coming_back_are_told(listening, world, village):
    chen = world.person("陈伯")
    await until(lambda: world.wanted)
    world.block(chen)
    world.say(chen, world.private(chen), "回来了")
    await until(lambda: len(village.heard()) == 3)
    assert [type(event) for event in village.heard()] == [Blocked, Opened, Said]


async def test_people_and_the_bot_come_and_go(listening, world, village):
    yang, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", yang, admins=(yang,), bot="")
    await until(lambda: world.wanted)
    world.add_bot(yang, group, "administrator")
    await until(lambda: village.heard(Entered))
    world.enter(chen, group)
    world.promote(chen, group)
    world.leave(chen, group)
    world.expel_bot(yang, group)
    await until(lambda: village.heard(Expelled))
    assert {type(event) for event in village.events} == {Entered, Joined, Ranked, Left, Expelled}
    entered = village.heard(Entered)[0]
    assert entered.person.name == "杨老师"
    assert [event.administrator for event in village.heard(Ranked)] == [True, False]


async def test_who_cannot_be_told_has_no_id_and_other_bots_and_channels_are_not_heard(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    channel = world.group("频道", chen, type="channel", bot="administrator")
    await until(lambda: world.wanted)
    world.tell("message", world.write(group, world.users[ANONYMOUS], "取消 1", sender_chat=group).json())
    world.tell("message", world.write(group, world.other_bot(), "+1").json())
    world.tell("message", world.write(group, chen, "公告", extra={"is_automatic_forward": True}).json())
    world.updates.append({"update_id": 1, "channel_post": world.write(channel, chen, "公告").json()})
    world.say(chen, group, "报名")
    await until(lambda: len(village.heard()) == 2)
    assert [(event.person.id, event.person.name, event.text) for event in village.heard()] == [
        ("", "邻里", "取消 1"),
        (str(chen.id), "陈伯", "报名"),
    ]


async def test_the_bots_own_name_is_no_part_of_what_is_said(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    for text in (
        "/list@xiaobandeng_bot 3",
        "@xiaobandeng_bot 报名",
        "报名 @Xiaobandeng_Bot",
        "/list@other_bot",
        "/LIST",
    ):
        world.say(chen, group, text)
    await until(lambda: len(village.heard()) == 4)
    assert [event.text for event in village.heard()] == ["/list 3", "报名", "报名", "/LIST"]


def named(who: User) -> Person:
    return Person("telegram", str(who.id))


async def test_a_rank_is_asked_when_it_is_needed_and_a_crowd_asks_once(listening, world, village, server):
    yang, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", chen, yang, admins=(yang,))
    asked = [await listening.standing(named(who), place(group), acting=True) for who in (yang, chen, chen)]
    assert [standing.administrator for standing in asked] == [True, False, False]
    assert [standing.present for standing in asked] == [None, None, None]
    assert server.count("getChatAdministrators") == 1
    assert server.count("getChatMember") == 0
    assert village.events == []


async def test_a_change_of_rank_that_is_told_is_true_at_once(listening, world, village):
    yang, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", chen, yang, admins=(yang,), bot="administrator")
    await until(lambda: world.wanted)
    assert not (await listening.standing(named(chen), place(group), acting=True)).administrator
    world.promote(chen, group)
    await until(lambda: village.heard(Ranked))
    assert (await listening.standing(named(chen), place(group), acting=True)).administrator


async def test_who_comes_to_the_private_chat_first_is_looked_for_in_the_groups(listening, world):
    """So a neighbour who has not spoken yet is no stranger, and nobody coordinates who did so before a restart."""
    yang, chen, far = (world.person(name, opened=False) for name in ("杨老师", "陈伯", "外人"))
    group = world.group("邻里", chen, yang, admins=(yang,))
    asked = [await listening.standing(named(who), place(group), acting=False) for who in (yang, chen, far)]
    assert [(standing.present, standing.administrator) for standing in asked] == [
        (True, True),
        (True, False),
        (False, False),
    ]


async def test_who_left_and_who_spoke_need_not_be_looked_for(listening, world, village, server):
    chen, li = world.person("陈伯"), world.person("李阿姨")
    group = world.group("邻里", chen, li)
    world.say(chen, group, "+1")
    world.leave(li, group)
    await until(lambda: len(village.events) == 2)
    asked = [await listening.standing(named(who), place(group), acting=False) for who in (chen, li)]
    assert [standing.present for standing in asked] == [True, False]
    assert server.count("getChatMember") == 0


async def test_where_members_are_hidden_nobody_is_said_to_be_away(listening, world, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    group.hidden = True
    asked = [await listening.standing(named(chen), place(group), acting=False) for _ in range(2)]
    assert [standing.present for standing in asked] == [None, None]
    assert server.count("getChatMember") == 1


async def test_where_telegram_does_not_answer_nothing_is_said(listening, world, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    for method in ("getChatMember", "getChatAdministrators"):
        server.faults.plan(method, Fault("broken"))
    assert await listening.standing(named(chen), place(group), acting=False) == Standing()


async def test_nobody_is_said_to_be_in_a_group_for_having_pressed_something_there(listening, world, village):
    far = world.person("外人")
    group = world.group("邻里", world.person("陈伯"))
    press = world.press(far, world.write(group, world.me, "名单"), "p1.join")
    await until(lambda: press.answer is not None)
    assert [type(event) for event in village.events] == [Pressed]
    assert (await listening.standing(named(far), place(group), acting=False)).present is False
