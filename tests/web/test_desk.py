"""The desk without a script: plain forms, each done once, of our own pages only, for who coordinates only."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
from sqlmodel import Session, select

from core.confiding import Heard
from tests.web.house import Browser, Page
from tests.web.story import village


async def desk_of(yang: Browser) -> tuple[str, Page]:
    """Where the desk is, once the bot knows who coordinates."""
    async with asyncio.timeout(30):
        while (page := await yang.look("/desk")).status != 200:
            await asyncio.sleep(0.05)
    return page.url.split(yang.base)[1], page


def form(page: Page, **fields: str) -> dict[str, str]:
    """The fields of the first form that has these already."""
    return next(dict(filled) for _, filled in page.forms if fields.items() <= filled.items())


def times_heard(session: Session) -> int:
    """How often something confided was put before somebody on a page."""
    return len(session.exec(select(Heard).where(Heard.network == "web")).all())


async def test_an_activity_is_written_down_posted_filled_and_changed_by_plain_forms(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with village(tmp_path / "web.db") as network, aiohttp.ClientSession(cookie_jar=jar) as session:
        yang, li = (Browser(network.url, session, f"/as/{who}") for who in ("yang", "li"))
        desk, page = await desk_of(yang)
        assert "今天没有要说一声的事" in page.html
        assert "安排" in (await yang.look("/")).html
        assert "安排" not in (await li.look("/")).html, "nobody else is shown the way"
        assert [(await li.look(f"{desk}{there}")).status for there in ("", "/post", "/month/2026-11")] == [404] * 3
        page = await yang.look(f"{desk}/post")
        sent = form(page, what="draft") | {"words": "巡逻 明天 19:00-21:00 东门 2人"}
        foreign = await yang.post(f"{desk}/do", sent | {"csrf": "made up"})
        assert foreign.status == 403
        page = await yang.post(f"{desk}/do", sent)
        assert "发出去是这样" in page.html
        assert "东门" in page.html
        again = await yang.post(f"{desk}/do", sent)
        assert again.url == page.url, "the same form sent twice is one draft"
        page = await yang.post(f"{desk}/do", form(page, action="publish"))
        assert "已发布" in page.toast
        assert page.url.split("?")[0].endswith(desk)
        assert "还没有人报名" in page.html
        page = await yang.look(f"{desk}/roster/1")
        assert "可以先打印" in page.html, "before it begins nothing is ticked"
        page = await yang.post(f"{desk}/do", form(page, what="add") | {"names": "陈伯"})
        assert page.url.split("?")[0].endswith("/roster/1")
        assert "陈伯" in page.html
        refused = await li.post(f"{desk}/do", form(page, what="add"))
        assert refused.status == 403, "a form is signed for one person"
        assert [(await yang.look(f"{desk}/{there}")).status for there in ("roster/2", "month/2026-13")] == [404, 404]
        page = await yang.post(f"{desk}/do", form(page, what="remove") | {"back": "https://elsewhere.example"})
        assert page.url.split("?")[0].endswith(desk), "a form leads to our own pages only"
        page = await yang.look(f"{desk}/post")
        page = await yang.post(f"{desk}/do", form(page, what="draft") | {"words": "慰问 明天 9:30 3号楼502张奶奶 2人"})
        shown = page.html.split('class="view')
        assert "张奶奶" not in shown[1]
        assert "张奶奶" in shown[2], "whom one visits is for those who go"
        async with asyncio.timeout(30):
            while "张奶奶" not in (await yang.look("/chat/private-yang")).html:
                await asyncio.sleep(0.05)
            while (before := await network._database.read(times_heard)) < 2:  # the look before, and what was sent
                await asyncio.sleep(0.05)
        await yang.look(page.url.split(yang.base)[1])
        assert await network._database.read(times_heard) == before + 1, "that it stood on a page is written down"
        assert "2026-11" in (await yang.look(f"{desk}/month/2026-12")).html
