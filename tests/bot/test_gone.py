"""The database's file taken away while the bot runs: nothing goes into a file without a name, and people hear of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import gone
from bot.lease import lease, lock_of
from core.claims import Claim
from core.db import TakenAwayError
from core.network import UnusableError
from tests.bot.commands import called
from tests.street import GROUP, YANG, street


def file_of(folder: Path) -> Path:
    return next(folder.glob("*.db"))


@pytest.mark.parametrize("replaced", [False, True], ids=["taken away", "another in its place"])
async def test_what_is_said_then_is_refused_and_kept_for_the_next_process(tmp_path: Path, replaced: bool) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("李阿姨", "+1")
        file = file_of(tmp_path)
        there = file.rename(tmp_path / "elsewhere")
        if replaced:
            shutil.copy(there, file)
        with pytest.raises(TakenAwayError):
            await here.say("陈伯", "+1")
        if replaced:
            file.unlink()
        there.rename(file)  # the very file is put back: all goes on
        await here.say("陈伯", "+1")
        assert len(here.rows(Claim)) == 2


async def test_coordinators_are_told_and_the_bot_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gone, "LOOKS", 0.0)
    async with street(tmp_path, "陈伯") as here:
        file = file_of(tmp_path)
        there = file.rename(tmp_path / "elsewhere")
        with pytest.raises(UnusableError, match="restore"):
            await gone.watch(here.app.database, here.app.heres, here.app.networks, here.clock.now)
        there.rename(file)
        assert [text for text in here.texts(YANG) if "不见了" in text]
        assert not [text for text in [*here.texts("陈伯"), *here.texts(GROUP.id)] if "不见了" in text]


def test_the_lock_remembers_that_a_bot_has_lived_there(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with lease(database) as held:
        assert not held.lived
    with lease(database) as held:
        assert not held.lived  # it was never ready
        held.serves()
    with lease(database) as held:
        assert held.lived
    assert lock_of(database).exists()


def test_where_a_bot_has_lived_nothing_is_begun_anew_in_silence(tmp_path: Path) -> None:
    database = tmp_path / "xiaobandeng.db"
    (tmp_path / "config.toml").write_text('[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n')
    with lease(database) as held:
        held.serves()
    for contents in (None, b""):
        if contents is not None:
            database.write_bytes(contents)
        said = called(tmp_path, "run")
        assert said.exit_code == 1
        assert "is not there, though the bot has lived in it" in said.stderr
        assert str(lock_of(database)) in said.stderr
        assert database.exists() == (contents is not None)
