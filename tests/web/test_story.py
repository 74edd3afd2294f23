"""The whole bot, in a real browser, with a window for each neighbour."""

from __future__ import annotations

from pathlib import Path

from tests.web.browser import PHONE, audit, chromium, measure
from tests.web.story import claim, leave, neighbour, post, remind, village

BELOW = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.house'))"
"""How much of the page lies below the window."""


async def test_a_patrol_is_posted_claimed_left_offered_and_reminded_of(tmp_path: Path) -> None:
    async with chromium() as browser, village(tmp_path / "web.db") as network:
        yang, li, chen = [await neighbour(browser, network, who) for who in ("yang", "li", "chen")]
        wang = await neighbour(browser, network, "wang-bo")
        await post(yang)
        await claim(li, chen, wang)
        await leave(chen, wang)
        await remind(li, wang)
        assert await chen.own.locator("article").filter(has_text="明天").count() == 0
        for one in (yang, li, chen, wang):
            assert await audit(one.page) == []
            assert one.page.trouble == []


async def test_a_phone_shows_the_story_as_well(tmp_path: Path) -> None:
    async with chromium() as browser, village(tmp_path / "web.db") as network:
        yang = await neighbour(browser, network, "yang")
        li = await neighbour(browser, network, "li", kind=PHONE)
        await post(yang)
        await li.press(li.group, "我来")
        await li.see(li.group, "1/2", "李阿姨")
        assert await li.page.evaluate(BELOW) == 0, "what a toast says pushes nothing out"
        await li.page.get_by_role("link", name="我和小板凳").click()
        await li.say("图 1", "private-li")
        large = li.page.locator(".panel.private .shown.drawn ~ .words").first
        await large.wait_for()
        assert await large.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)") >= 27, "large here too"
        assert await li.page.evaluate(BELOW) == 0
        assert await audit(li.page) == []
        assert await measure(li.page) == {"sideways": 0, "small": [], "low": []}


async def test_the_bot_speaks_the_language_that_a_person_chose_on_the_page(tmp_path: Path) -> None:
    async with chromium() as browser, village(tmp_path / "web.db") as network:
        li = await neighbour(browser, network, "li")
        await li.page.get_by_role("button", name="English").click()
        await li.say("help", "private-li")
        await li.see(li.own, "join")
