"""Who may enter, and as whom: the demo on this machine only, personal links otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select
from yarl import URL

from adapters.settings import Listen
from adapters.web.check import serves
from adapters.web.guard import GUESSING
from adapters.web.network import WebNetwork
from adapters.web.people import NotOneError, again, dismiss, invite, invited
from adapters.web.settings import WebSettings
from adapters.web.store import WebEvent, WebPerson
from core.db import Database
from core.messages import Action, Entered, Joined, Message, Opened, Ranked
from tests.adapters.place import until
from tests.web.house import FREE, START, Bot, Browser, HandClock, serving

REAL = replace(FREE, demo=False)
ROSTER = Message(("巡逻 0/2",), (Action("7.join", "我来"),))
PLACES = ("/", "/chat/group", "/chat/private-li", "/live")
DEEDS = ("/say", "/press", "/read", "/lang", "/clock")


@pytest.mark.parametrize("address", ["0.0.0.0:8765", "192.168.1.5:8765", "example.org:80", "[::]:80"])
def test_the_demo_refuses_an_address_that_others_can_reach(address: str, database: Database) -> None:
    with pytest.raises(ValueError, match="loopback"):
        WebNetwork(WebSettings(address=address), database, HandClock())
    WebNetwork(WebSettings(address=address, public_url="https://example.org"), database, HandClock())


@pytest.mark.parametrize("address", ["8765", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", ":8765"])
def test_an_address_that_is_none_is_refused_in_plain_words(address: str, database: Database) -> None:
    with pytest.raises(ValueError, match=r"web\.address must be HOST:PORT"):
        WebNetwork(WebSettings(address=address), database, HandClock())


async def test_a_page_answers_under_its_own_names_only(network: WebNetwork, session: aiohttp.ClientSession) -> None:
    port = URL(network.url).port
    for host, status in ((f"localhost:{port}", 200), (f"127.0.0.1:{port}", 200), (f"evil.example:{port}", 421)):
        async with session.get(f"{network.url}/as/li/", headers={"Host": host}) as response:
            assert response.status == status


async def test_nobody_elses_page_can_send_a_form(li: Browser, bot: Bot) -> None:
    form = (await li.look()).form("/say", chat="group") | {"text": "+1"}
    assert (await li.post("/say", form, Origin="https://evil.example")).status == 403
    assert (await li.post("/say", form, Origin="null")).status == 403
    assert (await li.post("/say", form, **{"Sec-Fetch-Site": "cross-site"})).status == 403
    assert (await li.post("/say", form | {"csrf": "0" * 64})).status == 403
    assert (await li.look()).chats["group"] == []
    assert (await li.post("/say", form, Origin=li.url)).status == 200


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_form_of_one_person_is_worth_nothing_to_another(deed: str, li: Browser, chen: Browser) -> None:
    form = (await li.look()).form("/say", chat="group") | {"text": "+1"}
    assert (await chen.post(deed, form)).status == 403


@pytest.mark.parametrize("deed", DEEDS)
async def test_nobody_acts_in_the_private_chat_of_another(deed: str, li: Browser, chen: Browser) -> None:
    form = (await li.look()).form("/say", chat="group") | {"text": "+1", "chat": "private-chen"}
    assert (await li.post(deed, form)).status == 404
    assert (await chen.look()).chats["private-chen"] == []


async def test_nobody_sees_the_private_chat_of_another(li: Browser) -> None:
    assert (await li.look("/chat/private-chen")).status == 404
    assert (await li.look("/chat/nowhere")).status == 404


async def test_every_page_forbids_scripts_from_elsewhere_and_keeps_out_of_caches(li: Browser) -> None:
    async with li.session.get(f"{li.url}/as/li/") as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
    page = await li.look()
    assert "<style" not in page.html
    assert "onclick" not in page.html


async def test_a_newcomer_may_come_under_a_name_of_their_own(network: WebNetwork, li: Browser, bot: Bot) -> None:
    door = Browser(network.url, li.session)
    page = await door.post("/as", (await door.look()).form("/as") | {"name": " 赵\u202e叔\n "})
    assert "赵叔" in page.html
    await until(lambda: [event for event in bot.heard if isinstance(event, Joined) and event.person.name == "赵叔"])


# ---------------------------------------------------------------- personal links


async def enter(url: str, session: aiohttp.ClientSession, link: str) -> Browser:
    """Open a personal link and say yes."""
    browser = Browser(url, session)
    page = await browser.look(link)
    await browser.post(link, page.form(""))
    return browser


@pytest.fixture
async def strict(database: Database, bot: Bot) -> AsyncIterator[WebNetwork]:
    network = WebNetwork(REAL, database, HandClock())
    async with serving(network, bot.receive):
        yield network


async def test_a_personal_link_lets_in_as_that_person(
    strict: WebNetwork, database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    link = await invite(database, "李阿姨", START)
    assert len(link.rpartition("/")[2]) >= 22  # 128 bits in base 64
    browser = await enter(strict.url, session, link)
    page = await browser.look()
    assert "您是 \u2068李阿姨\u2069" in page.html
    await browser.say("group", "+1")
    assert [event.person.name for event in bot.heard if isinstance(event, Joined | Opened)] == ["李阿姨"] * 2


async def test_looking_at_a_personal_link_changes_nothing(
    strict: WebNetwork, database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    link = await invite(database, "李阿姨", START)
    assert (await Browser(strict.url, session).look(link)).status == 200
    assert bot.heard == []
    assert not session.cookie_jar.filter_cookies(URL(strict.url))


async def test_a_coordinators_link_makes_their_rank_known(
    strict: WebNetwork, database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    await enter(strict.url, session, await invite(database, "杨老师", START, coordinator=True))
    await until(lambda: len(bot.heard) == 4)
    assert [type(event) for event in bot.heard] == [Entered, Ranked, Joined, Opened]


async def test_who_came_before_the_coordinator_is_made_known_again(
    strict: WebNetwork, database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    await enter(strict.url, session, await invite(database, "李阿姨", START))
    await enter(strict.url, session, await invite(database, "杨老师", START, coordinator=True))
    await until(lambda: len(bot.heard) == 8)
    told = [(type(event), event.person.name) for event in bot.heard if isinstance(event, Joined | Opened)]
    assert told[:2] == told[4:] == [(Joined, "李阿姨"), (Opened, "李阿姨")]


async def test_behind_a_public_address_the_cookie_is_bound_to_it(
    database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    network = WebNetwork(replace(FREE, public_url="https://stool.example"), database, HandClock())
    async with serving(network, bot.receive):
        assert network.url == "https://stool.example"
        here = network._here
        link = await invite(database, "李阿姨", START)
        page = await Browser(here, session).look(link)
        ours = {"Host": "stool.example", "Origin": "https://stool.example"}
        async with session.post(here + link, data=page.form(""), headers=ours, allow_redirects=False) as response:
            cookie = response.headers["Set-Cookie"]
        assert cookie.startswith("__Host-stool=")
        assert "Secure" in cookie
        async with session.post(here + link, data=page.form(""), headers={"Origin": here + "0"}) as response:
            assert response.status == 403


async def test_without_a_link_nobody_is_in(strict: WebNetwork, session: aiohttp.ClientSession) -> None:
    browser = Browser(strict.url, session)
    for place in PLACES:
        assert (await browser.look(place)).status == 401
    for deed in (*DEEDS[:4], "/leave"):
        assert (await browser.post(deed, {"chat": "group", "text": "+1"})).status == 401
    for path in ("/as/li/", "/as/li/chat/group", "/enter/wrong", "/clock"):
        assert (await browser.look(path)).status in {404, 405}


async def test_nobody_can_be_somebody_else(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession
) -> None:
    li = await enter(strict.url, session, await invite(database, "李阿姨", START))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other:
        chen = await enter(strict.url, other, await invite(database, "陈伯", START))
        (own,) = [chat for chat in (await chen.look()).chats if chat.startswith("private")]
        await chen.say(own, "只跟你说")
        form = (await chen.look()).form("/say", chat="group")
        assert (await li.look(f"/chat/{own}")).status == 404
        assert (await li.post("/say", form | {"text": "冒充"})).status == 403
        mine = (await li.look()).form("/say", chat="group")
        assert (await li.post("/say", mine | {"text": "冒充", "chat": own})).status == 404
        assert "冒充" not in (await chen.look()).html


async def test_who_leaves_is_out_and_whose_link_died_too(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession
) -> None:
    link = await invite(database, "李阿姨", START)
    li = await enter(strict.url, session, link)
    await li.post("/leave", (await li.look("/more")).form("/leave"))
    assert (await li.look()).status == 401
    li = await enter(strict.url, session, link)
    person = await database.read(lambda session: session.exec(select(WebPerson)).one())
    await dismiss(REAL, database, person.id, START)
    assert (await li.look()).status == 401
    assert (await li.look(link)).status == 404


async def test_a_link_made_anew_is_the_only_one_and_whoever_came_in_by_the_old_one_is_out(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession
) -> None:
    old = await invite(database, "李阿姨", START)
    li = await enter(strict.url, session, old)
    await li.say("group", "+1")
    new = await again(database, "李阿姨", START)
    assert (await li.look()).status == 401
    assert (await li.look(old)).status == 404
    li = await enter(strict.url, session, new)
    assert [line.words for line in (await li.look()).chats["group"]] == ["+1"]
    assert [person.name for person in await invited(database)] == ["李阿姨"]


async def test_two_of_one_name_are_told_apart_by_their_ids(database: Database) -> None:
    for _ in range(2):
        await invite(database, "王阿姨", START)
    for deed in (
        again(database, "王阿姨", START),
        dismiss(REAL, database, "王阿姨", START),
        again(database, "赵叔", START),
    ):
        with pytest.raises(NotOneError) as raised:
            await deed
        assert [person.name for person in raised.value.people] in (["王阿姨"] * 2, [])
    one, other = await invited(database)
    assert await dismiss(REAL, database, one.id, START) == "王阿姨"
    assert [person.id for person in await invited(database)] == [other.id]
    await again(database, "王阿姨", START)


async def test_nobody_is_told_of_who_never_came(database: Database) -> None:
    await invite(database, "李阿姨", START)
    await dismiss(REAL, database, "李阿姨", START)
    assert await database.read(lambda session: session.exec(select(WebEvent)).all()) == []


async def test_a_session_lasts_ninety_days_from_its_last_use_and_ends_on_the_server(
    database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    clock = HandClock()
    network = WebNetwork(REAL, database, clock)
    async with serving(network, bot.receive):
        li = await enter(network.url, session, await invite(database, "李阿姨", START))
        clock.time += timedelta(days=80)
        assert (await li.look()).status == 200  # looking does not renew it
        form = (await li.look()).form("/say", chat="group") | {"text": "+1"}
        async with session.post(f"{network.url}/say", data=form, allow_redirects=False) as response:
            assert response.cookies["stool"]["max-age"] == str(90 * 24 * 3600)
        clock.time += timedelta(days=80)
        assert (await li.look()).status == 200
        clock.time += timedelta(days=11)
        assert (await li.look()).status == 401


async def test_whoever_guesses_links_waits_and_whoever_has_one_does_not(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession
) -> None:
    link = await invite(database, "李阿姨", START)

    async def guess(n: int) -> int:
        async with session.get(f"{strict.url}/enter/{n}") as response:
            return response.status

    guesses = [asyncio.create_task(guess(n)) for n in range(GUESSING + 5)]
    done, waiting = await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
    assert {task.result() for task in done} == {429}
    assert (await Browser(strict.url, session).look(link)).status == 200
    assert any(not task.done() for task in waiting)
    assert sorted(await asyncio.gather(*guesses)) == [404] * GUESSING + [429] * 5


async def test_nothing_tells_which_versions_run_here_and_tls_is_kept_to(
    database: Database, bot: Bot, session: aiohttp.ClientSession
) -> None:
    for public, strictly in (("https://stool.example", "max-age=31536000"), ("", None)):
        network = WebNetwork(replace(REAL, public_url=public), database, HandClock())
        async with serving(network, bot.receive):
            for path in ("/", "/enter/x", "/static/page.css", "/nothing"):
                async with session.get(f"{network._here}{path}") as response:
                    assert "Server" not in response.headers
                    assert response.headers.get("Strict-Transport-Security") == strictly


async def test_secrets_are_kept_as_hashes_only(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    link = await invite(database, "李阿姨", START)
    await enter(strict.url, session, link)
    (cookie,) = session.cookie_jar
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    kept = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("web.db*")))
    assert "李阿姨".encode() in kept
    assert link.rpartition("/")[2].encode() not in kept
    assert cookie.value.encode() not in kept


async def test_a_person_needs_a_name_that_can_be_seen(database: Database) -> None:
    with pytest.raises(ValueError, match="name"):
        await invite(database, " \u200b", START)
    assert (await invite(database, "李阿姨", START, public_url="https://x.example/")).startswith(
        "https://x.example/enter/"
    )


async def test_a_group_may_have_any_name(database: Database, bot: Bot, session: aiohttp.ClientSession) -> None:
    network = WebNetwork(replace(FREE, groups=("group", "三村/东?")), database, HandClock())
    async with serving(network, bot.receive):
        li = Browser(network.url, session, "/as/li")
        page = await li.look("/chat/%E4%B8%89%E6%9D%91%2F%E4%B8%9C%3F")
        assert list(page.chats) == ["group", "三村/东?", "private-li"]
        page = await li.post("/say", page.form("/say", chat="三村/东?") | {"text": "+1"})
    assert [line.words for line in page.chats["三村/东?"]] == ["+1"]


async def test_a_window_of_somebody_dismissed_is_told_nothing_more(
    strict: WebNetwork, database: Database, session: aiohttp.ClientSession
) -> None:
    await enter(strict.url, session, await invite(database, "李阿姨", START))
    person = await database.read(lambda session: session.exec(select(WebPerson)).one())
    async with session.get(f"{strict.url}/live?after=0") as stream:
        await strict.send(FREE.chats[0], Message(("给大家",)), "k1")
        async for line in stream.content:
            if line.startswith(b"event: talk"):
                break
        await dismiss(REAL, database, person.id, START)
        await strict.send(FREE.chats[0], Message(("不给她",)), "k2")
        await until(lambda: strict._live._seen == 2)  # passed on to every window
        strict._live.close()
        rest = await stream.read()
    assert b"event: talk" not in rest


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", "您是谁"),
        ("en-GB,en;q=0.9", "Who are you?"),
        ("fr, en;q=0.5, zh;q=0.8", "您是谁"),
        ("de-DE", "您是谁"),
        ("en;q=0, zh", "您是谁"),
        (";;q=x,,", "您是谁"),
    ],
)
async def test_the_door_speaks_the_language_that_the_browser_asks_for(
    network: WebNetwork, session: aiohttp.ClientSession, asked: str, shown: str
) -> None:
    async with session.get(f"{network.url}/", headers={"Accept-Language": asked}) as response:
        assert shown in await response.text()


async def test_a_page_is_sent_in_few_bytes_to_browsers_that_can_take_it(network: WebNetwork, li: Browser) -> None:
    for n in range(50):
        await network.send(FREE.chats[0], Message((f"第{n}条：明天晚上7点，东门集合，带手电。",)), f"k{n}")
    async with aiohttp.ClientSession(auto_decompress=False) as plain:
        async with plain.get(f"{li.url}/as/li/", headers={"Accept-Encoding": "identity"}) as response:
            whole = len(await response.read())
        async with plain.get(f"{li.url}/as/li/", headers={"Accept-Encoding": "gzip"}) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert len(await response.read()) < whole / 4


async def test_a_page_that_runs_is_known_as_ours_and_another_program_is_not(network: WebNetwork) -> None:
    port = URL(network.url).port or 0
    assert await asyncio.to_thread(serves, Listen("127.0.0.1", port))
    other = await asyncio.start_server(lambda _, said: said.close(), "127.0.0.1", 0)
    async with other:
        assert not await asyncio.to_thread(serves, Listen("127.0.0.1", other.sockets[0].getsockname()[1]))


async def test_the_page_can_be_put_on_a_first_screen(network: WebNetwork, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{network.url}/") as page:
        assert "manifest-src 'self'" in page.headers["Content-Security-Policy"]
        assert 'rel="manifest" href="/static/page.webmanifest"' in await page.text()
    async with session.get(f"{network.url}/static/page.webmanifest") as answer:
        assert answer.content_type == "application/manifest+json"
        told = await answer.json(content_type=None)
    for icon in (*told["icons"], {"src": "/favicon.ico", "type": "image/png"}):
        async with session.get(f"{network.url}{icon['src']}") as picture:
            assert (picture.status, picture.content_type) == (200, icon["type"])
