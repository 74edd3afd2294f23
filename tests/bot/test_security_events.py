"""What the log says of attempts on the community: each event is listed here, and none names anybody."""

from __future__ import annotations

import ast
import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from adapters.scene.network import person, private
from adapters.web.door import AT_ONCE
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from core.db import Database
from core.deeds.groups import WAITING
from core.members import KnownChat, Paired
from core.messages import Pressed, Ranked
from core.posts import Post
from tests.bot.commands import called
from tests.bot.foreign import FAR, THEIRS, bring, press, two
from tests.bot.logged import logged
from tests.bot.test_pairing import new, wrong
from tests.bot.test_pairing import say as privately
from tests.street import GROUP, YANG
from tests.web.estate import answer, come, estate, flood, group_link, knocked
from tests.web.house import FREE, START, Bot, Browser, HandClock, new_database, serving

ROOT = Path(__file__).parents[2]
NAMES = re.compile("外人|陈伯|杨老师|李老师|李阿姨|evil|canary")

IN_CHATS = {
    "a group waits to be confirmed",
    "too many groups wait, this one is left",
    "a group is ours",
    "a group is not ours",
    "the bot is out of a group that is not ours",
    "the settings name a group no more",
    "a rank has changed",
    "a press that was not offered there was refused",
    "what somebody may not do was refused",
    "somebody who does not belong here was refused",
    "paired",
    "pairing refused",
    "link code refused",
}
ON_THE_PAGE = {
    "a personal link that is none was tried",
    "somebody came in by a personal link",
    "somebody ended their session",
    "a session that is none, or none any more, was refused",
    "a form of a foreign page was refused",
    "a form that is not of our own page was refused",
    "a request under a name that is not ours was refused",
    "somebody asks for too much at once",
}
AT_THE_DOOR = {
    "a group's link that is none was tried",
    "more ask to be let in than can be asked about",
    "somebody asks to be let in",
    "somebody came in who was known",
}
AT_THE_MACHINE = {
    "a personal link was made": ("invite", "李阿姨"),
    "a personal link was made anew, and the one before ended": ("invite", "李阿姨", "--again"),
    "a personal link was ended": ("dismiss", "李阿姨"),
}
"""What the operator does, and by which command, one after another: said on standard error, as all that is logged."""
DISMISSED = "whom a pairing code made a coordinator is none any more"
ON_THEIR_NETWORK = {
    "an update without the secret was refused": "tests/telegram/test_webhook.py",
    "details were asked for by who may not read them": "tests/features/test_details.py",
    "details were asked for with a proof that is none": "tests/features/test_details.py",
    "Matrix: an invitation by somebody of a server that is not welcome was refused": "tests/matrix/test_groups.py",
}
"""What only a network's own server can bring about, and where its tests are."""


def events(stream: io.StringIO) -> set[str]:
    lines = stream.getvalue().splitlines()
    assert not [line for line in lines if NAMES.search(line) or NAMES.search(json.dumps(json.loads(line)))]
    said = [json.loads(line) for line in lines]
    return {line["event"] for line in said if line["from"] == "xiaobandeng.security"}


def test_every_security_event_is_listed_here() -> None:
    found = set()
    for file in (file for part in ("adapters", "bot", "core") for file in (ROOT / part).rglob("*.py")):
        text = file.read_text("utf-8")
        names = re.findall(r'^(\w+) = logging\.getLogger\("xiaobandeng\.security"\)', text, re.MULTILINE)
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            of = call.func
            if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id in names:
                assert isinstance(call.args[0], ast.Constant), f"{file}:{call.lineno}: a fixed sentence"
                found.add(call.args[0].value)
    at_hand = IN_CHATS | ON_THE_PAGE | AT_THE_DOOR | set(AT_THE_MACHINE)
    assert found == at_hand | {DISMISSED} | set(ON_THEIR_NETWORK)
    assert all(event in (ROOT / test).read_text("utf-8") for event, test in ON_THEIR_NETWORK.items())


def test_what_the_operator_does_to_links_is_said_and_logged_without_names(tmp_path: Path) -> None:
    settings = '[log]\nformat = "json"\n[web]\naddress = "127.0.0.1:0"\npublic_url = "https://x.example"\n'
    (tmp_path / "config.toml").write_text(settings, "utf-8")
    for event, command in AT_THE_MACHINE.items():
        said = called(tmp_path, *command)
        lines = [line for line in said.stderr.splitlines() if line.startswith("{")]
        assert events(io.StringIO("\n".join(lines))) == {event}
        assert "/enter/" not in "".join(lines)


