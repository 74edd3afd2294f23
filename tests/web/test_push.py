"""Reminded while the page is closed: who said yes is called and told nothing private; of who was not, the bot knows."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import SQLModel, select

from adapters.web import push_rows
from adapters.web.forgetting import forget_person
from adapters.web.ids import private_chat
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.push import Signer
from adapters.web.push_address import Outside, acceptable, public
from adapters.web.push_rows import BROWSERS, Place, WebBrowser, WebUnseen
from adapters.web.store import WebPerson, WebRead
from adapters.web.unseen import LOOKS, OPEN
from core.db import Database
from core.messages import Message, Unread
from tests.adapters.place import until
from tests.web.house import FREE, START, Bot, Browser, HandClock, serving
from tests.web.push_service import PushService, push_service

SECRET = Message(("明天上午9点，去3号楼402看看王奶奶。",))
JSON = {"Accept": "application/json"}


@dataclass
class House:
    """A page for real people, somebody who is in, and a push service."""

    network: WebNetwork
    database: Database
    clock: HandClock
    bot: Bot
    browser: Browser
    service: PushService
    person: str

    async def answer(self, **fields: str) -> dict[str, str]:
        csrf = (await self.browser.look()).form("/say")["csrf"]
        async with self.browser.session.post(
            f"{self.network.url}/remind", data={"csrf": csrf, **fields}, headers=JSON
        ) as response:
            assert response.status == 200
            said: dict[str, str] = await response.json()
            return said

    async def subscribe(self, path: str = "phone") -> None:
        self.service.browser(path)
        said = await self.answer(**self.service.fields(path))
        assert said == {"said": "好，有事我叫您。不想要了，到“更多”里关掉。", "answer": "yes"}

    async def tell(self, key: str = "k1", message: Message = SECRET) -> str:
        """The bot says something privately, after the page was closed."""
        await self.clock.push(timedelta(seconds=1))
        return await self.network.send(private_chat(self.person), message, key)

    def rows(self, table: type[SQLModel]) -> list[SQLModel]:
        with self.database.reading() as session:
            return list(session.exec(select(table)).all())

    async def pass_time(self, by: timedelta) -> None:
        await self.clock.push(by)
        self.network._unseen.stir()

    @property
    def unread(self) -> list[Unread]:
        return [event for event in self.bot.heard if isinstance(event, Unread)]


@pytest.fixture
async def here(database: Database, bot: Bot, session: aiohttp.ClientSession, tmp_path: Path) -> AsyncIterator[House]:
    clock = HandClock()
    settings = replace(FREE, demo=False, push_key=tmp_path / "push.key", push_anywhere=True)
    async with push_service(clock.now) as service:
        network = WebNetwork(settings, database, clock)
        async with serving(network, bot.receive):
            service.key = network._unseen.key
            link = await invite(database, "李阿姨", START)
            browser = Browser(network.url, session)
            await browser.post(link, (await browser.look(link)).form(""))
            with database.reading() as rows:
                person = rows.exec(select(WebPerson)).one().id
            yield House(network, database, clock, bot, browser, service, person)
    assert service.trouble == []


# ------------------------------------------------------------ called


async def test_who_said_yes_is_called_while_the_page_is_closed_and_no_word_of_it_is_private(here: House) -> None:
    await here.subscribe()
    phone = here.service.browsers["phone"]
    await here.tell()
    await until(lambda: phone.calls)
    assert phone.calls == [{"title": "小板凳有话对您说", "body": "邻里", "lang": "zh"}]
    assert here.person not in json.dumps([phone.calls, phone.headers])
    await until(lambda: not here.rows(WebUnseen))
    await here.pass_time(LOOKS)
    await here.tell("k2")
    await until(lambda: len(phone.calls) == 2)
    assert here.unread == [], "who was called was reached"


async def test_a_call_leads_to_ones_own_chat(here: House) -> None:
    await here.tell()
    page = await here.browser.look("/said")
    assert page.url.endswith(f"/chat/{private_chat(here.person).id}")
    assert "王奶奶" in page.html


async def test_whose_page_is_open_is_not_called(here: House) -> None:
    await here.subscribe()
    async with here.browser.session.get(f"{here.network.url}/live") as window:
        await window.content.readline()
        await here.tell()
        await here.pass_time(OPEN)
        await until(lambda: not here.rows(WebUnseen))
    assert here.service.asked == 0
    assert here.unread == []


async def test_a_window_that_was_just_closed_counts_as_closed(here: House) -> None:
    await here.subscribe()
    async with here.browser.session.get(f"{here.network.url}/live") as window:
        await window.content.readline()
        await here.tell()
    here.network._live._windows.clear()  # as it is noticed within half a minute
    await here.pass_time(OPEN)
    await until(lambda: here.service.browsers["phone"].calls)


async def test_what_the_bot_says_to_a_group_calls_nobody(here: House) -> None:
    await here.subscribe()
    await here.network.send(FREE.chats[0], Message(("巡逻 0/2",)), "g1")
    assert here.rows(WebUnseen) == []


async def test_a_service_that_does_not_answer_delays_nobody(here: House) -> None:
    await here.subscribe()
    here.service.holds = asyncio.Event()
    await here.tell()
    await until(lambda: here.service.asked)
    async with asyncio.timeout(5):
        await here.tell("k2")
        assert "王奶奶" in (await here.browser.look("/said")).html
    here.service.holds.set()


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(status: int, here: House) -> None:
    await here.subscribe()
    here.service.browsers["phone"].status = status
    await here.tell()
    await until(lambda: not here.rows(WebBrowser))
    await here.pass_time(LOOKS)
    await until(lambda: here.unread)
    assert here.service.asked == 1


@pytest.mark.parametrize("status", [307, 403, 429, 500])
async def test_a_call_that_is_not_taken_is_tried_again_and_then_nobody_was_reached(status: int, here: House) -> None:
    await here.subscribe()
    here.service.browsers["phone"].status = status
    number = await here.tell()
    await until(lambda: [row for row in here.rows(WebUnseen) if row.calls])
    assert len(here.rows(WebBrowser)) == here.service.asked == 1
    await here.pass_time(timedelta(minutes=1))
    await until(lambda: here.service.asked == 2)
    await here.pass_time(LOOKS)
    await until(lambda: here.unread)
    assert [(event.message, event.person.id) for event in here.unread] == [(number, here.person)]
    assert "elsewhere" not in here.service.browsers, "no redirect was followed"


async def test_a_call_that_is_taken_at_last_reached_them(here: House) -> None:
    await here.subscribe()
    here.service.browsers["phone"].status = 503
    await here.tell()
    await until(lambda: [row for row in here.rows(WebUnseen) if row.calls])
    here.service.browsers["phone"].status = 201
    await here.pass_time(timedelta(minutes=1))
    await until(lambda: not here.rows(WebUnseen))
    assert len(here.service.browsers["phone"].calls) == 1
    assert here.unread == []


# ------------------------------------------------------------ not called


async def test_who_cannot_be_called_and_does_not_look_was_not_reached_over_a_restart_too(here: House, bot: Bot) -> None:
    number = await here.tell()
    await until(lambda: here.rows(WebUnseen))
    await here.pass_time(LOOKS - timedelta(minutes=1))
    again = WebNetwork(replace(FREE, demo=False), here.database, here.clock)
    async with serving(again, bot.receive):
        assert here.unread == []
        await here.clock.push(timedelta(minutes=1))
        again._unseen.stir()
        await until(lambda: here.unread)
    assert here.unread[0].message == number
    assert here.rows(WebUnseen) == []
    page = await here.browser.look("/said")
    assert "王奶奶" in page.html, "and it stands where it stood"


@pytest.mark.parametrize("how", ["read", "looked"])
async def test_who_looks_by_themselves_was_reached(how: str, here: House) -> None:
    number = await here.tell()
    if how == "looked":
        await here.browser.look()
    else:
        with here.database.writing() as session:
            session.add(WebRead(person=here.person, chat=private_chat(here.person).id, upto=int(number)))
    await here.pass_time(LOOKS)
    await until(lambda: not here.rows(WebUnseen))
    assert here.unread == []


async def test_in_the_demo_everybody_is_there(network: WebNetwork, database: Database, bot: Bot) -> None:
    await network.send(private_chat("li"), SECRET, "k1")
    assert network._unseen.key == ""
    with database.reading() as session:
        assert session.exec(select(WebUnseen)).all() == []


async def test_who_left_this_browser_is_called_there_no_more(here: House) -> None:
    await here.subscribe()
    page = await here.browser.look("/more")
    await here.browser.post("/leave", page.form("/leave"))
    await here.tell()
    await here.pass_time(LOOKS)
    await until(lambda: here.unread)
    assert here.service.asked == 0


async def test_whoever_uses_the_same_browser_next_is_called_there_alone(here: House) -> None:
    await here.subscribe()
    first, jar = here.person, aiohttp.CookieJar(unsafe=True)
    link = await invite(here.database, "陈伯", START)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        here.browser = Browser(here.network.url, session)
        await here.browser.post(link, (await here.browser.look(link)).form(""))
        await here.answer(**here.service.fields("phone"))
        (row,) = here.rows(WebBrowser)
        assert row.person != first


# ------------------------------------------------------------ answers


def saying(here: House) -> str:
    with here.database.reading() as session:
        return session.get_one(WebPerson, here.person).reminding


async def test_no_is_no_and_can_be_taken_back(here: House) -> None:
    assert (await here.answer(answer="no"))["said"] == "好，我不提醒。以后想要，到“更多”里打开。"
    assert saying(here) == "no"
    await here.subscribe()
    assert saying(here) == "yes"
    assert (await here.answer(answer="off"))["answer"] == "off"
    assert (saying(here), here.rows(WebBrowser)) == ("no", [])


async def test_to_turn_it_off_here_leaves_ones_other_browsers(here: House) -> None:
    await here.subscribe("phone")
    with here.database.writing() as session:
        place = here.service.browser("desk").place(here.service.url)
        push_rows.keep_browser(session, here.person, "another session", here.network._unseen.key, place, START)
    await here.answer(answer="off")
    assert saying(here) == "yes"
    assert [row.session for row in here.rows(WebBrowser)] == ["another session"]


async def test_who_cannot_be_asked_is_told_so_once(here: House) -> None:
    await here.answer(answer="unable")
    assert saying(here) == "unable"
    await here.answer(answer="failed")
    assert saying(here) == "failed"
    await here.answer(answer="unable")
    assert saying(here) == "failed"


async def test_without_a_script_the_answer_leads_back_to_the_page(here: House) -> None:
    csrf = (await here.browser.look()).form("/say")["csrf"]
    page = await here.browser.post("/remind", {"csrf": csrf, "answer": "unable"})
    assert page.status == 200
    assert saying(here) == "unable"


@pytest.mark.parametrize("fields", [{}, {"answer": "maybe"}, {"answer": ""}])
async def test_what_is_no_answer_changes_nothing(fields: dict[str, str], here: House) -> None:
    csrf = (await here.browser.look()).form("/say")["csrf"]
    assert (await here.browser.post("/remind", {"csrf": csrf, **fields})).status == 400
    assert (await here.browser.post("/remind", {"answer": "no"})).status == 403
    assert saying(here) == ""


async def test_only_the_newest_browsers_of_a_person_are_kept(here: House) -> None:
    for n in range(BROWSERS + 2):
        await here.clock.push(timedelta(seconds=1))
        await here.subscribe(f"b{n}")
    assert len(here.rows(WebBrowser)) == BROWSERS
    await here.tell()
    await until(lambda: not here.rows(WebUnseen))
    assert here.service.asked == BROWSERS
    assert here.service.browsers["b0"].calls == []


async def test_where_browsers_are_called_is_sealed_and_goes_with_who_is_forgotten(here: House, tmp_path: Path) -> None:
    await here.subscribe()
    await here.tell()
    await until(lambda: not here.rows(WebUnseen))
    assert b"127.0.0.1:" not in b"".join(file.read_bytes() for file in tmp_path.glob("web.db*"))
    with here.database.writing() as session:
        forget_person(session, here.person)
    assert (here.rows(WebBrowser), here.rows(WebUnseen), saying(here)) == ([], [], "")


# ------------------------------------------------------------ where, and with what


POINT = Place(
    "https://push.example.org/send/1",
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
    "DGv6ra1nlYgDCS1FRnbzlw",
)


def test_a_browser_may_be_called_by_https_at_a_name() -> None:
    assert acceptable(POINT)
    for real in (
        "https://fcm.googleapis.com/fcm/send/abc:APA91",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGu",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
    ):
        assert acceptable(replace(POINT, endpoint=real)), real


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/1", "https://127.0.0.1/1", "https://[::1]/1", "https://10.0.0.1/1", "https://localhost/1",
        "https://2130706433/1", "https://0x7f.1/1", "https://router.local/1", "https://metadata.google.internal/1",
        "https://push.example.org:22/1", "https://push.example.org:99999/1", "https://user@push.example.org/1",
        "ftp://push.example.org/1", "file:///etc/passwd", "", "push.example.org", "https://", "https:///1",
        "https://push.example.org/" + "a" * 1024, "https://push.example.org/\r\nX: y", "https://bücher.example/1",
        "https://push.example.org/1#a", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest", "https://[/",
    ],
)  # fmt: skip
def test_nobody_is_called_anywhere_else(endpoint: str) -> None:
    assert not acceptable(replace(POINT, endpoint=endpoint))


@pytest.mark.parametrize(
    "wrong",
    [{"auth": ""}, {"auth": "short"}, {"auth": "A" * 200}, {"auth": "!" * 22}, {"p256dh": ""},
     {"p256dh": "B" + "A" * 86}, {"p256dh": POINT.p256dh[:-4]}, {"p256dh": "x" * 5000}, {"p256dh": "é" * 87}],
)  # fmt: skip
def test_keys_that_are_none_are_refused(wrong: dict[str, str]) -> None:
    assert not acceptable(replace(POINT, **wrong))


@pytest.mark.parametrize(
    ("address", "outside"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("64:ff9b::5db8:d70e", True), ("10.1.2.3", False),
     ("127.0.0.1", False), ("169.254.169.254", False), ("192.168.1.1", False), ("100.64.0.1", False),
     ("0.0.0.0", False), ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:10.0.0.1", False),
     ("64:ff9b::a00:1", False), ("2002:a00:1::1", False), ("224.0.0.1", False), ("ff02::1", False)],
)  # fmt: skip
def test_only_addresses_of_the_internet_are_outside(address: str, outside: bool) -> None:
    assert public(address) is outside


async def test_a_name_that_leads_within_is_not_looked_up() -> None:
    resolver = Outside()
    with pytest.raises(OSError, match="no public address"):
        await resolver.resolve("localhost", 443)
    await resolver.close()


async def test_an_address_that_is_not_ours_to_call_is_taken_from_no_browser(
    database: Database, bot: Bot, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    clock = HandClock()
    strict = WebNetwork(replace(FREE, demo=False, push_key=tmp_path / "push.key"), database, clock)
    async with push_service(clock.now) as service, serving(strict, bot.receive):
        link = await invite(database, "李阿姨", START)
        browser = Browser(strict.url, session)
        await browser.post(link, (await browser.look(link)).form(""))
        here = House(strict, database, clock, bot, browser, service, "")
        service.browser("phone")
        assert (await here.answer(**service.fields("phone")))["answer"] == "failed"
        assert here.rows(WebBrowser) == []
        assert service.asked == 0


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "push.key"
    made = Signer.kept(file, "https://example.org")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["push.key"]
    assert Signer.kept(file, "https://example.org").public == made.public
    assert len(made.public) == 87
    file.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        Signer.kept(file, "https://example.org")


@pytest.mark.parametrize(
    "content", [b"", b"no key at all", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
async def test_where_the_key_is_no_use_the_page_goes_on_without(
    content: bytes, database: Database, bot: Bot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "push.key"
    file.write_bytes(content)
    file.chmod(0o600)
    network = WebNetwork(replace(FREE, demo=False, push_key=file), database, HandClock())
    async with serving(network, bot.receive):
        assert network._unseen.key == ""
    assert "nobody is called while the page is closed" in caplog.text
    assert file.read_bytes() == content


def test_a_signature_is_made_anew_before_it_is_old(tmp_path: Path) -> None:
    signer = Signer.kept(tmp_path / "push.key", "https://example.org")
    first = signer.authorization("https://push.example.org/1", START)
    assert signer.authorization("https://push.example.org/2", START + timedelta(hours=5)) == first
    assert signer.authorization("https://push.example.org/2", START + timedelta(hours=7)) != first
    assert signer.authorization("https://other.example.org/2", START) != first
