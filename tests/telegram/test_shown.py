"""What people see of what the bot sends."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from adapters.telegram import CAN
from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from core.fit import fit
from core.messages import (
    Action,
    Asking,
    Bold,
    Chat,
    Confide,
    Link,
    Mention,
    Message,
    Person,
    Said,
)
from core.network import Gone, Lost, Refused
from tests.adapters.place import listening as listen
from tests.telegram.sample import ROSTER, place
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import World


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


async def test_a_group_that_keeps_to_a_topic_is_written_to_there_and_heard_everywhere(settings, world, village, server):
    server.flood.on = False
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    group.forum, group.topics = True, {5: True, 6: False}
    telegram = Telegram(TelegramSettings(settings.token, settings.base_url, groups=(f"{group.id}/5",)))
    async with listen(telegram, village):
        made = world.write(group, chen, "", extra={"forum_topic_created": {"name": "闲聊", "icon_color": 1}})
        world.say(chen, group, "报名", topic=6, reply_to=made)
        await until(lambda: village.heard(Said))
        said = village.heard(Said)[0]
        assert said.reply_to is None
        assert said.chat.id == f"{group.id}/5"
        sent = await telegram.send(said.chat, Message(("好",)), "1.1")
        assert group.letters[int(sent)].topic == 5
        group.topics[5] = False
        with pytest.raises(Gone):
            await telegram.send(said.chat, Message(("好",)), "2.1")


async def test_the_little_stool_stands_in_a_topic_of_its_own_while_that_is_open(settings, world, server):
    server.flood.on = False
    group = world.group("邻里", world.person("陈伯"))
    group.forum, group.topics = True, {5: True, 7: True}
    telegram = Telegram(replace(settings, groups=(f"{group.id}/5",), stools=(f"{group.id}/7",)))
    chat = telegram._ids.chat(group.id)
    board = Message(("小板凳",), topic="stool")
    sent = await telegram.send(chat, board, "1.1")
    roster = await telegram.send(chat, Message(("巡逻",)), "2.1")
    await telegram.edit(chat, sent, replace(board, text=("小板凳 事1",)), "1.1.e2")
    assert (group.letters[int(sent)].topic, group.letters[int(roster)].topic) == (7, 5)
    assert group.letters[int(sent)].versions[-1] == "小板凳 事1"
    group.topics[7] = False
    assert group.letters[int(await telegram.send(chat, board, "3.1"))].topic == 5
    await telegram._client.hang_up()


async def test_what_is_confided_stays_off_telegram_unless_the_operator_allows_it(settings, world, server):
    server.flood.on = False
    chat = world.private(world.person("陈伯"))
    message = Message(("慰问 周六上午9点\n慰问对象：", Confide("3号楼302室 张秀英"), "\n请准时"))
    for chosen, wanted in (
        (settings, "慰问 周六上午9点\n慰问对象：（不在 Telegram 上写，请问协调人）\n请准时"),
        (replace(settings, confide=True), "慰问 周六上午9点\n慰问对象：3号楼302室 张秀英\n请准时"),
    ):
        telegram = Telegram(chosen)
        sent = await telegram.send(place(chat), message, "1.1")
        await telegram.edit(place(chat), sent, Message((*message.text, "！")), "1.1.e2")
        assert chat.letters[int(sent)].versions == [wanted, f"{wanted}！"]
        await telegram._client.hang_up()
    assert "张秀英" not in str(server.calls[:2])


async def test_what_one_needs_most_stands_under_the_private_chat(telegram, world, server):
    server.flood.on = False
    chen, group = world.person("陈伯"), world.group("邻里")
    words = ("活动", "我的", "到了", "帮助")
    private = await telegram.private(Person("telegram", str(chen.id)))
    sent = await telegram.send(private, Message(("您好",), standing=words), "1.1")
    assert world.private(chen).keys == list(words)
    await telegram.edit(private, sent, Message(("您好，陈伯",), standing=words), "1.1.e2")
    await telegram.send(Chat("telegram", str(group.id)), Message(("大家好",), standing=words), "2.1")
    assert group.keys == []
    await telegram.send(private, Message(("接龙",), copies="1. 陈伯"), "3.1")
    assert [each["copy_text"]["text"] for each in world.private(chen).shown()[-1].buttons()] == ["1. 陈伯"]


async def test_a_button_opens_our_page_inside_telegram_in_a_private_chat(telegram, world, server):
    server.flood.on = False
    chen = world.person("陈伯")
    private = await telegram.private(Person("telegram", str(chen.id)))
    url = "https://stool.example.org/details/zh?post=abc"
    shown = Message(("明天慰问",), (Action("7.leave", "退出"),), opens=Link("看详情", url))
    await telegram.send(private, shown, "1.1")
    page, leave = world.private(chen).shown()[-1].buttons()
    assert page == {"text": "看详情", "web_app": {"url": url}}
    assert leave["text"] == "退出"


async def test_who_is_asked_to_open_a_private_chat_has_a_button_that_opens_it(
    listening: Telegram, world: World
) -> None:
    group = world.group("邻里", world.person("陈伯", opened=False))
    await until(lambda: world.wanted)
    asks = Asking(("请点我的头像",), ("请点下面的按钮",), ("请接受邀请",), "和我私聊")
    message = fit(Message(("陈伯 ",), asks=asks), CAN).message
    letter = group.letters[int(await listening.send(place(group), message, "1.1"))]
    assert letter.text.plain == "陈伯 请点下面的按钮"
    assert letter.buttons() == [{"text": "和我私聊", "url": "https://t.me/xiaobandeng_bot?start=hello"}]
