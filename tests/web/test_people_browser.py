"""Bringing neighbours in, in a real browser: a list, slips on paper, and a knock that goes in by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from adapters.web.people import invite
from tests.web.browser import DESK, PHONE, audit, chromium, measure, window
from tests.web.estate import estate
from tests.web.house import START

if TYPE_CHECKING:
    from playwright.async_api import Page

NARROW = {**PHONE, "viewport": {"width": 360, "height": 740}}
WIDE = {**DESK, "viewport": {"width": 1280, "height": 800}}
NAMES = "\n".join(["1. 王阿姨 3号楼", "2、王阿姨（8号楼）", "志愿者名单", *(f"陈建{n} 5号楼" for n in "国平军华明")])


async def fine(page: Page) -> None:
    """For everybody: nothing serious that axe finds, nothing sideways, no small type, nothing low to press."""
    assert await audit(page) == []
    found = await measure(page)
    low = [each for each in found["low"] if not each.startswith("INPUT")]  # a whole line is pressed, see `.choice`
    assert (found["sideways"], found["small"], low) == (0, [], [])
    assert page.trouble == []  # type: ignore[attr-defined]  # see `window`


@pytest.mark.parametrize(("kind", "colours"), [(NARROW, "light"), (WIDE, "dark")], ids=["phone", "desk"])
async def test_a_list_becomes_slips_and_who_knocks_goes_in_by_itself(
    tmp_path: Path, kind: dict[str, Any], colours: str
) -> None:
    async with chromium() as browser, estate(tmp_path) as (here, _):
        link = await invite(here.database, "周老师", START, coordinator=True)
        yang = await window(browser, here.network.url + link, kind, color_scheme=colours)
        await yang.get_by_role("button", name="我是周老师，进去").click()
        await here.knows("周老师", coordinates=True)
        await yang.goto(f"{here.network.url}/people")
        await fine(yang)
        await yang.get_by_label("名字，一行一个").fill(NAMES)
        await yang.get_by_role("button", name="做链接").click()
        await yang.get_by_text("名单上有两个王阿姨").wait_for()
        await fine(yang)
        await yang.get_by_role("button", name="做链接").click()
        await yang.get_by_role("button", name="打印").wait_for()
        assert await yang.locator(".slip").count() == 7
        await fine(yang)
        paper = await yang.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2, "six on a sheet"
        await yang.emulate_media(media="print")
        assert await yang.locator(".slip .link").first.is_hidden()
        assert await yang.locator(".slip .code").evaluate_all("all => all.every((e) => e.clientWidth > 120)")
        await yang.goto(f"{here.network.url}/people")
        await yang.emulate_media(media="screen")
        await yang.get_by_role("button", name="开一个").click()
        await fine(yang)
        new = await window(browser, await yang.locator(".link").inner_text(), kind, color_scheme=colours)
        await fine(new)
        await new.get_by_label("名字，邻居们怎么叫您").fill("孙姐")
        await new.get_by_label("住几号楼").fill("6号楼")
        await new.get_by_role("button", name="敲门").click()
        await new.get_by_text("已经告诉协调人了").wait_for()
        await fine(new)
        await yang.goto(here.network.url)
        await yang.get_by_role("link", name="邻居").click()
        await fine(yang)
        await yang.get_by_role("button", name="是他/她，请进").click()
        await yang.get_by_text("好了，请进来了").wait_for()
        await new.locator(".me", has_text="孙姐").wait_for()  # she has pressed nothing
        await yang.get_by_role("link", name="孙姐").click()
        await fine(yang)


async def test_all_of_it_works_without_script(tmp_path: Path) -> None:
    async with chromium() as browser, estate(tmp_path) as (here, _):
        link = await invite(here.database, "周老师", START, coordinator=True)
        yang = await window(browser, here.network.url + link, NARROW, java_script_enabled=False)
        await yang.get_by_role("button", name="我是周老师，进去").click()
        await here.knows("周老师", coordinates=True)
        await yang.goto(f"{here.network.url}/people")
        await yang.get_by_role("button", name="开一个").click()
        new = await window(browser, await yang.locator(".link").inner_text(), NARROW, java_script_enabled=False)
        await new.get_by_label("名字，邻居们怎么叫您").fill("孙姐")
        await new.get_by_label("住几号楼").fill("6号楼")
        await new.get_by_role("button", name="敲门").click()
        await yang.reload()
        await yang.get_by_role("button", name="是他/她，请进").click()
        await new.get_by_role("link", name="看看好了没有").click()
        await new.get_by_role("button", name="进去").click()
        await new.locator(".me", has_text="孙姐").wait_for()
