"""What is typed, pressed and shown on the page, without any script."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest
from sqlmodel import Session

from adapters.scene.network import painted
from adapters.web.ids import private_chat
from adapters.web.live import CAUGHT_UP, WINDOWS
from adapters.web.network import WebNetwork
from adapters.web.show import SHOWN, SHOWN_MOST
from adapters.web.store import WebMessage, put
from core.db import Database
from core.drawing.fonts import found
from core.drawing.values import Drawing, Row, Sheet
from core.messages import (
    Action,
    Answer,
    Bold,
    Confide,
    Edited,
    Entered,
    File,
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
from tests.web.house import FREE, START, Bot, Browser, HandClock

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


async def test_a_page_has_a_maximum_and_what_is_earlier_is_a_page_of_its_own(
    network: WebNetwork, database: Database, li: Browser
) -> None:
    def fill(session: Session) -> None:
        for n in range(SHOWN_MOST * 2 + 50):
            put(session, "group", Message((f"第{n}句",)), f"k{n}", START)
        put(session, private_chat("li").id, Message(("只跟你说",)), "own", START)

    await database.write(fill)
    page = await li.look("/chat/group?n=1600")
    assert [line.words for line in page.chats["group"]][:: SHOWN_MOST - 1] == ["第250句", "第449句"]
    seen = {line.words for line in page.chats["group"]}
    while more := [link for link in page.links if "before=" in link]:
        page = await li.look(more[0].removeprefix("/as/li"))
        assert len(page.chats["group"]) <= SHOWN_MOST
        assert page.chats["private-li"][0].words == "只跟你说"
        seen |= {line.words for line in page.chats["group"]}
    assert len(seen) == SHOWN_MOST * 2 + 50
    assert 'data-from="Infinity"' in page.html  # what is said now does not belong at its end
    assert "回到最新的消息" in page.html
    assert len((await li.look("/chat/group?n=0")).chats["group"]) == SHOWN


async def test_a_window_that_missed_very_much_is_told_the_newest_and_to_load_its_page_anew(
    network: WebNetwork, database: Database, li: Browser
) -> None:
    def fill(session: Session) -> None:
        for n in range(CAUGHT_UP + 5):
            put(session, "group", Message((f"第{n}句",)), f"k{n}", START)
            put(session, private_chat("chen").id, Message(("不是给她的",)), f"p{n}", START)

    async def told(after: int) -> bytes:
        async with li.session.get(f"{li.url}/as/li/live?after={after}") as stream:
            return await stream.content.readuntil(f"id: {last - 1}\n".encode())

    await database.write(fill)
    last = 2 * (CAUGHT_UP + 5)
    early = await told(0)
    assert b"event: behind" in early
    assert early.count(b"event: talk") == CAUGHT_UP - 1  # and the one whose number has just been read
    assert b"event: behind" not in await told(10)


async def test_one_person_has_so_many_windows_and_no_more(network: WebNetwork, li: Browser, chen: Browser) -> None:
    async with contextlib.AsyncExitStack() as open_windows:
        for _ in range(WINDOWS):
            response = await open_windows.enter_async_context(li.session.get(f"{li.url}/as/li/live"))
            assert response.status == 200
            await response.content.readline()
        assert (await li.look("/live")).status == 429
        assert (await li.look()).status == 200
        async with chen.session.get(f"{chen.url}/as/chen/live") as stream:
            assert stream.status == 200


UNSEEN = 'aria-label="1 条没看">1<'


async def test_what_was_not_seen_is_counted_until_somebody_says_that_it_was(network: WebNetwork, li: Browser) -> None:
    own = private_chat("li")
    await network.send(own, Message(("明天晚上7点",)), "k1")
    assert UNSEEN in (await li.look()).html
    page = await li.look(f"/chat/{own.id}")
    assert UNSEEN not in page.html
    assert UNSEEN in (await li.look()).html  # looking changes nothing
    page = await li.post("/read", page.form("/read", chat=own.id) | {"back": "1"})
    assert [line.words for line in page.chats[own.id]] == ["明天晚上7点"]
    assert UNSEEN not in (await li.look()).html
    await network.send(own, ROSTER, "k2")
    assert UNSEEN in (await li.look()).html
    await li.say(own.id, "好的")  # who answers has seen it
    assert UNSEEN not in (await li.look()).html


async def test_looking_changes_nothing_in_the_database(
    network: WebNetwork, database: Database, tmp_path: Path, li: Browser, bot: Bot
) -> None:
    await network.send(GROUP, ROSTER, "k1")
    await network.send(private_chat("li"), ROSTER, "k2")
    await until(lambda: len(bot.heard) == 14)
    await database.write(lambda session: None)  # what was written about the last of them is written
    with contextlib.closing(sqlite3.connect(tmp_path / "web.db")) as beside:
        before = beside.execute("PRAGMA data_version").fetchone()
        for path in ("/", "/chat/group?n=200", "/chat/private-li", "/chat/group?before=2", "/chat/group?reply=1"):
            assert (await li.look(path)).status == 200
        async with li.session.get(f"{li.url}/as/li/live?after=0") as stream:
            await stream.content.readuntil(b"talk")
        assert (await Browser(network.url, li.session).look()).status == 200
        assert beside.execute("PRAGMA data_version").fetchone() == before
        await li.say("group", "+1")
        assert beside.execute("PRAGMA data_version").fetchone() != before


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


async def test_a_picture_is_sent_and_seen_by_whom_it_is_for(
    li: Browser, chen: Browser, bot: Bot, network: WebNetwork, database: Database
) -> None:
    picture = painted("1")
    for chat, words in (("private-li", ""), ("group", "东门的树断了")):
        form = aiohttp.FormData(await filled(li, chat, words))
        form.add_field("picture", picture, filename="IMG_1.jpg", content_type="image/jpeg")
        await li.post("/say", form)
    (private, group) = [event for event in bot.heard if isinstance(event, Said)]
    assert private.attached is not None
    assert group.attached is not None
    assert (private.text, group.text, private.attached.what) == ("", "东门的树断了", "picture")
    assert database.shelf.read(private.attached.kept).startswith(b"\xff\xd8")
    said = Message(("事1的照片",), picture=private.attached.kept)
    shown = await network.send(private_chat("li"), said, "1.1")
    assert [await seen(li, id) for id in (private.message, group.message, shown)] == [200, 200, 200]
    assert [await seen(chen, id) for id in (private.message, group.message, shown)] == [404, 200, 404]
    await network.remove(private_chat("li"), shown)
    assert await seen(li, shown) == 404


async def test_a_drawn_picture_says_that_its_words_stand_below_and_in_time_only_they_are_left(
    li: Browser, chen: Browser, network: WebNetwork, database: Database
) -> None:
    font = found()
    if font is None:
        pytest.skip("no font here can write Chinese")
    drawing = Drawing(Sheet("巡逻 #1", (Row("报名 1/2"),)), "周二 14:05 的名单", font)
    database.shelf.draw(drawing)
    said = Message(("周二 14:05 的名单\n巡逻 #1\n报名 1/2",), picture=drawing.name)
    shown = await network.send(GROUP, said, "1.1")
    for who in (li, chen):
        page = (await who.look("/chat/group")).html
        assert f'picture/{shown}" alt="大字图。图上的字，下面都写着。"' in page
        assert await seen(who, shown) == 200
    assert database.shelf.sweep_drawn(datetime.now(UTC) + timedelta(days=1)) == 1
    page = (await li.look("/chat/group")).html
    assert ("周二 14:05 的名单" in page, "大字图" in page) == (True, False)


async def test_what_is_no_picture_is_not_taken(li: Browser, bot: Bot) -> None:
    form = aiohttp.FormData(await filled(li, "group", "看"))
    form.add_field("picture", b"<svg/>", filename="x.svg", content_type="image/svg+xml")
    page = await li.post("/say", form)
    assert "打不开" in page.toast
    assert not [event for event in bot.heard if isinstance(event, Said)]


async def test_a_file_is_fetched_by_whom_it_was_sent_to_and_by_nobody_else(
    li: Browser, chen: Browser, network: WebNetwork
) -> None:
    table = Message(("记录：表.csv",), file=File("记录 11月.csv", "text/csv", "姓名,工时".encode()))
    shown = await network.send(private_chat("li"), table, "1.1")
    assert await fetched(li, shown) == (
        200,
        "姓名,工时".encode(),
        "attachment; filename*=UTF-8''" + quote("记录 11月.csv"),
    )
    assert (await fetched(chen, shown))[0] == 404
    assert "记录 11月.csv" in (await li.look("/chat/private-li")).html
    await network.edit(private_chat("li"), shown, Message(("记录",), file=File("a.csv", "text/csv", b"1")), "1.e2")
    assert (await fetched(li, shown))[1] == b"1"
    await network.remove(private_chat("li"), shown)
    assert (await fetched(li, shown))[0] == 404


async def fetched(who: Browser, message: str) -> tuple[int, bytes, str]:
    async with who.session.get(f"{who.url}{who.base}/file/{message}") as response:
        return response.status, await response.read(), response.headers.get("Content-Disposition", "")


async def seen(who: Browser, message: str) -> int:
    async with who.session.get(f"{who.url}{who.base}/picture/{message}") as response:
        return response.status


async def filled(who: Browser, chat: str, words: str) -> dict[str, str]:
    """The form of a chat, but for its picture."""
    form = (await who.look(f"/chat/{chat}")).form("/say", chat=chat) | {"text": words}
    return {name: value for name, value in form.items() if name != "picture"}
