"""Nothing that was typed is lost: not when the bot cannot take it, not when the process ends."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import aiohttp

from adapters.web.network import WebNetwork
from core.db import Database
from core.messages import Answer, Event, Message, Said
from tests.adapters.place import until
from tests.keys import KEYS
from tests.web.house import FREE, Bot, BrittleDatabase, Browser, HandClock, new_database, serving


async def test_what_was_typed_before_a_kill_is_handed_over_after_it(
    database: Database, session: aiohttp.ClientSession
) -> None:
    asked = asyncio.Event()

    async def never(event: Event) -> Answer:
        if isinstance(event, Said):
            asked.set()
            await asyncio.Event().wait()
        return Answer()

    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, never):
        li = Browser(network.url, session, "/as/li")
        saying = asyncio.create_task(li.say("group", "+1"))
        await asked.wait()
    await asyncio.gather(saying, return_exceptions=True)

    bot, network = Bot(), WebNetwork(FREE, database, HandClock())
    async with serving(network, bot.receive):
        await until(lambda: bot.heard)
        page = await Browser(network.url, session, "/as/chen").look()
    assert [event.text for event in bot.heard if isinstance(event, Said)] == ["+1"]
    assert [line.words for line in page.chats["group"]] == ["+1"]


async def test_what_was_taken_is_not_handed_over_again(database: Database, session: aiohttp.ClientSession) -> None:
    bot = Bot()
    for text in ("一", "二"):
        network = WebNetwork(FREE, database, HandClock())
        async with serving(network, bot.receive):
            await Browser(network.url, session, "/as/li").say("group", text)
    assert [event.text for event in bot.heard if isinstance(event, Said)] == ["一", "二"]
    assert len({event.event for event in bot.heard}) == len(bot.heard) == 16


async def test_the_page_remembers_its_talk_and_its_forms_over_a_restart(
    database: Database, session: aiohttp.ClientSession
) -> None:
    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, Bot().receive):
        await network.send(FREE.chats[0], Message(("巡逻 0/2",)), "k1")
        form = (await Browser(network.url, session, "/as/li").look()).form("/say", chat="group")
    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, Bot().receive):
        li = Browser(network.url, session, "/as/li")
        page = await li.post("/say", form | {"text": "+1"})
    assert [line.words for line in page.chats["group"]] == ["巡逻 0/2", "+1"]


async def test_a_key_sent_before_a_restart_shows_once(database: Database) -> None:
    ids = set()
    for _ in range(2):
        network = WebNetwork(FREE, database, HandClock())
        async with serving(network, Bot().receive):
            ids.add(await network.send(FREE.chats[0], Message(("巡逻",)), "k1"))
    assert len(ids) == 1


async def test_a_pushed_clock_does_not_go_back_at_a_restart(database: Database) -> None:
    clock = HandClock()
    network = WebNetwork(FREE, database, clock, clock.push)
    async with serving(network, Bot().receive):
        await clock.push(timedelta(days=3))
        await network.send(FREE.chats[0], Message(("明天",)), "k1")
    later = HandClock()
    async with serving(WebNetwork(FREE, database, later, later.push), Bot().receive):
        await until(lambda: later.now() == clock.now())


async def test_a_database_that_fails_for_a_while_loses_nothing(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    database, bot = BrittleDatabase(new_database(tmp_path / "web.db").url, KEYS), Bot()
    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, bot.receive):
        await until(lambda: len(bot.heard) == 14)
        li = Browser(network.url, session, "/as/li")
        form = (await li.look()).form("/say", chat="group") | {"text": "+1"}
        database.breaks = "before"
        page = await li.post("/say", form)
        assert page.status == 503
        assert "没有存下来" in page.html
        database.breaks = "after"  # kept, though the page could not say so
        assert (await li.post("/say", form)).status == 503
        assert [line.words for line in (await li.post("/say", form)).chats["group"]] == ["+1"]
        assert [event.text for event in bot.heard if isinstance(event, Said)] == ["+1"]
    database.close()
