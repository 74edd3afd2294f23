"""What is typed, pressed and shown on the page, without any script."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.web.ids import private_chat
from adapters.web.network import WebNetwork
from adapters.web.store import WebMessage
from core.db import Database
from core.messages import (
    Action,
    Answer,
    Bold,
    Confide,
    Edited,
    Entered,
    Joined,
    Message,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
)
from core.network import Gone, Refused
from tests.adapters.place import until
from tests.web.house import FREE, Bot, Browser, HandClock

GROUP = FREE.chats[0]
ROSTER = Message((Bold("巡逻"), "\n周五晚上7点 0/2"), (Action("7.join", "我来", "🙋"), Action("7.leave", "退出")))


async def test_the_neighbours_of_the_demo_are_made_known_to_the_bot(network: WebNetwork, bot: Bot) -> None:
    await until(lambda: len(bot.heard) == 14)
    entered = bot.heard[0]
    assert isinstance(entered, Entered)
    assert entered.chat == GROUP
    assert entered.person is not None
    assert entered.person.name == "杨老师"
    assert isinstance(bot.heard[1], Ranked)
    names = {kind: {e.person.name for e in bot.heard if isinstance(e, kind)} for kind in (Joined, Opened)}
    assert names[Joined] == names[Opened] == {"杨老师", "李阿姨", "陈伯", "王伯", "张老师", "王阿姨"}


async def test_what_one_says_all_see_in_the_group_and_only_oneself_privately(li: Browser, chen: Browser) -> None:
    await li.say("group", "大家好")
    await li.say("private-li", "只跟你说")
    assert [line.words for line in (await chen.look()).chats["group"]] == ["大家好"]
    assert "只跟你说" not in (await chen.look("/chat/private-chen")).html
    assert [line.words for line in (await li.look()).chats["private-li"]] == ["只跟你说"]


async def test_a_toast_stands_on_the_page_to_which_a_press_leads(network: WebNetwork, bot: Bot, li: Browser) -> None:
    roster = await network.send(GROUP, ROSTER, "k1")
    bot.answer = Answer(toast="记下了：李阿姨，周五晚上7点。")
    page = await li.press("group", roster, "7.join")
    assert page.toast == "记下了：李阿姨，周五晚上7点。"
    pressed = bot.heard[-1]
    assert isinstance(pressed, Pressed)
    assert (pressed.person.id, pressed.message, pressed.action) == ("li", roster, "7.join")


async def test_nobody_reads_the_toast_of_another(network: WebNetwork, bot: Bot, li: Browser, chen: Browser) -> None:
    roster = await network.send(GROUP, ROSTER, "k1")
    bot.answer = Answer(toast="302室")
    page = await li.press("group", roster, "7.join")
    number = page.url.rpartition("answer=")[2]
    assert (await chen.look(f"/chat/group?answer={number}")).toast == ""


async def test_a_mark_stands_under_the_words_it_answers(network: WebNetwork, bot: Bot, li: Browser) -> None:
    await li.say("group", "+1")
    said = bot.heard[-1]
    assert isinstance(said, Said)
    await network.react(GROUP, said.message, "👍", "k1")
    (line,) = (await li.look()).chats["group"]
    assert "👍" in line.text


async def test_the_same_form_sent_twice_is_said_once(bot: Bot, li: Browser) -> None:
    form = (await li.look()).form("/say", chat="group") | {"text": "+1"}
    await li.post("/say", form)
    await li.post("/say", form)
    assert [line.words for line in (await li.look()).chats["group"]] == ["+1"]
    assert len([event for event in bot.heard if isinstance(event, Said)]) == 1


async def test_the_last_words_may_be_edited_and_only_by_who_said_them(bot: Bot, li: Browser, chen: Browser) -> None:
    await li.say("group", "报明")
    assert not [link for link in (await chen.look()).links if "edit=" in link]
    await li.rewrite("group", "报名")
    edited = bot.heard[-1]
    assert isinstance(edited, Edited)
    assert edited.text == "报名"
    (line,) = (await chen.look()).chats["group"]
    assert line.words == "报名"
    assert "改过" in line.text
    form = (await chen.look()).form("/say", chat="group") | {"text": "不来了", "edit": line.id}
    page = await chen.post("/say", form)
    assert "最后一句" in page.toast
    assert [line.words for line in (await li.look()).chats["group"]] == ["报名"]


async def test_words_that_answer_a_message_show_which(network: WebNetwork, bot: Bot, li: Browser) -> None:
    roster = await network.send(GROUP, ROSTER, "k1")
    page = await li.look(f"/chat/group?reply={roster}")
    assert "回复 小板凳：巡逻 周五晚上7点 0/2" in page.html
    await li.say("group", "我来", reply=roster)
    said = bot.heard[-1]
    assert isinstance(said, Said)
    assert said.reply_to == roster
    assert f"#m{roster}" in (await li.look()).links


async def test_line_breaks_stay_and_what_cannot_be_seen_goes(bot: Bot, li: Browser) -> None:
    await li.say("group", "  #接龙\r\n1. 陈伯\r\n2. 李\x00阿\x07姨 \r\n")
    said = bot.heard[-1]
    assert isinstance(said, Said)
    assert said.text == "#接龙\n1. 陈伯\n2. 李阿姨"


@pytest.mark.parametrize(("text", "toast"), [(" \r\n ", "还没写字"), ("字" * 4001, "太长")])
async def test_nothing_and_too_much_are_not_sent(li: Browser, text: str, toast: str) -> None:
    page = await li.say("group", text)
    assert toast in page.toast
    assert page.chats["group"] == []


async def test_confided_words_are_refused_by_a_group(network: WebNetwork) -> None:
    with pytest.raises(Refused):
        await network.send(GROUP, Message((Confide("302室"),)), "k1")


async def test_nobody_can_be_written_to_who_does_not_live_here(network: WebNetwork) -> None:
    with pytest.raises(Gone):
        await network.private(Person("web", "nobody"))
    with pytest.raises(Gone):
        await network.send(private_chat("nobody"), ROSTER, "k1")


async def test_a_pinned_message_stands_above_the_chat(network: WebNetwork, li: Browser) -> None:
    one = await network.send(GROUP, ROSTER, "k1")
    await network.pin(GROUP, one)
    assert (await li.look()).links.count(f"#m{one}") == 1
    await network.remove(GROUP, one)
    assert (await li.look()).links.count(f"#m{one}") == 0


async def test_a_message_shown_again_as_it_is_tells_no_window(network: WebNetwork, database: Database) -> None:
    one = await network.send(GROUP, ROSTER, "k1")
    await network.edit(GROUP, one, ROSTER, "k1.e2")
    row = await database.read(lambda session: session.get_one(WebMessage, int(one)))
    assert (row.change, row.edited) == (1, False)


async def test_a_long_talk_begins_with_its_newest_part_and_leads_to_the_rest(network: WebNetwork, li: Browser) -> None:
    for n in range(60):
        await network.send(GROUP, Message((f"第{n}句",)), f"k{n}")
    page = await li.look()
    assert [line.words for line in page.chats["group"]][::49] == ["第10句", "第59句"]
    (more,) = [link for link in page.links if "?n=" in link]
    assert len((await li.look(more.removeprefix("/as/li"))).chats["group"]) == 60


async def test_what_was_not_seen_is_counted_until_its_chat_is_opened(network: WebNetwork, li: Browser) -> None:
    await network.send(private_chat("li"), Message(("明天晚上7点",)), "k1")
    assert 'aria-label="1 条没看">1<' in (await li.look()).html
    await li.look("/chat/private-li")
    assert 'aria-label="1 条没看">1<' not in (await li.look()).html


async def test_a_person_chooses_a_language_for_the_page_and_for_the_bot(bot: Bot, li: Browser, chen: Browser) -> None:
    page = await li.post("/lang", (await li.look()).form("/lang") | {"lang": "en"})
    assert 'lang="en"' in page.html
    assert "Send" in page.html
    await li.say("group", "i'm in")
    said = bot.heard[-1]
    assert isinstance(said, Said)
    assert said.person.lang == "en"
    assert "发送" in (await chen.look()).html


async def test_the_clock_of_the_demo_goes_forward_when_pushed(clock: HandClock, li: Browser) -> None:
    assert "11月23日 周一 09:00" in (await li.look()).html
    form = (await li.look()).form("/clock")
    assert "11月23日 周一 19:00" in (await li.post("/clock", form | {"step": "evening"})).html
    assert "11月24日 周二 19:00" in (await li.post("/clock", form | {"step": "evening"})).html
    assert "11月25日 周三 08:00" in (await li.post("/clock", form | {"step": "morning"})).html
    assert "11月25日 周三 09:00" in (await li.post("/clock", form | {"step": "hour"})).html
    await li.post("/clock", form | {"step": "forever"})
    assert clock.now() == HandClock().now() + timedelta(days=2)
