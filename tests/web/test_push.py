"""Reminded while the page is closed: who said yes is called and told nothing private; of who was not, the bot knows."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from sqlmodel import select

from adapters.web.ids import private_chat
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.push_rows import WebBrowser, WebUnseen
from adapters.web.store import WebRead
from adapters.web.unseen import LOOKS, OPEN
from core.db import Database
from core.messages import Message
from tests.adapters.place import until
from tests.web.calling import SECRET, Calling
from tests.web.house import FREE, START, Bot, Browser, serving

# ------------------------------------------------------------ called


async def test_who_said_yes_is_called_while_the_page_is_closed_and_no_word_of_it_is_private(calling: Calling) -> None:
    await calling.subscribe()
    phone = calling.service.browsers["phone"]
    await calling.tell()
    await until(lambda: phone.calls)
    assert phone.calls == [{"title": "小板凳有话对您说", "body": "邻里", "lang": "zh"}]
    assert calling.person not in json.dumps([phone.calls, phone.headers])
    await until(lambda: not calling.rows(WebUnseen))
    await calling.pass_time(LOOKS)
    await calling.tell("k2")
    await until(lambda: len(phone.calls) == 2)
    assert calling.unread == [], "who was called was reached"


async def test_a_call_leads_to_ones_own_chat(calling: Calling) -> None:
    await calling.tell()
    page = await calling.browser.look("/said")
    assert page.url.endswith(f"/chat/{private_chat(calling.person).id}")
    assert "王奶奶" in page.html


async def test_whose_page_is_open_is_not_called(calling: Calling) -> None:
    await calling.subscribe()
    async with calling.browser.session.get(f"{calling.network.url}/live") as window:
        await window.content.readline()
        await calling.tell()
        await calling.pass_time(OPEN)
        await until(lambda: not calling.rows(WebUnseen))
    assert calling.service.asked == 0
    assert calling.unread == []


async def test_a_window_that_was_just_closed_counts_as_closed(calling: Calling) -> None:
    await calling.subscribe()
    async with calling.browser.session.get(f"{calling.network.url}/live") as window:
        await window.content.readline()
        await calling.tell()
    calling.network._live._windows.clear()  # as it is noticed within half a minute
    await calling.pass_time(OPEN)
    await until(lambda: calling.service.browsers["phone"].calls)


async def test_what_the_bot_says_to_a_group_calls_nobody(calling: Calling) -> None:
    await calling.subscribe()
    await calling.network.send(FREE.chats[0], Message(("巡逻 0/2",)), "g1")
    assert calling.rows(WebUnseen) == []


async def test_a_service_that_does_not_answer_delays_nobody(calling: Calling) -> None:
    await calling.subscribe()
    calling.service.holds = asyncio.Event()
    await calling.tell()
    await until(lambda: calling.service.asked)
    async with asyncio.timeout(5):
        await calling.tell("k2")
        assert "王奶奶" in (await calling.browser.look("/said")).html
    calling.service.holds.set()


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(status: int, calling: Calling) -> None:
    await calling.subscribe()
    calling.service.browsers["phone"].status = status
    await calling.tell()
    await until(lambda: not calling.rows(WebBrowser))
    await calling.pass_time(LOOKS)
    await until(lambda: calling.unread)
    assert calling.service.asked == 1


@pytest.mark.parametrize("status", [307, 403, 429, 500])
async def test_a_call_that_is_not_taken_is_tried_again_and_then_nobody_was_reached(
    status: int, calling: Calling
) -> None:
    await calling.subscribe()
    calling.service.browsers["phone"].status = status
    number = await calling.tell()
    await until(lambda: [row for row in calling.rows(WebUnseen) if row.calls])
    assert len(calling.rows(WebBrowser)) == calling.service.asked == 1
    await calling.pass_time(timedelta(minutes=1))
    await until(lambda: calling.service.asked == 2)
    await calling.pass_time(LOOKS)
    await until(lambda: calling.unread)
    assert [(event.message, event.person.id) for event in calling.unread] == [(number, calling.person)]
    assert "elsewhere" not in calling.service.browsers, "no redirect was followed"


async def test_a_call_that_is_taken_at_last_reached_them(calling: Calling) -> None:
    await calling.subscribe()
    calling.service.browsers["phone"].status = 503
    await calling.tell()
    await until(lambda: [row for row in calling.rows(WebUnseen) if row.calls])
    calling.service.browsers["phone"].status = 201
    await calling.pass_time(timedelta(minutes=1))
    await until(lambda: not calling.rows(WebUnseen))
    assert len(calling.service.browsers["phone"].calls) == 1
    assert calling.unread == []


# ------------------------------------------------------------ not called


async def test_who_cannot_be_called_and_does_not_look_was_not_reached_over_a_restart_too(
    calling: Calling, bot: Bot
) -> None:
    number = await calling.tell()
    await until(lambda: calling.rows(WebUnseen))
    await calling.pass_time(LOOKS - timedelta(minutes=1))
    again = WebNetwork(replace(FREE, demo=False), calling.database, calling.clock)
    async with serving(again, bot.receive):
        assert calling.unread == []
        await calling.clock.push(timedelta(minutes=1))
        again._unseen.stir()
        await until(lambda: calling.unread)
    assert calling.unread[0].message == number
    assert calling.rows(WebUnseen) == []
    page = await calling.browser.look("/said")
    assert "王奶奶" in page.html, "and it stands where it stood"


@pytest.mark.parametrize("how", ["read", "looked"])
async def test_who_looks_by_themselves_was_reached(how: str, calling: Calling) -> None:
    number = await calling.tell()
    if how == "looked":
        await calling.browser.look()
    else:
        with calling.database.writing() as session:
            session.add(WebRead(person=calling.person, chat=private_chat(calling.person).id, upto=int(number)))
    await calling.pass_time(LOOKS)
    await until(lambda: not calling.rows(WebUnseen))
    assert calling.unread == []


async def test_in_the_demo_everybody_is_there(network: WebNetwork, database: Database, bot: Bot) -> None:
    await network.send(private_chat("li"), SECRET, "k1")
    assert network._unseen.key == ""
    with database.reading() as session:
        assert session.exec(select(WebUnseen)).all() == []


async def test_who_left_this_browser_is_called_there_no_more(calling: Calling) -> None:
    await calling.subscribe()
    page = await calling.browser.look("/more")
    await calling.browser.post("/leave", page.form("/leave"))
    await calling.tell()
    await calling.pass_time(LOOKS)
    await until(lambda: calling.unread)
    assert calling.service.asked == 0


async def test_whoever_uses_the_same_browser_next_is_called_there_alone(calling: Calling) -> None:
    await calling.subscribe()
    first, jar = calling.person, aiohttp.CookieJar(unsafe=True)
    link = await invite(calling.database, "陈伯", START)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        calling.browser = Browser(calling.network.url, session)
        await calling.browser.post(link, (await calling.browser.look(link)).form(""))
        await calling.answer(**calling.service.fields("phone"))
        (row,) = calling.rows(WebBrowser)
        assert row.person != first
