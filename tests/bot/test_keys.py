"""The key: made at the first start, its owner's alone, missed when it is gone, and never in a backup."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backup import backup
from bot.check import Finding, check
from bot.config import load
from bot.keys import keys, open_database
from core.seals import NoKeyError

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def settings(folder: Path) -> Path:
    file = folder / "config.toml"
    file.write_text("[web]\naddress = '127.0.0.1:0'\n", "utf-8")
    return file


async def said(folder: Path) -> list[Finding]:
    return [found async for found in check(load(settings(folder), {})) if found.about == "key"]


async def test_settings_of_before_get_a_key_beside_them_at_the_first_start(tmp_path: Path) -> None:
    config = load(settings(tmp_path), {})
    assert await said(tmp_path) == []
    database = open_database(config, NOW)
    database.migrate()
    database.close()
    assert config.database.key == tmp_path / "xiaobandeng.key"
    assert stat.S_IMODE(config.database.key.stat().st_mode) == 0o600
    assert [found.good for found in await said(tmp_path)] == [True]


def test_it_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "a.key"
    assert keys(file, NOW).by_id == keys(file, NOW).by_id


def test_one_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.key"
    keys(file, NOW)
    file.chmod(0o640)
    with pytest.raises(NoKeyError, match="chmod 600"):
        keys(file, NOW)


async def test_the_check_says_that_it_is_lost_and_when_it_is_found_again(tmp_path: Path) -> None:
    config = load(settings(tmp_path), {})
    database = open_database(config, NOW)
    database.migrate()
    database.close()
    away = config.database.key.rename(tmp_path / "elsewhere")
    database = open_database(config, NOW)  # a start without it makes another, and goes on
    database.migrate()
    assert len(database.missing_keys) == 1
    database.close()
    (found,) = await said(tmp_path)
    assert not found.good
    assert "xiaobandeng.key" in found.said
    config.database.key.unlink()
    away.rename(config.database.key)
    (found,) = await said(tmp_path)
    assert not found.good, "what the other sealed meanwhile cannot be read with this one"


def test_no_backup_holds_it(tmp_path: Path) -> None:
    config = load(settings(tmp_path), {})
    database = open_database(config, NOW)
    database.migrate()
    database.close()
    assert config.database.file is not None
    made = backup(config.database.file, tmp_path / "backup.db")
    for key in keys(config.database.key, NOW).by_id.values():
        assert key not in made.file.read_bytes()
