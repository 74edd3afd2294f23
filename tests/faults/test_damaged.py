"""A damaged page met while the bot runs: nothing is called done, people are told, and the bot stops unless it heals."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from bot import damage
from bot.damage import DamagedError
from core.network import UnusableError
from tests.street import GROUP, YANG, Street, street

BROKEN = "数据坏了"


def file_of(here: Street) -> Path:
    assert here.database.file is not None
    return here.database.file


async def spoilt(here: Street) -> bytes:
    """Write nonsense over all pages but the first, as a failing disk does; return what stood there."""
    with here.database.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    here.database.engine.dispose()
    whole = file_of(here).read_bytes()
    with file_of(here).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (len(whole) - 4096))
    return whole


def mended(here: Street, whole: bytes) -> None:
    with file_of(here).open("r+b") as file:
        file.write(whole)


async def test_people_are_told_and_nothing_is_called_done_until_it_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(damage, "AGAIN", 0.01)
    monkeypatch.setattr(damage, "NOTICES", 0.01)
    async with street(tmp_path, "陈伯") as here:
        chen, press = person("陈伯"), here.pressed("陈伯", "我来")
        whole = await spoilt(here)
        assert BROKEN in (await here.tell(press)).toast
        assert "xiaobandeng check" in caplog.text
        words = here.network.said(chen, private(chen), "报名 1")
        for _ in range(3):
            with pytest.raises(DamagedError):  # handed over again, to this process or the next
                await here.tell(words)
        with pytest.raises(DamagedError):
            await here.tell(here.network.said(chen, GROUP, "+1"))
        await here.app._inbox.close()
        assert [BROKEN in text for text in here.texts("陈伯")].count(True) == 1
        assert not any(BROKEN in text for text in here.texts(GROUP.id))
        mended(here, whole)
        watching = asyncio.create_task(here.app._damage.watch(here.database, "zh", here.app._tell))
        async with asyncio.timeout(20):
            while here.app._damage.found:
                await asyncio.sleep(0.01)
        watching.cancel()
        await here.tell(words)
        assert here.promised() == {"陈伯": "claimed"}


async def test_the_bot_stops_with_a_sentence_and_coordinators_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "AGAIN", 0.0)
    monkeypatch.setattr(damage, "NOTICES", 0.0)
    told: list[str] = []

    async def tell(key: str) -> None:
        told.append(key)

    async with street(tmp_path, "陈伯") as here:
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "monday.db").write_bytes(file_of(here).read_bytes())
        whole = await spoilt(here)
        assert BROKEN in (await here.tell(here.pressed("陈伯", "我来"))).toast
        with pytest.raises(UnusableError, match=r"restore .*monday\.db"):
            await here.app._damage.watch(here.database, "zh", tell)
        assert told == ["trouble.damaged"]
        mended(here, whole)


async def test_the_courier_meets_it_too(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        whole = await spoilt(here)
        running = asyncio.create_task(here.app._courier.run())
        here.app.stir()
        async with asyncio.timeout(20):
            while not here.app._damage.found:
                await asyncio.sleep(0.01)
        running.cancel()
        mended(here, whole)


async def test_coordinators_are_told_as_far_as_their_chats_can_still_be_read(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.app._tell("trouble.damaged")
        assert any(BROKEN in text for text in here.texts(YANG))
