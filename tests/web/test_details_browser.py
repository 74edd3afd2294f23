"""Details in a real browser: by a link, and as Telegram opens the page inside itself; once, and gone when one goes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from adapters.web.network import WebNetwork
from core.db import Database
from tests.web.browser import PHONE, audit, chromium, measure, window
from tests.web.details import LINES, Secrets, details_page

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

OVER = "链接用过了、过期了"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as made:
        yield made


@pytest.fixture
async def page(database: Database) -> AsyncIterator[tuple[WebNetwork, Secrets]]:
    async with details_page(database) as made:
        yield made


async def opened(browser: Browser, network: WebNetwork, known: Secrets) -> Page:
    """A link, opened and pressed."""
    known.secrets.add("s" * 32)
    there = await window(browser, f"{network._here}/details/zh#{'s' * 32}", PHONE)
    await there.get_by_role("button", name="打开").click()
    await there.get_by_text(LINES[1]).wait_for()
    return there


async def test_a_link_shows_after_a_press_and_leaves_nothing_in_the_address(
    page: tuple[WebNetwork, Secrets], browser: Browser
) -> None:
    network, known = page
    known.secrets.add("s" * 32)
    there = await window(browser, f"{network._here}/details/zh#{'s' * 32}", PHONE)
    await there.get_by_role("button", name="打开").wait_for()
    assert known.asked == []
    assert there.url == f"{network._here}/details/zh"
    await there.get_by_role("button", name="打开").click()
    await there.get_by_text(LINES[1]).wait_for()
    assert LINES[3] in await there.locator("#words").inner_text()  # as it was written, no markup
    assert await there.locator("#words a").get_attribute("href") == "tel:13917775501"
    assert await audit(there) == []
    found = await measure(there)
    assert (found["sideways"], found["small"], found["low"]) == (0, [], [])
    assert there.trouble == []  # type: ignore[attr-defined]  # see `window`
    assert await there.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


async def test_a_link_opens_once_and_going_back_or_loading_anew_shows_nothing(
    page: tuple[WebNetwork, Secrets], browser: Browser
) -> None:
    network, known = page
    there = await opened(browser, network, known)
    await there.goto(f"{network._here}/static/stool.svg")
    await there.go_back()
    await there.get_by_text(OVER).wait_for()
    assert LINES[1] not in await there.content()
    again = await opened(browser, network, known)
    await again.reload()
    await again.get_by_text(OVER).wait_for()
    assert LINES[1] not in await again.content()
    other = await window(browser, f"{network._here}/details/zh#{'s' * 32}", PHONE)
    await other.get_by_role("button", name="打开").click()
    await other.get_by_text(OVER).wait_for()


async def test_after_ten_minutes_it_is_gone_from_the_screen(page: tuple[WebNetwork, Secrets], browser: Browser) -> None:
    network, known = page
    known.secrets.add("s" * 32)
    there = await window(browser, f"{network._here}/static/stool.svg", PHONE)
    await there.clock.install()
    await there.goto(f"{network._here}/details/zh#{'s' * 32}")
    await there.get_by_role("button", name="打开").click()
    await there.get_by_text(LINES[1]).wait_for()
    await there.clock.fast_forward("10:01")
    await there.get_by_text(OVER).wait_for()
    assert LINES[1] not in await there.content()


async def test_inside_telegram_it_shows_at_once_and_what_was_signed_for_others_or_long_ago_shows_nothing(
    page: tuple[WebNetwork, Secrets], browser: Browser
) -> None:
    network, known = page

    async def app(proof: str) -> Page:
        launch = f"tgWebAppData={quote(proof, safe='')}&tgWebAppVersion=9.1&tgWebAppPlatform=android"
        return await window(browser, f"{network._here}/details/zh?post=abc#{launch}", PHONE)

    proof = known.signed()
    there = await app(proof)
    await there.get_by_text(LINES[1]).wait_for()
    assert (known.asked[-1].network, known.asked[-1].post) == ("telegram", "abc")
    assert there.url == f"{network._here}/details/zh"
    assert there.trouble == []  # type: ignore[attr-defined]  # see `window`
    for wrong in (proof, known.signed(ago=700), known.signed(1002), known.signed(token="1:" + "x" * 35), "hash=1"):
        there = await app(wrong)
        await there.get_by_text(OVER).wait_for()
        assert LINES[1] not in await there.content()
