"""A page that runs in the demo, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from adapters.web.network import WebNetwork
from core.db import Database
from tests.web.house import FREE, Bot, Browser, HandClock, new_database, serving


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
