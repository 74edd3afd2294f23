"""The power fails: what was answered is on the disk, and what was not is there whole or not at all."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.street import Street, street

NAMES = ("陈伯", "李阿姨", "王伯", "赵叔", "孙姨")


def claims_in(folder: Path, whole: Path, log: bytes) -> int:
    """How many claims a machine finds that starts with this much of the log on its disk. It is whole in any case."""
    file = folder / "after.db"
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copy(whole, file)
    file.with_name("after.db-wal").write_bytes(log)
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = connection.execute("SELECT count(*) FROM claim").fetchone()
    finally:
        connection.close()
    return int(count)


async def answered(here: Street, log: Path) -> list[int]:
    """How long the log was when each of them had been answered."""
    sizes = []
    for name in NAMES:
        await here.say(name, "报名")
        sizes.append(log.stat().st_size)
    return sizes


async def test_wherever_the_log_ends_all_that_was_answered_before_is_there(tmp_path: Path) -> None:
    dice = random.Random(3)
    async with street(tmp_path, *NAMES, posted="发布 巡逻 2026-11-27 19:00-21:00 东门集合 9人") as here:
        file = here.database.file
        assert file is not None
        with here.database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = Path(shutil.copy(file, tmp_path / "before.db"))
        log = file.with_name(file.name + "-wal")
        sizes = await answered(here, log)
        kept = log.read_bytes()
        assert whole.read_bytes() == file.read_bytes(), "nothing was moved out of the log meanwhile"
    assert sizes == sorted(set(sizes))
    for n, size in enumerate(sizes, 1):
        assert claims_in(tmp_path, whole, kept[:size]) == n
        after = sizes[n] if n < len(sizes) else len(kept)
        for cut in (dice.randint(size, after) for _ in range(4)):
            torn = kept[:cut] + bytes(dice.randrange(256) for _ in range(min(64, after - cut)))
            assert claims_in(tmp_path, whole, torn) in (n, n + 1)


async def test_each_connection_keeps_what_durability_rests_on(tmp_path: Path) -> None:
    """synchronous=FULL (2): a commit returns when it is on the disk; secure_delete: what is deleted is overwritten."""
    async with street(tmp_path) as here:
        for opening in (here.database.writing, here.database.reading):
            with opening() as session:
                read = {
                    name: session.connection().execute(text(f"PRAGMA {name}")).scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
                }
            assert read == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "secure_delete": 1,
                "busy_timeout": 5_000,
            }


async def test_who_writes_has_the_lock_from_the_beginning(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        other = sqlite3.connect(here.url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)
        both = pytest.raises(sqlite3.OperationalError, match="locked")  # who could else both take the last place
        with here.database.writing(), both:
            other.execute("BEGIN IMMEDIATE")
        with here.database.reading():
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        other.close()
