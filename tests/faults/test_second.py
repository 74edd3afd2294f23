"""A second bot on the same database: refused, whatever became of the file beside it and whatever it is called."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.lease import Taken, lease, lock_of
from core.db import Database


def by_hard_link(database: Path) -> Path:
    other = database.with_name("other.db")
    other.hardlink_to(database)
    return other


def by_symbolic_link(database: Path) -> Path:
    other = database.with_name("linked.db")
    other.symlink_to(database)
    return other


def tidied(database: Path) -> Path:
    lock_of(database).unlink()
    return database


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the file beside it has to do")
@pytest.mark.parametrize("named", [by_hard_link, by_symbolic_link, tidied])
@pytest.mark.parametrize("new", [False, True], ids=["", "made while it runs"])
def test_the_lease_belongs_to_the_database_itself(tmp_path: Path, named: Callable[[Path], Path], new: bool) -> None:
    database = tmp_path / "xiaobandeng.db"
    if not new:
        database.write_bytes(b"")
    with lease(database) as held:
        made = Database(f"sqlite:///{database}")
        made.migrate()
        held.serves()
        with pytest.raises(Taken, match="already running"), lease(named(database)):
            pass
        with made.writing() as session:  # SQLite's own locks are untouched by that
            session.connection()
        made.close()
    with lease(database):
        pass
