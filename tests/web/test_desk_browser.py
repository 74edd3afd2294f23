"""A coordinator's Monday at her desk, in a real browser: on a phone, at a wide screen in the dark, without a script."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import PHONE, audit, chromium, measure
from tests.web.story import Neighbour, neighbour, village

if TYPE_CHECKING:
    from playwright.async_api import Page

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
GOOD = {"sideways": 0, "small": [], "low": []}


async def usable(page: Page, name: str) -> None:
    """By everybody, in both lights, and not wider than the screen."""
    for light in ("light", "dark"):
        await page.emulate_media(color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]  # one of them
        assert await audit(page) == [], f"{name} {light}"
        if folder := os.environ.get("PICTURES"):
            width = (page.viewport_size or {"width": 0})["width"]
            await page.screenshot(path=f"{folder}/{name}-{width}-{light}.png", full_page=True)
    assert await measure(page) == GOOD, name


async def open_desk(yang: Neighbour) -> None:
    """From what is on to the desk, by the link that only coordinators have."""
    await yang.page.get_by_role("link", name="安排").click()
    await yang.page.get_by_role("heading", name="这两个星期").wait_for()


async def write(page: Page, **fields: str) -> None:
    """Fill in the form and ask for what others will see."""
    for name, value in fields.items():
        field = page.locator(f".write [name={name}]")
        await (field.select_option(value) if name == "kind" else field.fill(value))
    await page.get_by_role("button", name="看看发出去是什么样").click()
    await page.get_by_role("heading", name="发出去是这样").wait_for()


async def put_up(page: Page) -> None:
    await page.locator(".presses").get_by_role("button", name="发布").click()
    await page.get_by_role("status").filter(has_text="已发布").wait_for()


@pytest.mark.parametrize("kind", [PHONE, WIDE], ids=["phone", "wide"])
async def test_a_coordinators_monday(tmp_path: Path, kind: dict[str, Any]) -> None:
    async with chromium() as browser, village(tmp_path / "web.db") as network:
        yang = await neighbour(browser, network, "yang", kind=kind)
        li = await neighbour(browser, network, "li")
        page = yang.page
        await page.goto(f"{network.url}/as/yang/")
        await page.get_by_role("link", name="安排").wait_for()
        await usable(page, "first")
        await open_desk(yang)
        await page.get_by_text("今天没有要说一声的事").wait_for()
        await page.get_by_role("link", name="发布", exact=True).click()
        await usable(page, "write")
        await write(page, kind="patrol", day="2026-11-24", begin="19:00", end="21:00", place="东门", count="3")
        await page.get_by_text("人数：3人").wait_for()
        await page.locator(".write [name=place]").fill("西门")
        await page.get_by_role("button", name="改好了，再看看").click()
        await page.locator(".view").filter(has_text="西门").wait_for()
        await usable(page, "draft")
        await put_up(page)
        await page.get_by_role("link", name="发布", exact=True).click()
        await page.locator("[name=words]").fill("慰问 明天上午9点半 3号楼502张奶奶 2人 带一袋米")
        await page.get_by_role("button", name="看看发出去是什么样").click()
        private = page.locator(".view.private")
        await private.filter(has_text="张奶奶").wait_for()
        assert "张奶奶" not in await page.locator(".view").first.inner_text(), "the group never reads whom one visits"
        await usable(page, "visit")
        await put_up(page)
        await li.page.goto(f"{network.url}/as/li/chat/private-li")
        await li.say("转给协调人 我女儿那天也想来，可以吗", "private-li")
        await li.page.get_by_text("已转给协调人").first.wait_for()
        await page.get_by_role("link", name="今天", exact=True).click()
        words = page.locator(".task.of-passed")
        await words.filter(has_text="我女儿").wait_for()
        await usable(page, "today")
        await words.get_by_role("textbox").fill("当然可以，一起来。")
        await words.get_by_role("button", name="转过去").click()
        await page.get_by_role("status").filter(has_text="已送到李阿姨").wait_for()
        assert await page.locator(".task.of-passed").count() == 0
        await li.page.get_by_text("当然可以，一起来。").first.wait_for()
        await page.get_by_role("link", name="日历").click()
        await page.get_by_role("cell").filter(has_text="巡逻 #1").wait_for()
        await usable(page, "month")
        await roster(yang)
        assert page.trouble == [], page.trouble  # type: ignore[attr-defined]  # kept by `window`


async def roster(yang: Neighbour) -> None:
    """Two are put down, one of them is taken off; on the evening it is ticked who was there."""
    page = yang.page
    await page.get_by_role("link").filter(has_text="巡逻 #1").click()
    await page.locator("[name=names]").fill("陈伯、孙奶奶")
    await page.get_by_role("button", name="加上").click()
    await page.locator(".roll").filter(has_text="孙奶奶").wait_for()
    await page.locator("summary").filter(has_text="陈伯").click()
    await usable(page, "roster")
    await page.get_by_role("button", name="把陈伯从名单上去掉").click()
    await page.locator(".roll .tick").filter(has_text="陈伯").wait_for(state="detached")
    there = page.url
    await page.goto(f"{there.split('/desk')[0]}/")
    if await page.locator(".demo details[open]").count() == 0:
        await page.locator(".demo summary").click()
    await yang.push("过1天")
    await yang.push("到晚上7点")
    await page.goto(there.split("?")[0])
    await page.get_by_label("孙奶奶").check()
    await page.get_by_role("button", name="记下谁到了").click()
    await page.get_by_role("status").filter(has_text="到了1人").wait_for()
    assert await page.get_by_label("孙奶奶").is_checked()
    await usable(page, "ticked")
    if folder := os.environ.get("PICTURES"):
        await page.pdf(path=f"{folder}/roster.pdf", format="A4")
