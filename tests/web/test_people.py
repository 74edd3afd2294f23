"""The page 邻居: who is in, links as slips, one at a time or from a list; for coordinators, and in the log."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session, col, select

from adapters.web.neighbours import LONG
from adapters.web.people import invite
from adapters.web.slips import drawn
from adapters.web.store import WebPerson, WebSession
from core.audit import AuditLine
from core.members import Account, Community, Member
from core.posts import Post
from core.roles import RoleGiven
from tests.web.estate import REAL, estate, invites, links, pasted, proposed, renewed, words
from tests.web.house import START, Browser
from tests.web.story import village


async def test_one_name_is_a_link_at_once_and_lets_in_whoever_has_it(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        slips = await invites(yang, "王阿姨 3号楼")
        assert "“我是王阿姨，进去”" in words(slips)
        assert "谁有它，谁就是您" in words(slips)
        (link,) = links(slips).values()
        assert drawn(link)[0] in slips.html, "the code says what the link says"
        assert "还没进来（1位） 王 王阿姨 3号楼 周一 09:00给的链接" in words(await yang.look("/people"))
        wang = await here.enter(link)
        assert "您是 \u2068王阿姨\u2069" in (await wang.look()).html
        page = words(await yang.look("/people"))
        assert "还没进来" not in page
        assert "进来了（2位）" in page
        assert await here.verbs() == ["link_made"]
        assert (await wang.look("/people")).status == 403


async def test_a_list_is_read_and_only_what_is_unclear_is_asked(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        wang = await here.enter(*links(await invites(yang, "王伯")).values())
        names = "志愿者名单\n1. 李阿姨 5号楼\n2、王阿姨（3号楼）\n3、王阿姨 8号楼\n4. 王伯\n5. 李阿姨 5号楼\n陈伯、赵叔"
        page = await pasted(yang, names)
        asked = words(page)
        assert re.findall(r"<legend><b><bdi>(\w+)", page.html) == ["志愿者名单", "王阿姨", "王伯", "李阿姨"]
        assert "名单上有两个王阿姨" in asked
        assert "已经有一位王伯" in asked
        assert "直接做链接的（4位）" in asked
        slips = links(await yang.post("/people/make", proposed(page)))
        assert list(slips) == ["李阿姨 5号楼", "王阿姨 3号楼", "王阿姨 8号楼", "陈伯", "赵叔"]
        assert (await wang.look()).status == 200, "who is in is not put out by a list"
        assert len(set(slips.values())) == 5
        assert await here.verbs() == ["link_made"] * 6


async def test_somebody_who_has_a_link_gets_a_new_one_and_is_the_same_person(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        (old,) = links(await invites(yang, "王阿姨 3号楼")).values()
        wang = await here.enter(old)
        await wang.say("group", "大家好")
        account = await here.knows("王阿姨")
        (new,) = links(await invites(yang, "王阿姨")).values()
        assert new != old
        assert (await wang.look()).status == 401
        assert (await wang.look(old.removeprefix(here.network.url))).status == 404
        again = await here.enter(new)
        assert "大家好" in [line.words for line in (await again.look()).chats["group"]]
        assert len(await here.rows(WebPerson)) == 2
        lines = [line for line in await here.rows(AuditLine) if line.verb == "link_renewed"]
        coordinator = next(row.member_id for row in await here.rows(Account) if row.name == "杨老师")
        assert [(line.for_member, line.by_member) for line in lines] == [(account.member_id, coordinator)]
        told = [(post.member_id, post.body["facts"]) for post in await here.rows(Post)]
        assert told == [(account.member_id, {"name": "杨老师"})], "whoever came in by it reads who made it"


async def test_another_of_that_name_is_somebody_else(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        wang = await here.enter(*links(await invites(yang, "王阿姨 3号楼")).values())
        await invites(yang, "王阿姨 8号楼", c0="new")
        assert (await wang.look()).status == 200
        assert [row.building for row in await here.rows(WebPerson)] == ["", "3号楼", "8号楼"]


async def test_pressed_twice_is_once_and_a_page_of_slips_may_be_loaded_again(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        form = (await yang.look("/people")).form("/people/names") | {"names": "王阿姨 3号楼"}
        one, two = await yang.post("/people/names", form), await yang.post("/people/make", form)
        assert links(one) == links(two)
        assert await here.verbs() == ["link_made"]
        wang = await here.person("王阿姨")
        again = (await yang.look(f"/people/{wang.id}")).form("/people/again")
        first, second = await yang.post("/people/again", again), await yang.post("/people/again", again)
        assert links(first) == links(second) != links(one)
        assert await here.verbs() == ["link_made", "link_renewed"]
        assert "刚才已经有人给王阿姨换过链接" in words(await yang.post("/people/make", form)), (
            "an old page revives no link"
        )
        assert await here.verbs() == ["link_made", "link_renewed"]


async def test_a_form_that_is_older_than_the_link_ends_nothing(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        await invites(yang, "王阿姨")
        wang = await here.person("王阿姨")
        old = (await yang.look(f"/people/{wang.id}")).form("/people/again")
        old["at"] = str(int(old["at"]) - 60_000_000)
        (link,) = links(await invites(yang, "王阿姨")).values()
        assert "换过链接" in words(await yang.post("/people/again", old))
        assert (await (await here.browser()).look(link.removeprefix(here.network.url))).status == 200


async def test_a_link_is_ended_with_two_presses_and_nobody_ends_their_own(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        li = await here.enter(*links(await invites(yang, "李阿姨")).values())
        one = await here.person("李阿姨")
        page = await yang.post("/people/end", (await yang.look(f"/people/{one.id}")).form("/people/end"))
        assert "链接作废了" in words(page)
        assert (await li.look()).status == 401
        assert "李阿姨" not in words(page)
        own = await here.person("杨老师")
        mine = await yang.look(f"/people/{own.id}")
        assert "/people/end" not in mine.html
        await yang.post("/people/end", mine.form("/people/again"))
        assert (await yang.look()).status == 200
        assert await here.verbs() == ["link_made", "link_ended"]


async def test_a_new_link_for_oneself_leaves_this_window_in_and_all_others_out(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        own = await here.person("杨老师")
        (link,) = links(
            await yang.post("/people/again", (await yang.look(f"/people/{own.id}")).form("/people/again"))
        ).values()
        phone = await here.enter(link)
        assert (await phone.look()).status == 200
        (newer,) = links(await renewed(yang, own.id)).values()
        assert (await phone.look()).status == 401
        assert (await yang.look()).status == 200
        assert (await (await here.enter(newer)).look()).status == 200


async def test_who_was_not_seen_for_long_is_listed_apart_with_when(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        await here.enter(*links(await invites(yang, "李阿姨")).values())
        await here.knows("李阿姨")

        def long_ago(session: Session) -> None:
            for row in session.exec(select(Account).where(col(Account.name) == "李阿姨")):
                row.last_used = START - LONG - timedelta(days=2)
            li = session.exec(select(WebPerson).where(col(WebPerson.name) == "李阿姨")).one()
            for begun in session.exec(select(WebSession).where(WebSession.person == li.id)):
                begun.began_at = START - LONG - timedelta(days=1)

        await here.database.write(long_ago)
        assert "好久没来（1位） 李 李阿姨 最后一次来：10月23日 09:00 进来了（1位）" in words(await yang.look("/people"))


async def test_somebody_known_from_elsewhere_keeps_what_is_theirs(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        (community,) = await here.rows(Community)
        (account,) = await here.rows(Account)

        def put_down(session: Session) -> None:
            session.add(Member(community_id=community.id, id=77, name="王奶奶", proxy_id=account.member_id))

        await here.database.write(put_down)
        page = await yang.post(
            "/people/names", (await yang.look("/people")).form("/people/names") | {"names": "王奶奶"}
        )
        assert "小板凳认识的王奶奶" in words(page)
        await here.enter(*links(await yang.post("/people/make", proposed(page))).values())
        await here.knows("王奶奶")
        assert [row.member_id for row in await here.rows(Account) if row.name == "王奶奶"] == [77]
        member = next(row for row in await here.rows(Member) if row.id == 77)
        assert member.proxy_id is None, "she speaks for herself now"
        assert await here.verbs() == ["link_made", "linked"]


@pytest.mark.parametrize("role", ["deputy", "visits", "patrols", None])
async def test_the_page_asks_the_table_of_roles(tmp_path: Path, role: str | None) -> None:
    async with estate(tmp_path) as (here, yang):
        li = await here.enter(*links(await invites(yang, "李阿姨")).values())
        account = await here.knows("李阿姨")
        if role is not None:
            given = RoleGiven(community_id=account.community_id, member_id=account.member_id, role=role, at=START)
            await here.database.write(lambda session: session.add(given))
        form = (await li.look()).form("/say", chat="group") | {"names": "赵叔", "do": "open", "id": account.id}
        assert [(await li.look(path)).status for path in ("/people", f"/people/{account.id}")] == [403, 403]
        for path in ("names", "make", "again", "end", "link", "knock"):
            assert (await li.post(f"/people/{path}", form)).status == 403
        assert "people-door" not in (await li.look()).html
        assert "people-door" in (await yang.look()).html
        assert await here.verbs() == ["link_made"]


async def test_a_form_of_the_page_needs_its_own_token(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        form = (await yang.look("/people")).form("/people/names") | {"names": "赵叔"}
        for path in ("names", "make", "again", "end", "link", "knock"):
            assert (await yang.post(f"/people/{path}", form | {"csrf": "0" * 64, "do": "open"})).status == 403
            assert (await yang.post(f"/people/{path}", form, Origin="https://evil.example")).status == 403
        assert await here.verbs() == []


async def test_in_the_demo_the_page_says_that_no_links_are_needed(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with village(tmp_path / "web.db") as network, aiohttp.ClientSession(cookie_jar=jar) as session:
        yang, li = (Browser(network.url, session, f"/as/{who}") for who in ("yang", "li"))
        async with asyncio.timeout(30):
            while (await yang.look("/people")).status != 200:
                await asyncio.sleep(0.02)
        page = await yang.look("/people")
        assert "试用时每个人自己选身份" in words(page)
        assert "进来了（6位）" in words(page)
        assert page.forms == []
        assert (await li.look("/people")).status == 403


async def test_who_enters_before_anybody_else_is_welcome(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with village(tmp_path / "web.db", REAL) as network, aiohttp.ClientSession(cookie_jar=jar) as session:
        li = Browser(network.url, session)
        link = await invite(network._database, "李阿姨", START)
        page = await li.post(link, (await li.look(link)).form(""))
        assert "欢迎您" in page.toast
        assert "先加入小区群" not in page.html
        await li.say("group", "我来得早")
        own = next(chat for chat in page.chats if chat.startswith("private-"))
        async with asyncio.timeout(30):
            await li.say(own, "活动")
            while not (lines := [line.words for line in (await li.look()).chats[own] if line.bot]):
                await asyncio.sleep(0.02)
        assert "没有活动" in lines[0]
