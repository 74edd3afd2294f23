"""The page in a real browser: live in several windows, by keyboard, on a phone, without script, and for everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from adapters.web.ids import private_chat
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from core.db import Database
from core.messages import Action, Answer, Bold, Edited, Message, Said
from tests.adapters.hostile import CORPUS, storable
from tests.adapters.place import until
from tests.web.browser import DESK, PHONE, audit, chromium, measure, window
from tests.web.house import FREE, START, Bot, HandClock, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

GROUP = FREE.chats[0]
JOIN, LEAVE = Action("7.join", "我来", "🙋"), Action("7.leave", "退出")


def roster(names: str) -> Message:
    return Message((Bold("1 义务巡逻"), f"\n周五 11月27日 晚上7点到9点\n东门集合\n{names}"), (JOIN, LEAVE))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as made:
        yield made


def log(page: Page, chat: str = "group") -> Any:
    return page.locator(f".panel[data-chat={chat}] .lines")


async def say(page: Page, chat: str, text: str) -> None:
    await page.fill(f"#say-{chat}", text)
    await page.click(f"#say-{chat} ~ button")


async def see(place: Any, text: str) -> None:
    await place.get_by_text(text).first.wait_for()


async def test_every_window_shows_at_once_what_happens_in_another(
    network: WebNetwork, browser: Browser, bot: Bot
) -> None:
    li, chen = [await window(browser, f"{network.url}/as/{who}/") for who in ("li", "chen")]
    one = await network.send(GROUP, roster("0/2"), "k1")
    for page in (li, chen):
        await see(log(page), "0/2")
    await say(chen, "group", "我也来")
    await see(log(li), "我也来")
    await network.edit(GROUP, one, roster("1/2 陈伯"), "k1.e2")
    for page in (li, chen):
        await see(log(page), "1/2 陈伯")
        assert await log(page).locator(".bot").count() == 1
    await network.remove(GROUP, one)
    await li.wait_for_selector(f"#m{one}", state="detached")
    assert li.trouble == chen.trouble == []


async def test_a_press_says_its_toast_without_leaving_the_page(network: WebNetwork, browser: Browser, bot: Bot) -> None:
    await network.send(GROUP, roster("0/2"), "k1")
    li = await window(browser, f"{network.url}/as/li/")
    await li.fill("#say-group", "半句话")
    bot.answer = Answer(toast="记下了：李阿姨，周五晚上7点。")
    await li.get_by_role("button", name="我来").click()
    await see(li.get_by_role("status"), "记下了：李阿姨")
    bot.answer = Answer(toast="这次已经满了。", alert=True)
    await li.get_by_role("button", name="我来").click()
    await see(li.get_by_role("alert"), "已经满了")
    await li.get_by_role("button", name="好", exact=True).click()
    assert await li.locator(".toast").inner_text() == ""
    assert await li.input_value("#say-group") == "半句话"
    assert li.trouble == []


async def test_all_of_it_works_by_keyboard_and_the_focus_stays_where_it_was(
    network: WebNetwork, browser: Browser, bot: Bot
) -> None:
    one = await network.send(GROUP, roster("0/2"), "k1")
    li = await window(browser, f"{network.url}/as/li/")
    await li.keyboard.press("Tab")
    await li.keyboard.press("Enter")  # the first link leads to the text box
    assert await li.evaluate("document.activeElement.id") == "say-group"
    await li.keyboard.type("报名")
    await li.keyboard.press("Shift+Enter")
    await li.keyboard.type("两个人")
    await li.keyboard.press("Enter")
    await until(lambda: isinstance(bot.heard[-1], Said))
    assert bot.heard[-1].text == "报名\n两个人"
    button = li.get_by_role("button", name="退出")
    await button.focus()
    await network.edit(GROUP, one, roster("1/2 李阿姨"), "k1.e2")
    await see(log(li), "1/2 李阿姨")
    assert await li.evaluate("document.activeElement.value") == LEAVE.id


async def test_on_a_phone_one_chat_is_in_view_and_the_other_counts(network: WebNetwork, browser: Browser) -> None:
    li = await window(browser, f"{network.url}/as/li/", PHONE)
    await li.fill("#say-group", "半句话")
    badge = li.locator("[data-tab=private-li] .badge")
    assert not await badge.is_visible()
    await network.send(private_chat("li"), Message(("明天晚上7点，东门集合。",)), "k1")
    await badge.wait_for()
    assert await badge.get_attribute("aria-label") == "1 条没看"
    await li.get_by_role("link", name="我和小板凳").click()
    await see(log(li, "private-li"), "东门集合")
    assert not await badge.is_visible()
    assert not await log(li).is_visible()
    await li.get_by_role("link", name="邻里").click()
    assert await li.input_value("#say-group") == "半句话"
    await li.reload()
    assert not await badge.is_visible()


async def test_words_are_answered_and_edited_by_their_links(network: WebNetwork, browser: Browser, bot: Bot) -> None:
    one = await network.send(GROUP, roster("0/2"), "k1")
    li = await window(browser, f"{network.url}/as/li/")
    await li.get_by_role("link", name="回复 小板凳 的话").click()
    await see(li, "回复 小板凳：1 义务巡逻")
    await say(li, "group", "报明")
    await until(lambda: isinstance(bot.heard[-1], Said))
    assert bot.heard[-1].reply_to == one
    await li.locator(".panel.current .about").wait_for(state="hidden")
    await li.get_by_role("link", name="修改").click()
    await say(li, "group", "报名")
    await see(log(li), "报名")
    await until(lambda: isinstance(bot.heard[-1], Edited))


async def test_a_window_catches_up_after_the_page_was_away(database: Database, browser: Browser, bot: Bot) -> None:
    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, bot.receive):
        li = await window(browser, f"{network.url}/as/li/")
        await network.send(GROUP, Message(("第一句",)), "k1")
        await see(log(li), "第一句")
        address = network.url.removeprefix("http://")
    await li.locator(".offline").wait_for()
    network = WebNetwork(replace(FREE, address=address), database, HandClock())
    await network.send(GROUP, Message(("第二句",)), "k2")
    async with serving(network, bot.receive):
        await see(log(li), "第二句")
        await li.locator(".offline").wait_for(state="hidden")
        await say(li, "group", "我回来了")
        await until(lambda: isinstance(bot.heard[-1], Said))


async def test_words_that_could_not_be_sent_stay_and_are_said_once(
    database: Database, browser: Browser, bot: Bot
) -> None:
    network = WebNetwork(FREE, database, HandClock())
    async with serving(network, bot.receive):
        li = await window(browser, f"{network.url}/as/li/")
        address = network.url.removeprefix("http://")
    await say(li, "group", "+1")
    await see(li.get_by_role("alert"), "没有发出去")
    assert await li.input_value("#say-group") == "+1"
    network = WebNetwork(replace(FREE, address=address), database, HandClock())
    async with serving(network, bot.receive):
        await li.click("#say-group ~ button")
        await until(lambda: [event for event in bot.heard if isinstance(event, Said)])
        assert [event.text for event in bot.heard if isinstance(event, Said)] == ["+1"]


async def test_it_works_without_any_script(network: WebNetwork, browser: Browser, bot: Bot) -> None:
    await network.send(GROUP, roster("0/2"), "k1")
    li = await window(browser, f"{network.url}/as/li/", PHONE, java_script_enabled=False)
    bot.answer = Answer(toast="记下了：李阿姨。")
    await li.get_by_role("button", name="我来").click()
    await see(li.get_by_role("status"), "记下了：李阿姨。")
    bot.answer = Answer()
    await say(li, "group", "带把伞")
    await see(log(li), "带把伞")
    await li.get_by_role("button", name="看看有没有新消息").first.click()
    await li.get_by_role("link", name="我和小板凳").click()
    assert await li.locator("#say-private-li").is_visible()


async def test_peoples_words_are_words_whatever_they_are(network: WebNetwork, browser: Browser) -> None:
    li = await window(browser, f"{network.url}/as/li/", PHONE)
    for name, text in CORPUS.items():
        if storable(text):
            await network.send(GROUP, Message((text, Bold(text)), (Action("7.join", text[:60] or "x"),)), name)
    await network.send(GROUP, Message(("最后一句",)), "last")
    await see(log(li), "最后一句")
    assert (await measure(li))["sideways"] <= 0
    await li.reload()
    await see(log(li), "最后一句")
    assert (await measure(li))["sideways"] <= 0
    assert li.trouble == []


@pytest.mark.parametrize("kind", [PHONE, DESK, {**PHONE, "color_scheme": "dark"}], ids=["phone", "desk", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_everybody_can_use_every_page(
    network: WebNetwork, browser: Browser, bot: Bot, kind: dict[str, Any], lang: str
) -> None:
    one = await network.send(GROUP, roster("1/2 陈伯"), "k1")
    await network.pin(GROUP, one)
    await network.send(private_chat("li"), roster("明天"), "k2")
    li = await window(browser, f"{network.url}/", kind)
    pages = [await audit(li), await measure(li)]
    await li.goto(f"{network.url}/as/li/")
    if lang == "en":
        await li.get_by_role("button", name="English").click()
    await say(li, "group", "+1")
    await see(log(li), "+1")
    await li.locator(".edit").first.click()
    pages += [await audit(li), await measure(li)]
    await li.goto(f"{network.url}/as/li/chat/private-li?reply={int(one) + 1}")
    bot.answer = Answer(toast="这次已经满了。", alert=True)
    await li.locator(".private .actions button").first.click()
    await li.locator(".toast.shown").wait_for()
    await li.evaluate("document.querySelector('details').open = true")
    pages += [await audit(li), await measure(li)]
    await li.goto(f"{network.url}/as/nobody/")
    pages += [await audit(li), await measure(li)]
    assert [page for page in pages if page] == [{"sideways": 0, "small": [], "low": []}] * 4


async def test_the_door_for_personal_links_is_as_usable(database: Database, browser: Browser, bot: Bot) -> None:
    network = WebNetwork(replace(FREE, demo=False), database, HandClock())
    link = await invite(database, "李阿姨", START)
    async with serving(network, bot.receive):
        li = await window(browser, f"{network.url}{link}", PHONE)
        pages = [await audit(li), await measure(li)]
        await li.get_by_role("button", name="我是李阿姨").click()
        await see(li, "您是")
        pages += [await audit(li), await measure(li)]
        await say(li, "group", "+1")
        await see(log(li), "+1")
        await li.get_by_role("link", name="更多").click()
        assert not await li.get_by_role("button", name="换人，我先出去").is_visible()
        await li.get_by_text("换人", exact=True).click()
        pages += [await audit(li), await measure(li)]
        await li.get_by_role("button", name="换人，我先出去").click()
        await see(li, "请点协调人发给您的个人链接")
        pages += [await audit(li), await measure(li)]
    assert [page for page in pages if page] == [{"sideways": 0, "small": [], "low": []}] * 4
