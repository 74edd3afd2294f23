"""A page that runs in the demo, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.store import WebPerson
from core.db import Database
from tests.web.calling import Calling
from tests.web.house import FREE, START, Bot, Browser, HandClock, new_database, serving
from tests.web.push_service import push_service


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = new_database(tmp_path / "web.db")
    yield made
    made.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def network(database: Database, clock: HandClock, bot: Bot) -> AsyncIterator[WebNetwork]:
    made = WebNetwork(FREE, database, clock, clock.push)
    async with serving(made, bot.receive):
        yield made


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as made:
        yield made


@pytest.fixture
async def li(network: WebNetwork, session: aiohttp.ClientSession) -> Browser:
    return Browser(network.url, session, "/as/li")


@pytest.fixture
async def chen(network: WebNetwork, session: aiohttp.ClientSession) -> Browser:
    return Browser(network.url, session, "/as/chen")


@pytest.fixture
async def calling(
    database: Database, bot: Bot, session: aiohttp.ClientSession, tmp_path: Path
) -> AsyncIterator[Calling]:
    clock = HandClock()
    settings = replace(FREE, demo=False, push_key=tmp_path / "push.key", push_anywhere=True)
    async with push_service(clock.now) as service:
        network = WebNetwork(settings, database, clock)
        async with serving(network, bot.receive):
            service.key = network._unseen.key
            link = await invite(database, "李阿姨", START)
            browser = Browser(network.url, session)
            await browser.post(link, (await browser.look(link)).form(""))
            with database.reading() as rows:
                person = rows.exec(select(WebPerson)).one().id
            yield Calling(network, database, clock, bot, browser, service, person)
    assert service.trouble == []
