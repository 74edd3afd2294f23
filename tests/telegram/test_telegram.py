"""What the core may rely on when it talks through Telegram."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.telegram import TelegramSettings, catalogue
from adapters.telegram.network import Telegram
from core.messages import (
    Action,
    Answer,
    Blocked,
    Bold,
    Chat,
    Edited,
    Entered,
    Expelled,
    Joined,
    Left,
    Mention,
    Message,
    Moved,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
)
from core.network import Gone, Later, Lost, Refused, UnusableError
from tests.telegram.conftest import Village
from tests.telegram.faults import Fault
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import ANONYMOUS, World

ROSTER = Message(
    (Bold("巡逻"), " 周五 19:00\n0/2"),
    (Action("p1.join", "我来", "🙋"), Action("p1.leave", "退出"), Action("p1.more", "更多")),
)


def place(chat) -> Chat:
    return Chat("telegram", str(chat.id), private=chat.type == "private")


# ---------------------------------------------------------------- what is shown


async def test_a_roster_stands_there_with_its_buttons_two_in_a_row(telegram: Telegram, world: World):
    group = world.group("邻里", world.person("陈伯"))
    sent = await telegram.send(place(group), ROSTER, "1.1")
    letter = group.letters[int(sent)]
    assert letter.text.plain == "巡逻 周五 19:00\n0/2"
    assert [each["type"] for each in letter.text.entities] == ["bold"]
    rows = letter.markup["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["🙋 我来", "退出"], ["更多"]]


async def test_an_edit_keeps_the_buttons_and_showing_the_same_again_is_success(
    telegram: Telegram, world: World, server: Server
):
    server.flood.on = False
    group = world.group("邻里", world.person("陈伯"))
    sent = await telegram.send(place(group), ROSTER, "1.1")
    changed = Message(("巡逻 1/2",), ROSTER.actions)
    await telegram.edit(place(group), sent, changed, "1.1.e2")
    await telegram.edit(place(group), sent, changed, "1.1.e2")
    assert group.letters[int(sent)].versions == ["巡逻 周五 19:00\n0/2", "巡逻 1/2"]
    assert len(group.letters[int(sent)].buttons()) == 3


async def test_a_mention_calls_exactly_the_person_meant(telegram: Telegram, world: World):
    chen, other = world.person("陈伯", username="chen"), world.person("陈伯", username="chen2")
    group = world.group("邻里", chen, other)
    words = (
        Mention(Person("telegram", str(chen.id), "陈伯 <b>&")),
        " 和 ",
        Mention(Person("matrix", "@x:y", "@chen2")),
    )
    sent = await telegram.send(place(group), Message(words), "1.1")
    assert group.letters[int(sent)].notified() == {chen.id}
    assert group.letters[int(sent)].text.plain.startswith("陈伯 <b>& 和 ")


HOSTILE = [
    "<b>", "</b>", "<a href=tg://user?id=1001>x</a>", "&amp;&lt;", "&#0;", "a\x00b", "\ud800", "\u202eabc\u2066",
    "@chen2 @admin", "x" * 5000, "e" + "\u0301" * 500, "👨‍👩‍👧" * 900,
    "*_`[]()~>#+-=|{}.!\\", "\n\n\n", "'; DROP TABLE--", "＠chen2", "tg://user?id=1001",
    "<tg-spoiler>", "<!-- -->", "]]>", "%s%n{0}", "\u200b\u200b", "/start@other_bot",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
async def test_nothing_that_people_write_breaks_a_message_or_calls_anybody(
    telegram: Telegram, world: World, server, words: str
):
    server.flood.on = False
    chen = world.person("陈伯", username="chen2")
    group = world.group("邻里", chen)
    sent = await asyncio.wait_for(
        telegram.send(place(group), Message(("1. ", words, Bold(words), " 完"), ROSTER.actions), "1.1"), 30
    )
    shown = group.shown()
    assert "".join(letter.text.plain for letter in shown).startswith("1.")
    assert shown[-1].text.plain.endswith("完")
    assert sent == "+".join(str(letter.number) for letter in shown)
    assert all(letter.notified() == set() for letter in shown)
    assert [len(letter.buttons()) for letter in shown] == [0] * (len(shown) - 1) + [3]


async def test_a_long_message_is_split_between_paragraphs_and_edited_as_one(
    telegram: Telegram, world: World, server: Server
):
    server.flood.on = False
    chat = world.private(world.person("陈伯"))
    text = "\n\n".join(f"第{n}段 " + "字" * 300 for n in range(20))
    sent = await telegram.send(place(chat), Message((text,), ROSTER.actions), "1.1")
    first, second = chat.shown()
    assert first.text.plain.endswith("字")
    assert second.text.plain.startswith("第")
    await telegram.edit(place(chat), sent, Message(("完了",)), "1.1.e2")
    assert [letter.text.plain for letter in chat.shown()] == ["完了"]
    with pytest.raises(Lost):
        await telegram.edit(place(chat), sent, Message((text * 2,)), "1.1.e3")


async def test_what_telegram_would_never_take_is_refused_before_it_is_sent(
    telegram: Telegram, world: World, server: Server
):
    chat = place(world.private(world.person("陈伯")))
    for message in (Message(()), Message((" \n", Bold(" "))), Message(("x",), (Action("长" * 22, "x"),))):
        with pytest.raises(Refused):
            await telegram.send(chat, message, "1.1")
    assert server.count("sendMessage") == 0


async def test_a_group_that_keeps_to_a_topic_is_written_to_there_and_heard_everywhere(settings, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    group.forum, group.topics = True, {5: True, 6: False}
    telegram = Telegram(TelegramSettings(settings.token, settings.base_url, groups=(f"{group.id}/5",)))
    running = asyncio.create_task(telegram.run(village.receive))
    made = world.write(group, chen, "", extra={"forum_topic_created": {"name": "闲聊", "icon_color": 1}})
    world.say(chen, group, "报名", topic=6, reply_to=made)
    await until(lambda: village.heard(Said))
    said = village.heard(Said)[0]
    assert said.reply_to is None
    assert said.chat.id == f"{group.id}/5"
    sent = await telegram.send(said.chat, Message(("好",)), "1.1")
    assert group.letters[int(sent)].topic == 5
    group.topics[5] = False
    await asyncio.sleep(1.1)
    with pytest.raises(Gone):
        await telegram.send(said.chat, Message(("好",)), "2.1")
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


# ---------------------------------------------------------------- what fails


async def test_somebody_who_never_wrote_or_left_or_blocked_is_gone(telegram: Telegram, world: World):
    stranger, blocked, deleted = world.person("王伯", opened=False), world.person("李"), world.person("赵")
    blocked.blocked = deleted.deleted = True
    group = world.group("邻里", stranger, bot="kicked")
    for chat in (world.private(stranger), world.private(blocked), world.private(deleted), group):
        with pytest.raises(Gone):
            await telegram.send(place(chat), ROSTER, "1.1")
    with pytest.raises(Gone):
        await telegram.send(Chat("telegram", "-100999"), ROSTER, "1.1")


async def test_a_message_that_was_deleted_or_is_not_ours_is_lost(telegram: Telegram, world: World, server: Server):
    server.flood.on = False
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    theirs = world.say(chen, group, "早")
    mine = await telegram.send(place(group), ROSTER, "1.1")
    group.letters[int(mine)].gone = True
    for lost in (mine, str(theirs.number), "77"):
        with pytest.raises(Lost):
            await telegram.edit(place(group), lost, ROSTER, "1.1.e2")
    await telegram.remove(place(group), mine)


async def test_a_wait_is_for_the_chat_that_was_asked_to_wait(telegram: Telegram, world: World, server: Server):
    chat = place(world.private(world.person("陈伯")))
    server.faults.plan("sendMessage", Fault("flood", 7))
    with pytest.raises(Later) as later:
        await telegram.send(chat, ROSTER, "1.1")
    assert (later.value.seconds, later.value.everywhere) == (7, False)
    await telegram.send(chat, ROSTER, "1.1")
    with pytest.raises(Later):
        await telegram.send(chat, ROSTER, "1.2")


@pytest.mark.parametrize("kind", ["broken", "cut before", "cut after"])
async def test_a_line_that_breaks_is_no_verdict_on_the_message(telegram: Telegram, world: World, server: Server, kind):
    chat = world.private(world.person("陈伯"))
    server.faults.plan("sendMessage", Fault(kind))
    with pytest.raises(Exception) as error:  # noqa: PT011 - any error but a verdict
        await telegram.send(place(chat), ROSTER, "1.1")
    assert not isinstance(error.value, Gone | Lost | Refused | Later)
    assert len(chat.letters) == (kind == "cut after")


async def test_a_group_that_became_a_supergroup_is_followed_and_told_of_once(listening: Telegram, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen, type="group")
    await until(lambda: world.wanted)
    new = world.upgrade(group, tell=False)
    sent = await listening.send(place(group), ROSTER, "1.1")
    assert new.letters[int(sent)].text.plain.startswith("巡逻")
    assert village.heard() == [Moved(f"moved.{group.id}.{new.id}", place(group), Chat("telegram", str(new.id)))]


async def test_a_wrong_token_ends_the_run_with_words_that_help(server: Server, village: Village):
    telegram = Telegram(TelegramSettings("1:wrong", base_url=server.url, lang="en"))
    with pytest.raises(UnusableError, match="BotFather"):
        await telegram.run(village.receive)


async def test_neither_the_token_nor_what_people_write_stands_in_any_log(settings, world, village, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.faults.plan("getUpdates", Fault("broken"))
    telegram = Telegram(settings)
    running = asyncio.create_task(telegram.run(village.receive))
    chen = world.person("陈伯")
    world.say(chen, world.private(chen), "302室的药")
    await until(lambda: village.heard(Said))
    server.faults.plan("sendMessage", Fault("broken"))
    with suppress(Exception):
        await telegram.send(place(world.private(chen)), Message(("302室的药",)), "1.1")
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert caplog.records
    assert world.token not in caplog.text
    assert "302" not in caplog.text
    assert world.token not in repr(settings)


async def test_a_proxy_is_used_for_every_call(settings, world, server):
    asked = []

    async def forward(request: web.Request) -> web.Response:
        asked.append(request.path)
        async with (
            ClientSession() as session,
            session.post(
                f"{server.url}{request.path}", data=await request.read(), headers={"Content-Type": request.content_type}
            ) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", forward)
    async with TestServer(app) as proxy:
        telegram = Telegram(replace(settings, proxy=f"http://127.0.0.1:{proxy.port}"))
        chat = world.private(world.person("陈伯"))
        await telegram.send(place(chat), ROSTER, "1.1")
        world.say(world.users[chat.id], chat, "你好")
        await telegram._line.updates(None)
        await telegram._line.hang_up()
    assert [path.rpartition("/")[2] for path in asked] == ["sendMessage", "getUpdates"]
    assert Telegram(replace(settings, proxy="socks5://127.0.0.1:1"))


# ---------------------------------------------------------------- what is heard


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
    assert (entered.person.name, entered.administrator) == ("杨老师", True)
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


async def test_a_rank_is_asked_afresh_before_a_word_that_may_need_it(listening, world, village):
    yang, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", chen, yang, admins=(yang,))
    world.say(yang, group, "发布 巡逻")
    world.say(yang, world.private(yang), "取消 1")
    world.say(chen, group, "+1")
    await until(lambda: len(village.events) == 5)
    assert [(type(event), getattr(event, "administrator", None)) for event in village.events] == [
        (Ranked, True),
        (Said, None),
        (Said, None),
        (Ranked, False),
        (Said, None),
    ]


async def test_who_was_an_administrator_before_a_restart_is_asked_about_privately_too(listening, world, village):
    yang, chen, far = world.person("杨老师"), world.person("陈伯"), world.person("外人")
    group = world.group("邻里", yang, chen, admins=(yang,))
    listening.watch([place(group)], [(str(group.id), str(chen.id))])
    for who in (yang, chen, far):
        world.say(who, world.private(who), "取消 1")
    await until(lambda: len(village.heard(Said)) == 3)
    ranked = village.heard(Ranked)
    assert [(event.person.name, event.administrator) for event in ranked] == [("杨老师", True), ("陈伯", False)]
    assert all(event.chat == place(group) for event in ranked)


async def test_who_comes_to_the_private_chat_first_is_known_to_be_in_the_group(listening, world, village):
    chen, far = world.person("陈伯", opened=False), world.person("外人", opened=False)
    group = world.group("邻里", chen)
    listening.watch([place(group)])
    for who in (far, chen, chen):
        world.say(who, world.private(who), "/start")
    await until(lambda: len(village.heard(Opened)) == 3)
    assert [(type(event), event.person.name) for event in village.events] == [
        (Opened, "外人"),
        (Joined, "陈伯"),
        (Opened, "陈伯"),
        (Opened, "陈伯"),
    ]
    assert village.heard(Joined)[0].chat == place(group)


async def test_nobody_is_said_to_be_in_a_group_for_having_pressed_something_there(listening, world, village):
    far = world.person("外人")
    group = world.group("邻里", world.person("陈伯"))
    press = world.press(far, world.write(group, world.me, "名单"), "p1.join")
    await until(lambda: press.answer is not None)
    assert [type(event) for event in village.events] == [Pressed]


# ---------------------------------------------------------------- what is answered


async def test_every_press_is_answered_once_whatever_was_pressed(listening, world, village):
    chen, far = world.person("陈伯"), world.person("外人")
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    village.answer = lambda event: Answer(toast="名额满了，您排第1位。" * 30, alert=True)
    presses = [
        world.press(chen, letter, "p1.join"),
        world.press(far, letter, "p1.join"),
        world.press(chen, letter, "p1.join", old=True),
        world.press(chen, letter, "forged " * 9),
        world.press(chen, letter, None),
        world.press(chen, None, "p1.join"),
    ]
    await until(lambda: not world.unanswered())
    assert all(press.answer["show_alert"] and len(press.answer["text"]) == 200 for press in presses)
    assert len(village.heard(Pressed)) == 6


async def test_somebody_without_a_private_chat_is_led_to_one_with_the_press(listening, world, village):
    chen = world.person("陈伯", opened=False)
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    village.answer = lambda event: Answer(toast="好", open=isinstance(event, Pressed))
    press = world.press(chen, letter, "p1.join")
    await until(lambda: press.answer is not None)
    assert press.answer == {"url": "https://t.me/xiaobandeng_bot?start=hello"}


async def test_a_press_answered_too_late_or_in_trouble_stops_nobody(listening, world, village, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    server.faults.plan("answerCallbackQuery", Fault("broken"), Fault("flood", 1), Fault("cut after"))
    late = world.press(chen, letter, "p1.join")
    late.at -= 60
    press = world.press(chen, letter, "p1.leave")
    await until(lambda: press.answer is not None)
    world.say(chen, group, "在吗")
    await until(lambda: village.heard(Said))
    assert late.answer is None


async def test_a_mark_is_put_on_anybodys_words(telegram, world):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    said = world.say(chen, group, "+1")
    await telegram.react(place(group), str(said.number), "👍", "mark.1")
    assert said.reactions == {world.me.id: ["👍"]}


# ---------------------------------------------------------------- nothing is lost


async def test_what_could_not_be_stored_is_handed_over_again_in_order(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    village.broken = 2
    for n in range(3):
        world.say(chen, group, f"+{n}")
    await until(lambda: len(village.heard()) == 3)
    assert [event.text for event in village.heard()] == ["+0", "+1", "+2"]


async def test_an_update_that_was_not_stored_is_not_confirmed(telegram, world, server, settings, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    for n in range(3):
        world.say(chen, group, f"+{n}")
    village.broken = 1_000_000
    running = asyncio.create_task(telegram.run(village.receive))
    await until(lambda: village.broken < 1_000_000)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert len(world.updates) == 3
    village.broken = 0
    again = asyncio.create_task(Telegram(settings).run(village.receive))
    await until(lambda: len(village.heard()) == 3 and not world.updates)
    again.cancel()
    with suppress(asyncio.CancelledError):
        await again


async def test_numbers_that_begin_anew_after_an_idle_week_lose_nothing(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    world.say(chen, group, "+1")
    await until(lambda: not world.updates)
    world.idle_week()
    world.say(chen, group, "+2")
    await until(lambda: len(village.heard()) == 2)


async def test_updates_of_the_future_pass_by_without_harm(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    await until(lambda: world.wanted)
    world.tell("hologram", {"depth": 3})
    world.updates.append({"update_id": 99, "message": {"no": "chat"}})
    world.updates.append({"update_id": 100, "message": 7})
    data = world.write(group, chen, "+1").json() | {
        "mood": {"colour": "blue"},
        "entities": [{"type": "scent", "offset": 0, "length": 1}],
    }
    world.updates.append({"update_id": 101, "message": data, "surprise": True})
    world.arrived.set()
    await until(lambda: len(village.heard()) == 1 and not world.updates)
    assert village.heard()[0].text == "+1"


async def test_a_server_in_trouble_is_asked_again(listening, world, village, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    server.faults.plan("getUpdates", Fault("broken"), Fault("cut after"), Fault("flood", 1))
    world.say(chen, group, "+1")
    world.say(chen, group, "+2")
    await until(lambda: len(village.heard()) == 2)


async def test_ending_takes_a_moment_only(telegram, world, village):
    running = asyncio.create_task(telegram.run(village.receive))
    await until(lambda: world.wanted)
    running.cancel()
    async with asyncio.timeout(3):
        with suppress(asyncio.CancelledError):
            await running


# ---------------------------------------------------------------- face


async def test_menus_and_descriptions_are_set_once_in_every_language(listening, world, server, settings, village):
    await until(lambda: world.face.get("short.en"))
    names = {
        scope: [each["command"] for each in menu] for scope, menu in world.face.items() if scope.startswith("commands")
    }
    assert len(names) == 9
    assert "post" in names["commands.all_chat_administrators.zh"]
    assert world.face["commands.all_private_chats."] == world.face["commands.all_private_chats.zh"]
    before = server.count("setMyCommands")
    second = asyncio.create_task(Telegram(settings).run(village.receive))
    await until(lambda: server.count("getMyShortDescription") == 6)
    second.cancel()
    with suppress(asyncio.CancelledError):
        await second
    assert server.count("setMyCommands") == before


def test_every_sentence_is_there_in_both_languages():
    assert catalogue().keys("zh") == catalogue().keys("en")
