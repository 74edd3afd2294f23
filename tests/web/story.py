"""The main job as a story on the page: post, three claims of two places, one waits, one leaves, a reminder arrives."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.web.network import WebNetwork
from adapters.web.settings import WebSettings
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from tests.keys import KEYS
from tests.web.browser import DESK, window
from tests.web.house import FREE, START

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page


@contextlib.asynccontextmanager
async def village(path: Path, settings: WebSettings = FREE) -> AsyncIterator[WebNetwork]:
    """The whole bot on a fresh database, on a Monday at 09:00, with the page as its only network."""
    clock = WallClock()
    clock.ahead = START - datetime.now(UTC)
    database = Database(f"sqlite:///{path}", KEYS)
    network = WebNetwork(settings, database, clock, clock.push if settings.playing else None)
    living = App(database, [network], clock)
    await living.prepare()
    task = asyncio.create_task(living.run())
    started = asyncio.create_task(network.ready.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        await task
    try:
        yield network
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await living.close()


@dataclass
class Neighbour:
    """Somebody in a window of their own."""

    id: str
    page: Page

    def chat(self, chat: str) -> Any:
        return self.page.locator(f".panel[data-chat={chat}] .lines")

    @property
    def group(self) -> Any:
        return self.chat("group")

    @property
    def own(self) -> Any:
        """Their private chat with the bot."""
        return self.chat(f"private-{self.id}")

    async def say(self, text: str, chat: str = "group") -> None:
        await self.page.fill(f"#say-{chat}", text)
        await self.page.click(f"#say-{chat} ~ button")

    async def push(self, step: str) -> None:
        """Push the clock, and wait until it is there."""
        button = self.page.locator(".push").get_by_role("button", name=step)
        before = await self.page.locator("[data-clock]").inner_text()
        await button.click()
        await self.page.locator("[data-clock]").filter(has_not_text=before).wait_for()

    async def press(self, place: Any, label: str) -> None:
        """Press the newest button of this label, once there is one."""
        await place.get_by_role("button", name=label).last.click()

    async def see(self, place: Any, *texts: str) -> None:
        """Wait until one message there contains all of these."""
        lines = place.locator("article")
        for text in texts:
            lines = lines.filter(has_text=text)
        await lines.first.wait_for()

    async def toast(self, text: str) -> None:
        await self.page.get_by_role("status").filter(has_text=text).wait_for()


async def neighbour(browser: Browser, network: WebNetwork, id: str, **more: Any) -> Neighbour:
    """In a window that shows the group: all of a desk does, a phone where one went there."""
    kind = {"kind": DESK, **more}
    there = "chat/group" if kind["kind"].get("is_mobile") else ""
    return Neighbour(id, await window(browser, f"{network.url}/as/{id}/{there}", **kind))


async def post(yang: Neighbour) -> None:
    """The coordinator drafts a patrol privately, sees what was understood, and posts it."""
    await yang.say("发布 巡逻 本周五 19:00-21:00 东门集合 2人", "private-yang")
    await yang.see(yang.own, "巡逻", "11月27日", "东门", "2人")
    await yang.press(yang.own, "发布")
    await yang.see(yang.group, "巡逻", "0/2")


async def claim(li: Neighbour, chen: Neighbour, wang: Neighbour) -> None:
    """Three want two places: the third waits."""
    await li.press(li.group, "我来")
    await li.see(wang.group, "1/2", "李阿姨")
    await chen.say("+1")
    await li.see(wang.group, "2/2", "陈伯")
    await wang.press(wang.group, "我来")
    for one in (li, chen, wang):
        await one.see(one.group, "2/2", "候补", "王伯")


async def leave(chen: Neighbour, wang: Neighbour) -> None:
    """One leaves: who waited is offered the place, and accepts it."""
    await chen.press(chen.group, "退出")
    await chen.see(chen.group, "2/2", "待确认", "王伯")
    await wang.press(wang.own, "接受")
    await wang.group.locator("article", has_text="待确认").wait_for(state="detached")
    await wang.see(wang.group, "2/2", "李阿姨", "王伯")


async def remind(li: Neighbour, wang: Neighbour) -> None:
    """The clock is pushed to the eve, and then to the day: the reminders arrive."""
    for _ in range(3):
        await li.push("过1天")
    await li.push("到晚上7点")
    for one in (li, wang):
        await one.see(one.own, "明天", "东门")
    await li.push("到早上8点")
    await li.push("到晚上7点")
    for one in (li, wang):
        await one.see(one.own, "今天", "东门")
