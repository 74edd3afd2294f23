"""Whether somebody wants to be called while the page is closed; where their browser may be, and with what key."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from adapters.web import push_rows
from adapters.web.forgetting import forget_person
from adapters.web.network import WebNetwork
from adapters.web.people import invite
from adapters.web.push import Signer
from adapters.web.push_address import Outside, acceptable, public
from adapters.web.push_rows import BROWSERS, Place, WebBrowser, WebUnseen
from adapters.web.store import WebPerson
from core.db import Database
from tests.adapters.place import until
from tests.web.calling import Calling
from tests.web.house import FREE, START, Bot, Browser, HandClock, serving
from tests.web.push_service import push_service

# ------------------------------------------------------------ answers


def saying(calling: Calling) -> str:
    with calling.database.reading() as session:
        return session.get_one(WebPerson, calling.person).reminding


async def test_no_is_no_and_can_be_taken_back(calling: Calling) -> None:
    assert (await calling.answer(answer="no"))["said"] == "好，我不提醒。以后想要，到“更多”里打开。"
    assert saying(calling) == "no"
    await calling.subscribe()
    assert saying(calling) == "yes"
    assert (await calling.answer(answer="off"))["answer"] == "off"
    assert (saying(calling), calling.rows(WebBrowser)) == ("no", [])


async def test_to_turn_it_off_here_leaves_ones_other_browsers(calling: Calling) -> None:
    await calling.subscribe("phone")
    with calling.database.writing() as session:
        place = calling.service.browser("desk").place(calling.service.url)
        push_rows.keep_browser(session, calling.person, "another session", calling.network._unseen.key, place, START)
    await calling.answer(answer="off")
    assert saying(calling) == "yes"
    assert [row.session for row in calling.rows(WebBrowser)] == ["another session"]


async def test_who_cannot_be_asked_is_told_so_once(calling: Calling) -> None:
    await calling.answer(answer="unable")
    assert saying(calling) == "unable"
    await calling.answer(answer="failed")
    assert saying(calling) == "failed"
    await calling.answer(answer="unable")
    assert saying(calling) == "failed"


async def test_without_a_script_the_answer_leads_back_to_the_page(calling: Calling) -> None:
    csrf = (await calling.browser.look()).form("/say")["csrf"]
    page = await calling.browser.post("/remind", {"csrf": csrf, "answer": "unable"})
    assert page.status == 200
    assert saying(calling) == "unable"


@pytest.mark.parametrize("fields", [{}, {"answer": "maybe"}, {"answer": ""}])
async def test_what_is_no_answer_changes_nothing(fields: dict[str, str], calling: Calling) -> None:
    csrf = (await calling.browser.look()).form("/say")["csrf"]
    assert (await calling.browser.post("/remind", {"csrf": csrf, **fields})).status == 400
    assert (await calling.browser.post("/remind", {"answer": "no"})).status == 403
    assert saying(calling) == ""


async def test_only_the_newest_browsers_of_a_person_are_kept(calling: Calling) -> None:
    for n in range(BROWSERS + 2):
        await calling.clock.push(timedelta(seconds=1))
        await calling.subscribe(f"b{n}")
    assert len(calling.rows(WebBrowser)) == BROWSERS
    await calling.tell()
    await until(lambda: not calling.rows(WebUnseen))
    assert calling.service.asked == BROWSERS
    assert calling.service.browsers["b0"].calls == []


async def test_where_browsers_are_called_is_sealed_and_goes_with_who_is_forgotten(
    calling: Calling, tmp_path: Path
) -> None:
    await calling.subscribe()
    await calling.tell()
    await until(lambda: not calling.rows(WebUnseen))
    assert b"127.0.0.1:" not in b"".join(file.read_bytes() for file in tmp_path.glob("web.db*"))
    with calling.database.writing() as session:
        forget_person(session, calling.person)
    assert (calling.rows(WebBrowser), calling.rows(WebUnseen), saying(calling)) == ([], [], "")


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
        calling = Calling(strict, database, clock, bot, browser, service, "")
        service.browser("phone")
        assert (await calling.answer(**service.fields("phone")))["answer"] == "failed"
        assert calling.rows(WebBrowser) == []
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
