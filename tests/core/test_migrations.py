"""Migrations: they make exactly the tables that the code has, refuse what is newer, and survive a kill anywhere."""

from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event
from sqlmodel import SQLModel

import adapters.web.knocks
import adapters.web.push_rows
import adapters.web.store
import core.tables
from core.db import MIGRATIONS, Database, known_schemas
from tests.street import Street

assert core.tables
assert adapters.web.knocks
assert adapters.web.push_rows
assert adapters.web.store


def schema(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    connection.close()
    return rows


def version(path: Path) -> str:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return rows[0][0] if rows else ""


def migrated(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    database.migrate()
    return database


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # it is counted here, by its name
def test_the_migrated_schema_is_the_one_that_the_code_has(tmp_path: Path) -> None:
    database = migrated(tmp_path / "a.db")
    made = {name for name, sql in schema(tmp_path / "a.db") if sql.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))}
    assert made == {index.name for table in SQLModel.metadata.tables.values() for index in table.indexes}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    database.close()


def test_the_versions_are_those_that_the_migrations_files_are_named_after(tmp_path: Path) -> None:
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())  # from the newest down
    assert [script.revision for script in reversed(scripts)] == list(known_schemas())
    database = Database(f"sqlite:///{tmp_path}/a.db")
    assert database.schema() == ""
    database.migrate()
    assert database.schema() == known_schemas()[-1]
    database.close()


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    database = migrated(tmp_path / "a.db")
    before = schema(tmp_path / "a.db")
    database.migrate()
    assert schema(tmp_path / "a.db") == before
    database.close()


def test_a_schema_newer_than_this_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    migrated(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = schema(path)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(CommandError):
        database.migrate()
    database.close()
    assert schema(path) == before
    assert version(path) == "9999"


async def test_a_village_that_could_not_be_prepared_can_be_closed(tmp_path: Path) -> None:
    here = Street(tmp_path)
    await here.start()
    await here.die()
    connection = sqlite3.connect(tmp_path / "street.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(CommandError):
        await here.start()
    await here.app.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_each_statement_of_a_migration_leaves_old_or_new_and_never_between(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    migrated(whole).close()
    wanted = schema(whole)
    seen: set[str] = set()
    n = 1
    while True:
        path = tmp_path / f"{n}.db"
        child = os.fork()
        if child == 0:
            die_migrating(path, n)
        _, status = os.waitpid(child, 0)
        state = between(path)
        seen.add(state)
        if n % 7 == 0 or state not in ("", "0002"):
            migrated(path).close()
            assert schema(path) == wanted, f"statement {n} left {state!r}"
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            break
        n += 1
    assert n > 20
    assert schema(path) == wanted


def between(path: Path) -> str:
    """The version that a kill left; fails if the tables there are not those of that version."""
    names = {name for name, _ in schema(path)} - {"alembic_version"}
    if not names:
        return ""
    assert "alembic_version" in {name for name, _ in schema(path)}, "tables without a version"
    left = version(path)
    tables = {name for name, sql in schema(path) if sql.startswith("CREATE TABLE") and name != "sqlite_sequence"}
    web = {name for name in tables if name.startswith("web_")}
    if left == "":
        raise AssertionError(f"tables and no version: {sorted(tables)}")
    assert ("claim" in tables) == (left >= "0001")
    assert bool(web) == (left >= "0002")
    return left


def die_migrating(path: Path, n: int) -> None:
    """In a fork: migrate, and die just before the n-th statement."""
    try:
        database = Database(f"sqlite:///{path}")
        left = n

        def count(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(database.engine, "before_cursor_execute", count)
        event.listen(database.engine, "commit", count)
        database.migrate()
    except BaseException:  # noqa: BLE001 -- a fork must not return into its parent's code
        os._exit(3)
    os._exit(0)
