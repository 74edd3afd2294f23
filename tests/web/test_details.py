"""The page of details, as robots, strangers and guessers meet it: it says nothing to a GET, and to nobody twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.web.network import WebNetwork
from core.db import Database
from tests.web.details import LINES, Secrets, details_page
from tests.web.house import FREE, Bot, HandClock, serving

Page = tuple[WebNetwork, Secrets]


@pytest.fixture
async def page(database: Database) -> AsyncIterator[Page]:
    async with details_page(database) as made:
        yield made


async def test_what_a_robot_fetches_is_the_same_for_everybody_and_spends_nothing(
    page: Page, session: aiohttp.ClientSession
) -> None:
    network, known = page
    known.secrets.add("s" * 32)
    pages = set()
    for path in ("/details/zh", "/details/zh?post=abc", "/details/zh?secret=" + "s" * 32):
        for method in ("GET", "HEAD", "GET"):
            async with session.request(method, f"{network._here}{path}") as response:
                assert response.status == 200
                pages.add(await response.text())
    assert len(pages - {""}) == 1
    assert not [line for line in LINES if line in "".join(pages)]
    assert known.asked == []
    async with session.post(f"{network._here}/details/zh", data={"secret": "s" * 32}) as response:
        assert (await response.json())["lines"] == list(LINES)
    async with session.post(f"{network._here}/details/zh", data={"secret": "s" * 32}) as response:
        assert (response.status, await response.text()) == (404, "{}")


async def test_nothing_of_it_is_kept_or_told_to_others(page: Page, session: aiohttp.ClientSession) -> None:
    network, known = page
    known.secrets.add("s" * 32)
    for method, fields in (("GET", None), ("POST", {"secret": "s" * 32}), ("POST", {"secret": "wrong"})):
        async with session.request(method, f"{network._here}/details/en", data=fields) as response:
            told = response.headers
            assert told["Cache-Control"] == "no-store"
            assert told["Referrer-Policy"] == "no-referrer"
            assert "noindex" in told["X-Robots-Tag"]
            policy = told["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self'" in policy
            assert "frame-ancestors https://web.telegram.org" in policy
            assert "Set-Cookie" not in told


@pytest.mark.parametrize("fields", [{}, {"secret": ""}, {"app": "telegram"}, {"proof": "x"}, {"secret": "x" * 5000}])
async def test_what_says_nothing_is_not_even_asked(
    page: Page, session: aiohttp.ClientSession, fields: dict[str, str]
) -> None:
    network, known = page
    async with session.post(f"{network._here}/details/zh", data=fields) as response:
        assert response.status == 404
    assert known.asked == []


async def test_a_proof_is_good_once_for_ten_minutes_and_for_whom_it_was_signed(
    page: Page, session: aiohttp.ClientSession
) -> None:
    network, known = page

    async def bring(proof: str) -> int:
        fields = {"app": "telegram", "proof": proof, "post": "abc"}
        async with session.post(f"{network._here}/details/zh", data=fields) as response:
            return response.status

    good = known.signed()
    assert [await bring(good), await bring(good)] == [200, 404]
    assert await bring(known.signed(ago=601)) == 404
    assert await bring(known.signed(1002)) == 404
    assert await bring(known.signed(token="654321:" + "f" * 35)) == 404
    assert await bring(known.signed(ago=599)) == 200


async def test_another_page_cannot_ask(page: Page, session: aiohttp.ClientSession) -> None:
    network, known = page
    known.secrets.add("s" * 32)
    for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        async with session.post(f"{network._here}/details/zh", data={"secret": "s" * 32}, headers=foreign) as response:
            assert response.status == 403
    assert known.asked == []


async def test_whoever_guesses_waits_and_whoever_has_a_link_does_not(
    page: Page, session: aiohttp.ClientSession
) -> None:
    network, known = page
    known.secrets.add("s" * 32)

    async def bring(secret: str) -> int:
        async with session.post(f"{network._here}/details/zh", data={"secret": secret}) as response:
            return response.status

    guesses = [asyncio.create_task(bring(f"guess {n}")) for n in range(15)]
    done, waiting = await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
    assert {task.result() for task in done} == {429}
    assert await bring("s" * 32) == 200
    assert any(not task.done() for task in waiting)
    for task in waiting:
        task.cancel()


async def test_without_an_address_for_others_there_is_no_such_page(
    database: Database, session: aiohttp.ClientSession
) -> None:
    network = WebNetwork(FREE, database, HandClock())
    network.disclose_by(Secrets(HandClock()).disclose)
    async with serving(network, Bot().receive), session.get(f"{network.url}/details/zh") as response:
        assert response.status == 404
