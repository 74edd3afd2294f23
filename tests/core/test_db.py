"""The database: what is answered has reached the disk, and what is deleted about a person leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from core.db import Database
from core.members import Member

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
"""2 is FULL: a commit returns when the disk has it."""


def settings(session: Session) -> dict[str, object]:
    return {name: session.connection().scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}


@pytest.mark.parametrize("way", ["writing", "reading"])
def test_every_connection_is_durable_keeps_references_and_overwrites_what_is_deleted(tmp_path: Path, way: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    for _ in range(2):
        with getattr(database, way)() as session:
            assert settings(session) == PRAGMAS
    database.close()


def test_no_byte_of_a_name_stays_in_the_file_after_it_was_deleted(tmp_path: Path) -> None:
    file, name = tmp_path / "a.db", "孙奶奶很久以前住过三号楼"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    with database.writing() as session:
        session.add(Member(community_id=1, id=1, name=name))
    with database.writing() as session:
        session.delete(session.get_one(Member, (1, 1)))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert name.encode() not in file.read_bytes()
