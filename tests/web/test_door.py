"""Whoever is slow, and whoever comes a thousand times, does not shut the page to a neighbour."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from adapters.web.door import AT_ONCE, Patience
from adapters.web.network import WebNetwork
from bot.terminal import free_port
from core.db import Database
from tests.web.house import FREE, Bot, Browser, HandClock, serving

ROOT = Path(__file__).parents[2]
HALF = b"GET /as/li/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
sys.argv = ["xiaobandeng", "run", "--no-browser", "--config", sys.argv[1]]
from bot.__main__ import main
main()
"""


@pytest.fixture
def brisk(database: Database) -> WebNetwork:
    return WebNetwork(FREE, database, HandClock(), patience=Patience(idle=0.3, form=0.3))


@contextlib.asynccontextmanager
async def half_open(url: URL, count: int) -> AsyncIterator[list[asyncio.StreamReader]]:
    """So many connections on which the beginning of a request was sent, and no more."""
    readers, writers = [], []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", url.port)
        writer.write(HALF)
        readers.append(reader)
        writers.append(writer)
    try:
        yield readers
    finally:
        for writer in writers:
            writer.close()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[URL]:
    """The program as it runs on a machine where it may open 1,024 files, as services may."""
    address = f"127.0.0.1:{free_port(0)}"
    config = tmp_path / "config.toml"
    config.write_text(f'[web]\naddress = "{address}"\ndemo = true\n', "utf-8")
    command = [sys.executable, "-c", FEW_FILES, str(config)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            yield URL(f"http://{address}")
        finally:
            running.terminate()
            running.communicate(timeout=30)


async def test_a_thousand_half_open_connections_do_not_shut_the_page_to_a_neighbour(
    program: URL, session: aiohttp.ClientSession
) -> None:
    async with half_open(program, 1010) as readers:
        for _ in range(3):
            async with session.get(program / "as/li/", timeout=aiohttp.ClientTimeout(30)) as response:
                assert response.status == 200
        assert await asyncio.wait_for(readers[0].read(), 30) == b""  # the oldest was let go


async def test_who_does_not_come_to_the_end_of_a_request_is_let_go(brisk: WebNetwork, bot: Bot) -> None:
    async with serving(brisk, bot.receive), half_open(URL(brisk.url), 2) as readers:
        for reader in readers:
            assert await asyncio.wait_for(reader.read(), 30) == b""


async def test_a_form_that_does_not_arrive_is_not_waited_for(
    brisk: WebNetwork, bot: Bot, session: aiohttp.ClientSession
) -> None:
    async with serving(brisk, bot.receive):
        reader, writer = await asyncio.open_connection("127.0.0.1", URL(brisk.url).port)
        host = brisk.url.removeprefix("http://")
        writer.write(
            f"POST /as/li/say HTTP/1.1\r\nHost: {host}\r\nContent-Length: 90\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=".encode()
        )
        assert (await asyncio.wait_for(reader.readline(), 30)).startswith(b"HTTP/1.1 408")
        assert "再发一次" in (await asyncio.wait_for(reader.readuntil("再发一次".encode()), 30)).decode()
        writer.close()
        assert (await Browser(brisk.url, session, "/as/li").look()).status == 200


async def test_one_person_asks_for_so_much_at_once_and_others_are_not_concerned(
    network: WebNetwork, bot: Bot, session: aiohttp.ClientSession
) -> None:
    """Forms that do not arrive, from somebody who is in: each is a request under way."""
    host = network.url.removeprefix("http://")
    begun = (
        f"POST /as/li/say HTTP/1.1\r\nHost: {host}\r\nContent-Length: 90\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    writers = []
    last: asyncio.StreamReader | None = None
    for _ in range(AT_ONCE + 1):
        last, writer = await asyncio.open_connection("127.0.0.1", URL(network.url).port)
        writer.write(begun.encode())
        writers.append(writer)
    assert last is not None
    assert (await asyncio.wait_for(last.readline(), 30)).startswith(b"HTTP/1.1 429")
    assert (await Browser(network.url, session, "/as/chen").look()).status == 200
    for writer in writers:
        writer.close()
