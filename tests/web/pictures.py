"""Draw the pictures of the documentation: `python -m tests.web.pictures docs/pictures` plays the story."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.web.browser import DESK, PHONE, chromium
from tests.web.large import draw_large
from tests.web.story import Neighbour, claim, leave, neighbour, post, remind, village

CRISP = {**DESK, "viewport": {"width": 1400, "height": 980}, "device_scale_factor": 2}


async def draw(folder: Path) -> None:
    """Play the story; keep a picture of a desk at its end, and one of a phone."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang, chen, wang = [await neighbour(browser, network, who) for who in ("yang", "chen", "wang-bo")]
            li = await neighbour(browser, network, "li", kind=CRISP)
            phone = await neighbour(browser, network, "wang-bo", kind=PHONE)
            await post(yang)
            await claim(li, chen, wang)
            await leave(chen, wang)
            await remind(li, wang)
            await li.say("东门见，我带手电。")
            await li.see(li.group, "手电")
            await _keep(li, folder / "web.png")
            await phone.page.get_by_role("link", name="我和小板凳").click()
            await phone.see(phone.own, "今天")
            await _keep(phone, folder / "phone.png")


async def draw_cards(folder: Path) -> None:
    """What is on: a picture of the first view on a phone, of somebody who has joined one of three."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang, chen, li = [await neighbour(browser, network, who) for who in ("yang", "chen", "li")]
            phone = await neighbour(
                browser, network, "wang-bo", kind={**PHONE, "viewport": {"width": 360, "height": 980}}
            )
            for words in ("巡逻 明天 19:00-21:00 东门集合 3人 带手电", "百家饭 周六 11点 活动室 凉菜2 热菜4"):
                await yang.say(f"发布 {words}", "private-yang")
                await yang.see(yang.own, "我这样理解", words[:2])
                await yang.press(yang.own, "发布")
                await yang.see(yang.group, words[:2], "0/")
            for one in (chen, li):
                await one.say("+1 1")
                await one.see(one.group, "陈伯")
            await phone.page.locator("[data-tab=now]").click()
            await phone.page.locator(".card", has_text="巡逻").get_by_role("button", name="我来").click()
            await phone.page.locator(".card.mine", has_text="李阿姨").wait_for()
            await _keep(phone, folder / "now.png")


async def draw_desk(folder: Path) -> None:
    """A coordinator's desk on a phone: words passed on, a duty that lacks people, and two weeks."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang, chen, li = [await neighbour(browser, network, who) for who in ("yang", "chen", "li")]
            tall = {**PHONE, "viewport": {"width": 360, "height": 980}}
            for words in ("巡逻 明天 19:00-21:00 东门集合 3人", "百家饭 周六 11点 活动室 凉菜2 热菜4"):
                await yang.say(f"发布 {words}", "private-yang")
                await yang.see(yang.own, "我这样理解", words[:2])
                await yang.press(yang.own, "发布")
                await yang.see(yang.group, words[:2], "0/")
            await chen.say("+1 1")
            await chen.see(chen.group, "陈伯")
            await li.say("转给协调人 我女儿周六也想来帮忙，可以吗？", "private-li")
            await li.see(li.own, "已转给协调人")
            phone = await neighbour(browser, network, "yang", kind=tall)
            await phone.page.goto(f"{network.url}/as/yang/desk")
            await phone.page.locator(".task", has_text="我女儿").wait_for()
            await _keep(phone, folder / "desk.png")


async def draw_council(folder: Path) -> None:
    """Hold a council; keep a picture of its board on a phone."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang, chen, li = [await neighbour(browser, network, who) for who in ("yang", "chen", "li")]
            phone = await neighbour(browser, network, "wang-bo", kind=PHONE)
            await chen.say("烦心事 3号楼502王奶奶门口的灯坏了，电话13812345678")
            await chen.see(chen.group, "小板凳", "事1")
            await li.say("发现 东门的玉兰树枝断了")
            await li.see(li.group, "小板凳", "事2")
            await phone.say("我也是 1")
            await li.say("我也是 1")
            await li.see(li.group, "3人")
            await yang.push("过1天")
            await yang.say("事1 物业来看过了，灯泡下午送到", "private-yang")
            await yang.see(yang.group, "灯泡下午送到")
            await yang.say("烦心事 车棚里充电线乱拉，怕着火")
            await yang.see(yang.group, "事3")
            await yang.say("事3 办不了 车棚明年拆了重建", "private-yang")
            await yang.see(yang.group, "明年拆了重建")
            await phone.see(phone.group, "明年拆了重建")
            await phone.say("小板凳")
            await phone.page.locator(".panel[data-chat=group] article").last.filter(has_text="明年拆了重建").wait_for()
            await _keep(phone, folder / "council.png")


async def draw_visit(folder: Path) -> None:
    """A visit: a picture of what the group reads, and one of what who goes there reads the evening before."""
    with tempfile.TemporaryDirectory() as rows:
        async with chromium() as browser, village(Path(rows) / "web.db") as network:
            yang = await neighbour(browser, network, "yang")
            phone = await neighbour(browser, network, "wang-bo", kind=PHONE)
            await yang.say("登记 孙奶奶 3号楼502 13900001111 耳背 敲门要重一点", "private-yang")
            await yang.see(yang.own, "孙奶奶", "3号楼")
            await yang.press(yang.own, "确认")
            await yang.say("发布 慰问 明天上午10点 孙奶奶 1人 带一袋米", "private-yang")
            await yang.see(yang.own, "慰问", "孙奶奶", "群里看到")
            await yang.press(yang.own, "发布")
            await yang.see(yang.group, "慰问", "0/1")
            await phone.press(phone.group, "我来")
            await phone.see(phone.group, "1/1", "王伯")
            await yang.push("到晚上7点")
            await _keep(phone, folder / "visit-group.png")
            await phone.page.get_by_role("link", name="我和小板凳").click()
            await phone.see(phone.own, "孙奶奶", "502")
            await _keep(phone, folder / "visit-own.png")


async def _keep(one: Neighbour, file: Path) -> None:
    await one.page.evaluate("document.activeElement.blur()")
    close = one.page.locator(".close")
    if await close.is_visible():
        await close.click()
    await one.page.screenshot(path=file)


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
    asyncio.run(draw_cards(Path(sys.argv[1])))
    asyncio.run(draw_desk(Path(sys.argv[1])))
    asyncio.run(draw_council(Path(sys.argv[1])))
    asyncio.run(draw_visit(Path(sys.argv[1])))
    asyncio.run(draw_large(Path(sys.argv[1])))