async def test_whom_the_operator_dismisses_is_logged_by_number(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await privately(here, YANG, code)
        (paired,) = here.rows(Paired)
    (tmp_path / "config.toml").write_text(f'[log]\nformat = "json"\n[database]\nurl = "{here.url}"\n', "utf-8")
    said = called(tmp_path, "coordinators", "--dismiss", f"{paired.network}:{paired.account}")
    lines = [line for line in said.stderr.splitlines() if line.startswith("{")]
    assert events(io.StringIO("\n".join(lines))) == {DISMISSED}


async def test_what_is_tried_in_chats_is_logged_without_names(tmp_path: Path) -> None:
    with logged("info") as stream:
        async with new(tmp_path) as (here, code):
            await privately(here, FAR, wrong(code))
            await privately(here, YANG, code)
        folder = tmp_path / "two"
        folder.mkdir()
        async with two(folder) as here:
            await here.post("发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人")
            await bring(here)
            await here.say(FAR, "你好", None)
            await here.say("陈伯", "绑定 000000", None)
            await here.say("陈伯", "取消 1")
            roster = next(post for post in here.rows(Post) if post.kind == "draft")
            for action in (f"{roster.id}.post", "canary", "0.post"):
                await here.tell(Pressed(action, private(person("陈伯")), person("陈伯"), "x", action))
            await here.tell(Ranked("r1", GROUP, person("陈伯"), administrator=True))
            await press(here, YANG, "是我们的群")
            await here.deliver()
            await press(here, YANG, "不是我们的群")
            await here.deliver()
            for n in range(WAITING + 1):
                await bring(here, chat=replace(THEIRS, id=f"外人的群{n}"))
            assert len(here.rows(KnownChat)) > WAITING
            here.facts["groups"] = []
            await here.again()
        assert events(stream) == IN_CHATS


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[tuple[WebNetwork, Database]]:
    database = new_database(tmp_path / "web.db")
    network = WebNetwork(replace(FREE, demo=False), database, HandClock())
    async with serving(network, Bot().receive):
        yield network, database
    database.close()


@asynccontextmanager
async def half_sent(network: WebNetwork, cookie: str) -> AsyncIterator[None]:
    """As many forms of one person as may be under way, none of which arrives."""
    host = network.url.removeprefix("http://")
    begun = f"POST /say HTTP/1.1\r\nHost: {host}\r\nCookie: stool={cookie}\r\nContent-Length: 90\r\n"
    begun += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    writers = []
    for _ in range(AT_ONCE):
        _, writer = await asyncio.open_connection("127.0.0.1", URL(network.url).port)
        writer.write(begun.encode())
        writers.append(writer)
    yield
    for writer in writers:
        writer.close()


async def test_what_is_tried_on_the_page_is_logged_without_names(page: tuple[WebNetwork, Database]) -> None:
    network, database = page
    jar = aiohttp.CookieJar(unsafe=True)
    link = await invite(database, "李阿姨", START)
    with logged("info") as stream:
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            browser = Browser(network.url, session)
            assert (await browser.look("/enter/canary")).status == 404
            await browser.post(link, (await browser.look(link)).form(""))
            form = (await browser.look()).form("/say", chat="group") | {"text": "canary"}
            assert (await browser.post("/say", form, Origin="https://evil.example")).status == 403
            assert (await browser.post("/say", form | {"csrf": "canary"})).status == 403
            async with session.get(f"{network.url}/", headers={"Host": "evil.example"}) as response:
                assert response.status == 421
            leave = (await browser.look("/more")).form("/leave")
            (cookie,) = jar
            async with half_sent(network, cookie.value):
                while (await browser.look()).status != 429:
                    pass
            while (await browser.post("/leave", leave)).status == 429:
                pass
            jar.update_cookies({"stool": "canary"}, response_url=URL(network.url))
            assert (await browser.look()).status == 401
        assert events(stream) == ON_THE_PAGE


async def test_what_is_tried_at_the_door_is_logged_without_names(tmp_path: Path) -> None:
    async with estate(tmp_path) as (here, yang):
        with logged("info") as stream:
            link = await group_link(here, yang)
            assert (await (await here.browser()).look("/join/canary")).status == 404
            li, _ = await knocked(here, link, "李阿姨")
            await answer(yang, do="yes")
            await come(li)
            assert (await li.look("/people")).status == 403
            await flood(here)
            await knocked(here, link, "陈伯")
        made, refused = "a personal link was made", "what somebody may not do was refused"
        assert events(stream) == AT_THE_DOOR | {made, refused}
