"""Asked once, in a real browser: who says yes is called by their telephone, who cannot be is called by a neighbour."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.push_rows import WebBrowser
from adapters.web.unseen import LOOKS
from core.db import Database
from tests.adapters.place import until
from tests.web.browser import DESK, PHONE, audit, chromium, window
from tests.web.house import FREE, START
from tests.web.push_service import PushService, Subscribed, push_service
from tests.web.story import village

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SUBSCRIBED = """
PushManager.prototype.subscribe = async function ({ applicationServerKey, userVisibleOnly }) {
  if (!userVisibleOnly) throw new Error("browsers want to show each call");
  const unsubscribe = async () => { delete window.subscription; };
  window.subscription = { options: { applicationServerKey }, toJSON: () => (PLACE), unsubscribe };
  return window.subscription;
};
PushManager.prototype.getSubscription = async () => window.subscription ?? null;
"""
"""Chromium calls by its maker's service only; here a subscription is one of the stand-in's, and all else is real."""


async def enter(browser: Browser, network: WebNetwork, name: str, kind: dict[str, Any], script: str = "") -> Page:
    """Somebody opens their personal link on a device of their own."""
    link = await invite(network._database, name, START, public_url=network.url, coordinator=name == "杨老师")
    page = await window(browser, f"{network.url}/static/stool.svg", kind, permissions=["notifications"])
    if script:
        await page.context.add_init_script(script)
    await page.goto(link)
    await page.get_by_role("button", name="进去").click()
    await page.wait_for_url(re.compile(rf"{re.escape(network.url)}/(\?note=welcome)?$"))
    return page


async def worker(page: Page) -> tuple[Any, str]:
    """Where the page's service worker can be called from outside: a session of the developer tools, and its id."""
    tools = await page.context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, Any]) -> None:
        for each in event["registrations"]:
            if not found.done():
                found.set_result(each["registrationId"])

    tools.on("ServiceWorker.workerRegistrationUpdated", registered)
    await tools.send("ServiceWorker.enable")
    return tools, await asyncio.wait_for(found, 30)


async def push(network: WebNetwork, **by: float) -> None:
    await network._clock.push(timedelta(**by))  # type: ignore[attr-defined]  # the clock of the test
    network._unseen.stir()


def browsers(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(WebBrowser.id)).all())


async def shows(page: Page, words: str) -> None:
    await page.get_by_text(words).first.wait_for()


async def post(yang: Page) -> None:
    box = yang.locator(".panel.private textarea")
    await box.fill("发布 巡逻 2026-11-27 19:00-21:00 东门集合 4人")
    await yang.locator(".panel.private .say button.first").click()
    await yang.locator(".panel.private").get_by_role("button", name="发布").click()


async def join(page: Page) -> None:
    await page.locator(".card").get_by_role("button", name="我来").first.click()


async def test_who_says_yes_is_called_and_who_cannot_be_is_on_the_list_of_people_to_call(tmp_path: Path) -> None:
    settings = replace(FREE, demo=False, push_key=tmp_path / "push.key", push_anywhere=True)
    async with (
        chromium() as browser,
        village(tmp_path / "v.db", settings) as network,
        push_service(network._clock.now) as service,
    ):
        service.key = network._unseen.key
        phone = service.browser("phone")
        place = phone.place(service.url)
        told = json.dumps({"endpoint": place.endpoint, "keys": {"p256dh": place.p256dh, "auth": place.auth}})
        yang = await enter(browser, network, "杨老师", DESK)
        li = await enter(browser, network, "李阿姨", PHONE, SUBSCRIBED.replace("PLACE", told))
        chen = await enter(browser, network, "陈伯", PHONE, "delete window.PushManager")
        await post(yang)
        await can(li, network, service)
        await cannot(chen)
        for page in (li, chen):
            assert page.trouble == []  # type: ignore[attr-defined]  # see `window`
        elsewhere = await li.context.new_page()
        tools, registration = await worker(await stays_open(li, elsewhere, network))
        await li.close()
        await chen.close()
        await push(network, days=3, hours=10, minutes=1)
        await until(lambda: phone.calls)
        assert phone.calls == [{"title": "小板凳有话对您说", "body": "邻里", "lang": "zh"}]
        await called(elsewhere, tools, registration, network, phone)
        await push(network, minutes=LOOKS.total_seconds() / 60 + 1)
        call = yang.locator(".panel.private .line", has_text="请打电话提醒")
        await call.wait_for()
        said = await call.inner_text()
        assert "陈伯" in said
        assert "李阿姨" not in said
        await off(elsewhere, network)
        assert service.trouble == []


