"""Another program holds the database: people are asked for patience at once, and all they said is done in its order."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from bot import busy, later
from core.messages import Event
from core.seen import Seen
from tests.street import GROUP, Street, street

WAIT = "请稍等，我在忙"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy, "PATIENCE", 0.02)
    monkeypatch.setattr(busy, "AGAIN", 0.01)


@contextmanager
def held(here: Street) -> Iterator[None]:
    other = sqlite3.connect(here.url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def idle(here: Street) -> None:
    """Until nothing is kept for later any more."""
    file = later.beside(here.database)
    assert file is not None
    async with asyncio.timeout(30):
        while file.exists() and file.stat().st_size:
            await asyncio.sleep(0.02)


async def test_people_hear_at_once_and_what_they_said_is_done_in_its_order(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        chen, li = person("陈伯"), person("李阿姨")
        press = here.pressed("陈伯", "我来")
        with held(here):
            assert WAIT in (await here.tell(press)).toast
            assert (await here.tell(here.network.said(li, GROUP, "+1"))).toast == "", "a group is not disturbed"
            await here.tell(here.network.said(li, private(li), "我的"))
            await here.tell(here.network.said(li, private(li), "退出 1"))
            await here.tell(here.network.said(chen, GROUP, "今天天气真好"))
            told = here.texts("李阿姨")
            assert [WAIT in text for text in told].count(True) == 1, "once a minute"
            assert not any(WAIT in text for text in here.texts(GROUP.id))
            file = later.beside(here.database)
            assert file is not None
            kept = file.read_bytes()
            assert len(kept.splitlines()) == 5
            assert "天气".encode() not in kept
            assert file.stat().st_mode & 0o077 == 0
            assert here.promised() == {}, "reading does not wait"
        await idle(here)
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed", "李阿姨": "withdrawn"}


async def test_what_a_process_did_not_come_to_the_next_one_does(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        with held(here):
            assert WAIT in (await here.tell(event)).toast
            kept = later.beside(here.database)
            assert kept is not None
            lines = kept.read_bytes()
            await here.app._inbox.close()
            await here.app._courier.close()
        await here.again()
        kept.write_bytes(lines + lines[:40])  # the end of a process may cut a line off
        await here.app._inbox.take_up([here.network])
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed"}
        assert kept.read_bytes() == b""
        assert len([row for row in here.rows(Seen) if row.event == event.event]) == 1


async def test_a_no_that_comes_later_is_said_privately(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "+1")
        event: Event = here.pressed("陈伯", "我来")
        with held(here):
            assert WAIT in (await here.tell(event)).toast
        await idle(here)
        await here.app._inbox.close()
        assert "已经" in here.texts("陈伯")[-1]


async def test_where_nothing_can_be_kept_it_is_waited_for_as_before(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        file = later.beside(here.database)
        assert file is not None
        file.mkdir()
        event = here.pressed("陈伯", "我来")
        with held(here):
            telling = asyncio.create_task(here.tell(event))
            await asyncio.sleep(0.2)
            assert not telling.done()
        await telling
        file.rmdir()
        assert here.promised() == {"陈伯": "claimed"}
