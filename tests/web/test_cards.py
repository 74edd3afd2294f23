"""What is on: cards that know their reader, over the whole bot; and long rosters that fold."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlmodel import Session

from adapters.web.cards import Cards
from adapters.web.folding import LONG, SHOWN, folded
from adapters.web.settings import WebSettings
from core.members import KnownChat
from tests.street import street
from tests.web.house import Browser, Page
from tests.web.story import village


def card(page: Page, title: str) -> str:
    """The words of one card, its labels among them."""
    return next(" ".join(line.text.split()) for line in page.chats["now"] if title in line.text)


async def until(li: Browser, title: str, *words: str) -> str:
    """The card, once it says all of this."""
    async with asyncio.timeout(30):
        while True:
            page = await li.look()
            found = [" ".join(line.text.split()) for line in page.chats["now"] if title in line.text]
            if found and all(word in found[0] for word in words):
                return found[0]
            await asyncio.sleep(0.05)


async def posted(yang: Browser) -> None:
    """The draft that came privately is posted."""
    async with asyncio.timeout(30):
        while not (lines := [line for line in (await yang.look()).chats["private-yang"] if "发布" in str(line.labels)]):
            await asyncio.sleep(0.05)
    await yang.press("private-yang", lines[-1].id, lines[-1].actions[0])


async def push(li: Browser, label: str) -> None:
    form = (await li.look()).form("/clock") | {"step": label}
    await li.post("/clock", form)


async def press(li: Browser, label: str, title: str) -> Page:
    """Press what stands on a card: the form of the message that it names."""
    async with asyncio.timeout(30):
        while True:
            page = await li.look()
            wanted = next(line for line in page.chats["now"] if title in line.text)
            actions = [action for each, action in zip(wanted.labels, wanted.actions, strict=True) if label in each]
            if any(actions):
                break
            await asyncio.sleep(0.05)
    action = actions[0]
    form = next(
        fields for html, fields in zip(page.html.split("<form")[1:], [f for _, f in page.forms], strict=True)
        if f'value="{action}"' in html and 'name="view"' in html
    )  # fmt: skip
    return await li.post("/press", form | {"action": action})


async def test_a_card_says_what_it_does_for_its_reader_and_leaves_by_itself(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with village(tmp_path / "web.db") as network, aiohttp.ClientSession(cookie_jar=jar) as session:
        yang, li, chen = (Browser(network.url, session, f"/as/{who}") for who in ("yang", "li", "chen"))
        assert "现在没有活动" in (await li.look()).html
        await yang.say("private-yang", "发布 巡逻 明天 10:00-11:00 东门集合 1人")
        await posted(yang)
        open_one = await until(li, "巡逻", "还差1人", "东门", "我来")
        assert "退出" not in open_one
        page = await press(li, "我来", "巡逻")
        assert page.url.split("?")[0].endswith("/as/li/"), "one stays where one was"
        assert "报上名了" in page.toast
        mine = await until(li, "巡逻", "您报上了", "退出")
        assert "我来" not in mine
        assert "我报的" in (await li.look()).html
        full = await until(chen, "巡逻", "满了，可以排候补", "李阿姨")
        assert "排候补" in full
        await press(chen, "排候补", "巡逻")
        await until(chen, "巡逻", "您在候补，第1位")
        await push(li, "day")
        await push(li, "hour")
        await until(li, "巡逻", "到了")
        await press(li, "到了", "巡逻")
        await until(li, "巡逻", "平安结束")
        await push(li, "evening")
        assert "巡逻" not in str([line.text for line in (await chen.look()).chats["now"]])
        assert 'href="" hidden' in (await chen.look("/chat/group")).html, "a strip never shows only what is over"


async def test_a_group_shows_what_its_own_community_has_and_nobody_elses(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-24 19:00-21:00 东门 2人") as here:
        cards = Cards(WebSettings())
        cards.heres = here.app.heres
        ours = here.app.heres.first.id

        def know(session: Session) -> None:
            session.add(KnownChat(community_id=ours, id=7, network="web", address="own", private=False))

        def look(session: Session) -> list[bool]:
            return [cards.strip(session, chat, "zh", here.clock.now()) is not None for chat in ("own", "others")]

        await here.database.write(know)
        assert await here.database.write(look) == [True, False]
        await here.at(datetime(2026, 11, 24, 11, 5, tzinfo=UTC))
        assert await here.database.write(look) == [False, False], "what has begun cannot be joined"


def test_a_long_roster_folds_and_shows_its_readers_own_name() -> None:
    names = [f"{n}. 邻居{n}" for n in range(1, 151)]
    spans = (("bold", "百家宴 #1"), ("", "\n报名 150/200\n" + "\n".join(names) + "\n候补：陈伯"))
    shown = folded(spans, ["邻居77"])
    before = "".join(words for _, words in shown.before)
    assert shown.n == 150 - SHOWN - 1
    assert "20. 邻居20\n77. 邻居77" in before
    assert "21. " not in before
    assert ("me mention", "邻居77") in shown.before
    assert "".join(words for _, words in shown.after) == "候补：陈伯"
    short = (("", "\n".join(names[:LONG])),)
    assert folded(short, []).before == folded(short, ["陈伯"]).before
    assert folded(short, []).n == 0


def test_only_ones_own_name_is_marked() -> None:
    words = "1. 王阿姨\n2. 王阿姨（2号楼）\n东门 1/2：陈伯、王阿姨（待确认）"
    marked = [words for kind, words in folded((("", words),), ["王阿姨"]).before if kind]
    assert marked == ["王阿姨", "王阿姨"]
