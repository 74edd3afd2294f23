"""Every view of the page in both languages, with one activity of each kind: no key, and no word of another language."""

from __future__ import annotations

import asyncio
import html
import re
from pathlib import Path

import aiohttp

from tests.leaks import leaked
from tests.web.house import Browser
from tests.web.story import village

POSTED = (
    "发布 百家饭 2026-11-29 11:00-13:00 活动室 荤菜3 素菜3 凉菜2 水果2 饮料2 主食2 汤1 点心2 热菜1",
    "发布 巡逻 2026-11-28 19:00-21:00 东门 2人",
    "发布 一米阳台 2026-11-28 09:00-11:00 1号楼 3号楼 每处2人",
    "发布 慰问 2026-11-28 14:00-15:00 5号楼 2户 每户2人",
    "发布 大扫除 2026-11-28 08:00-10:00 中心花园 铁锹3把",
)
VIEWS = ("/", "/chat/group", "/chat/private-yang", "/more", "/people", "/desk")
PEOPLE = " ".join((*POSTED, "杨老师 李阿姨 陈伯 王伯 张老师 王阿姨 邻里 中文 English 语言 红烧肉 10份 再当一个人"))


def visible(page: str) -> list[str]:
    """What somebody reads of a page, piece by piece; what a script or a style says is nothing to read."""
    page = re.sub(r"<(script|style|noscript)\b.*?</\1>", " ", page, flags=re.DOTALL)
    said = re.findall(r"""(?:alt|title|placeholder|aria-label)="([^"]+)\"""", page)
    return [html.unescape(each).strip() for each in (*said, *re.split(r"<[^>]+>", page)) if each.strip()]


async def post(yang: Browser, words: str) -> None:
    before = {line.id for line in (await yang.look("/chat/private-yang")).chats["private-yang"]}
    await yang.say("private-yang", words)
    async with asyncio.timeout(30):
        while True:
            lines = (await yang.look("/chat/private-yang")).chats["private-yang"]
            drafts = [line for line in lines if line.id not in before and "发布" in str(line.labels)]
            if drafts:
                break
            await asyncio.sleep(0.05)
    await yang.press("private-yang", drafts[-1].id, drafts[-1].actions[0])


async def everything(browser: Browser, lang: str) -> list[str]:
    """What does not belong into any view. A group has its own language, and so what was said in it."""
    found = []
    desk = (await browser.look("/desk")).links
    ours = {link.removeprefix(browser.base) for link in desk if link.startswith(f"{browser.base}/desk/")}
    assert len(ours) >= len(POSTED), desk
    for view in (*VIEWS, *sorted(ours)):
        page = await browser.look(view)
        assert page.status == 200, view
        shown = page.html
        if lang == "en":
            shown = re.sub(r'<article class="line .*?</article>', " ", shown, flags=re.DOTALL)
        found += [f"{view}: {each!r} in {said!r}" for said in visible(shown) for each in leaked(said, PEOPLE, lang)]
    return found


async def test_no_view_of_the_page_shows_a_key_or_a_word_of_another_language(tmp_path: Path) -> None:
    async with village(tmp_path / "v.db") as network, aiohttp.ClientSession() as session:
        yang, li = (Browser(network.url, session, f"/as/{who}") for who in ("yang", "li"))
        for words in POSTED:
            await post(yang, words)
        await li.say("group", "红烧肉 10份")
        page = await yang.look("/")
        assert "荤菜" in page.html
        assert await everything(yang, "zh") == []
        await yang.post("/lang", page.form("/lang") | {"lang": "en"})
        assert (await yang.look("/more")).html.count("中文") == 1
        assert await everything(yang, "en") == []
