"""The group's link: who opens it says who they are, and comes in when somebody who knows them has said so."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

from adapters.web import knocks
from adapters.web.guard import GUESSING
from adapters.web.knocks import KEPT, WebKnock
from adapters.web.store import WebPerson
from core.members import Account
from core.posts import Post
from tests.web.estate import answer, come, estate, flood, group_link, invites, knocked, links, state, words
from tests.web.house import START


async def test_who_knocks_waits_kindly_and_comes_in_when_they_are_known(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        wang, page = await knocked(here, link, "王阿姨")
        assert "王阿姨，已经告诉协调人了" in words(page)
        assert '<noscript><meta http-equiv="refresh"' in page.html, "without script the page looks again by itself"
        assert await state(wang) == "waits"
        assert (await wang.look()).status == 401
        assert 'aria-label="在门口等的（1位）">1<' in (await yang.look()).html
        assert "在门口等的（1位） 王阿姨 3号楼" in words(await yang.look("/people"))
        assert "好了，请进来了" in words(await answer(yang, do="yes"))
        assert await state(wang) == "in"
        page = await come(wang)
        assert "您是 \u2068王阿姨\u2069" in page.html
        assert "欢迎您" in page.toast
        assert await here.rows(WebKnock) == []
        assert [(row.name, row.building) for row in await here.rows(WebPerson)][1:] == [("王阿姨", "3号楼")]
        assert await here.verbs() == ["group_link_opened", "link_made"]


async def test_looking_at_the_groups_link_changes_nothing(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        browser = await here.browser()
        for _ in range(2):
            assert "请问您是哪位" in words(await browser.look(link))
        assert not list(browser.session.cookie_jar)
        assert await here.rows(WebKnock) == []


async def test_both_name_and_building_are_asked_for(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        _, page = await knocked(here, link, "王阿姨", "\u200b")
        assert "名字和楼号都写一下" in words(page)
        assert 'value="王阿姨"' in page.html, "what was written stays"
        assert await here.rows(WebKnock) == []


async def test_who_knocks_may_be_a_neighbour_who_has_a_link_already(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        (old,) = links(await invites(yang, "王阿姨 3号楼")).values()
        before = await here.enter(old)
        await before.say("group", "大家好")
        wang, _ = await knocked(here, await group_link(here, yang), "王阿姨")
        page = await yang.look("/people")
        assert "是这位王阿姨吗？" in words(page)
        assert "是另一位王阿姨，请进" in words(page)
        who = re.findall(r'<option value="(web:\w+)">王阿姨 3号楼（已经进来了）', page.html)[0]
        await answer(yang, do="same", who=who)
        assert "大家好" in [line.words for line in (await come(wang)).chats["group"]]
        assert (await before.look()).status == 401, "the telephone that was lost is out"
        assert (await before.look(old.removeprefix(here.network.url))).status == 404
        assert len(await here.rows(WebPerson)) == 2
        assert await here.verbs() == ["link_made", "group_link_opened", "link_renewed"]


async def test_who_is_not_known_reads_a_kind_word_and_may_ask_again(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        who, _ = await knocked(here, link, "赵六")
        assert "没有请进来" in words(await answer(yang, do="no"))
        assert "或者跟协调人说一声" in words(await who.look("/wait"))
        assert [(row.name, row.building, row.refused) for row in await here.rows(WebKnock)] == [("", "", True)]
        assert (await who.post("/wait", {"csrf": ""})).status == 200
        assert (await who.look()).status == 401
        form = (await who.look(link)).form("") | {"name": "赵叔", "building": "6号楼"}
        await who.post(link, form)
        assert await state(who) == "waits"
        await answer(yang, do="yes")
        await come(who)
        assert (await who.look()).status == 200
        assert await here.verbs() == ["group_link_opened", "knock_refused", "link_made"]


async def test_pressed_twice_or_by_two_coordinators_lets_in_one(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        wang, _ = await knocked(here, await group_link(here, yang), "王阿姨")
        form = (await yang.look("/people")).form("/people/knock") | {"do": "yes"}
        pages = await asyncio.gather(*(yang.post("/people/knock", form) for _ in range(3)))
        assert sorted("已经有人答过" in words(page) for page in pages) == [False, True, True]
        assert "已经有人答过" in words(await yang.post("/people/knock", form | {"do": "no"}))
        await come(wang)
        assert len(await here.rows(WebPerson)) == 2
        assert await state(wang) == "over"


async def test_who_corrects_their_name_waits_once(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        browser = await here.browser()
        form = (await browser.look(link)).form("")
        for name in ("王啊姨", "王阿姨"):
            await browser.post(link, form | {"name": name, "building": "3号楼"})
        assert [row.name for row in await here.rows(WebKnock)] == ["王阿姨"]
        assert "请稍等" in words(await browser.look(link)), "who opens the link again goes on waiting"


async def test_the_link_is_renewed_and_turned_off_and_the_old_ones_open_nothing(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        first = await group_link(here, yang)
        assert await group_link(here, yang) == first, "pressed twice it is one"
        second = await group_link(here, yang, "renew")
        browser = await here.browser()
        form = (await browser.look(second)).form("") | {"name": "王阿姨", "building": "3号楼"}
        assert (await browser.look(first)).status == 404
        assert (await browser.post(first, form)).status == 404
        assert await group_link(here, yang, "close") == ""
        assert (await browser.post(second, form)).status == 404
        assert (await browser.look("/join/")).status == 404
        assert await here.rows(WebKnock) == []
        assert await here.verbs() == ["group_link_opened", "group_link_renewed", "group_link_closed"]


async def test_whoever_guesses_the_link_waits_for_each_answer_and_who_has_it_does_not(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        stranger = await here.browser()
        guesses = [asyncio.create_task(stranger.look(f"/join/{n}")) for n in range(GUESSING + 2)]
        done, waiting = await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
        assert {task.result().status for task in done} == {429}
        assert (await (await here.browser()).look(link)).status == 200
        assert any(not task.done() for task in waiting)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_flood_is_cut_off_and_can_be_turned_away_at_once(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        await flood(here)
        who, page = await knocked(here, link, "王阿姨")
        assert page.status == 429
        assert "想进来的人很多" in words(page)
        assert await state(who) == "over"
        assert "等着的都请回了" in words(await answer(yang, do="none"))
        assert {(row.name, row.refused) for row in await here.rows(WebKnock)} == {("", True)}


async def test_who_waited_for_a_week_is_forgotten(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        await knocked(here, await group_link(here, yang), "王阿姨")
        then = START + KEPT + timedelta(hours=1)
        await here.database.write(lambda session: knocks.knock(session, "x", "李阿姨", "5号楼", then))
        assert [row.name for row in await here.rows(WebKnock)] == ["李阿姨"]


async def test_whoever_may_let_people_in_is_told_privately_and_once_an_hour(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        await knocked(here, link, "王阿姨")
        await knocked(here, link, "李阿姨")
        (account,) = await here.rows(Account)
        assert [(post.member_id, post.body["key"]) for post in await here.rows(Post)] == [
            (account.member_id, "door.knocked")
        ]
        here.clock.time += timedelta(hours=1)
        await knocked(here, link, "陈伯")
        assert len(await here.rows(Post)) == 2
        here.clock.time = START + timedelta(hours=14, minutes=30)  # half past eleven at night
        await knocked(here, link, "赵叔")
        assert max(post.due for post in await here.rows(Post)) == START + timedelta(hours=22), "at seven"


async def test_nobody_is_let_in_by_the_browser_of_another(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        link = await group_link(here, yang)
        wang, _ = await knocked(here, link, "王阿姨")
        other, _ = await knocked(here, link, "赵六", "9号楼")
        await answer(yang, do="yes")
        form = (await wang.look("/wait")).form("/wait")
        assert (await other.post("/wait", form)).status == 200
        assert (await other.look()).status == 401
        assert (await wang.post("/wait", form | {"csrf": "0" * 64})).status == 403
        await wang.post("/wait", form)
        assert (await wang.look()).status == 200


async def test_what_a_browser_holds_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        wang, _ = await knocked(here, await group_link(here, yang), "王阿姨")
        (cookie,) = wang.session.cookie_jar
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        kept = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("web.db*")))
        assert cookie.value.encode() not in kept