async def can(li: Page, network: WebNetwork, service: PushService) -> None:
    """Asked after the first promise, and not before; said yes."""
    asked = li.locator("[data-remind]")
    await li.locator(".card").first.wait_for()
    assert not await asked.is_visible(), "before the first promise nobody is asked"
    await join(li)
    await asked.wait_for()
    assert await asked.get_by_role("heading").inner_text() == "要我提醒您吗？"
    await li.set_viewport_size({"width": 1280, "height": 800})
    assert await asked.evaluate("(it) => it.clientHeight") < 120, "where there is room it is one line with its answers"
    await li.set_viewport_size(PHONE["viewport"])
    assert await audit(li) == []
    await asked.get_by_role("button", name="好，提醒我").click()
    await shows(li, "好，有事我叫您")
    assert await li.evaluate("document.activeElement.dataset.said") == ""
    assert len(browsers(network._database)) == 1
    await li.reload()
    await li.locator(".card.mine").wait_for()
    assert await asked.count() == 0, "it is asked once"


async def cannot(chen: Page) -> None:
    """Told once, kindly, that this browser cannot."""
    await join(chen)
    told = chen.locator("[data-remind]")
    await told.wait_for()
    await shows(chen, "这个浏览器没法在页面关着的时候提醒您")
    assert not await told.get_by_role("button", name="好，提醒我").is_visible()
    assert not await told.get_by_text("要我提醒您吗").is_visible()
    assert await audit(chen) == []
    await told.get_by_role("button", name="知道了").click()
    await shows(chen, "请您有空就来看一眼。")
    await chen.reload()
    await chen.locator(".card.mine").wait_for()
    assert not await chen.locator("[data-remind]").is_visible(), "it is said once"


async def stays_open(li: Page, elsewhere: Page, network: WebNetwork) -> Page:
    """A window of the same browser that is no page of ours."""
    await elsewhere.goto(f"{network.url}/static/stool.svg")
    return elsewhere


async def called(page: Page, tools: Any, registration: str, network: WebNetwork, phone: Subscribed) -> None:
    """The browser is called as its push service would; what it shows leads to one's own chat."""
    origin = network.url
    data = json.dumps(phone.calls[0])
    await tools.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registration, "data": data}
    )
    shown = "navigator.serviceWorker.getRegistration('/').then((it) => it.getNotifications())"
    async with asyncio.timeout(30):
        while not await page.evaluate(f"{shown}.then((all) => all.length)"):
            await asyncio.sleep(0.1)
    seen = await page.evaluate(f"{shown}.then(([one]) => [one.title, one.body, one.tag, one.lang])")
    assert seen == ["小板凳有话对您说", "邻里", "said", "zh"]
    (running,) = page.context.service_workers
    await page.goto(f"{network.url}/")
    await running.evaluate(
        "registration.getNotifications().then(([notification]) => "
        "dispatchEvent(new NotificationEvent('notificationclick', { notification })))"
    )
    await page.wait_for_url("**/chat/private-*")
    await shows(page, "明天")
    assert await page.evaluate(f"{shown}.then((all) => all.length)") == 0


async def off(page: Page, network: WebNetwork) -> None:
    """Turned off under 更多, and on again."""
    await page.goto(f"{network.url}/more")
    await page.get_by_role("button", name="不用提醒了").wait_for()
    assert await audit(page) == []
    await page.get_by_role("button", name="不用提醒了").click()
    await shows(page, "好，这里不提醒了")
    await until(lambda: not browsers(network._database))
    await page.goto(f"{network.url}/")
    await page.locator(".card").first.wait_for()
    assert browsers(network._database) == [], "what was turned off does not turn itself on"
    await page.goto(f"{network.url}/more")
    await page.get_by_role("button", name="好，提醒我").click()
    await shows(page, "好，有事我叫您")
    assert len(browsers(network._database)) == 1
