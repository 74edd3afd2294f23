"""The suite on a database server: whatever lives on SQLite's file otherwise lives on a PostgreSQL of this run's own.

    python -m tests.databases [--at-once 2] [FILES OF TESTS...] [OPTIONS OF PYTEST...]

Starts a server (or takes the one that DATABASE_URL names), runs the tests, and says how many held. Without files:
whatever plays in a street or a scene. A test that is about SQLite itself says so by `only_sqlite`.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from argparse import ArgumentParser
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from core.db import Database
from tests.postgres import server

ROOT = Path(__file__).parents[1]
SERVER = "TESTS_ON_SERVER"
"""The environment variable that names the server on which tests are to be played."""
SKIPPED = (
    "tests/core/test_migrat",
    "tests/core/test_db.py",
    "tests/core/test_plain.py",
    "tests/core/test_plans.py",
    "tests/faults/test_damaged.py",
    "tests/faults/test_held.py",
    "tests/faults/test_second.py",
    "tests/bot/test_gone.py",
)
"""What is about SQLite's file, its pages, its locks and its plans."""
NUMBERS = itertools.count()

only_sqlite = pytest.mark.skipif(SERVER in os.environ, reason="about SQLite's file")
"""For a test that is about SQLite's file, its locks or its pages."""


@cache
def template(url: str) -> str:
    """A migrated database with nothing in it, from which others are made in an instant."""
    name = f"template_{os.getpid()}"
    administer(url, f"drop database if exists {name}", f"create database {name}")
    database = Database(named(url, name))
    database.migrate()
    database.close()
    return name


def named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def administer(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def on_server() -> str | None:
    """The URL of a fresh database where this run plays on a server, else None."""
    url = os.environ.get(SERVER)
    if url is None:
        return None
    name = f"street_{os.getpid()}_{next(NUMBERS)}"
    administer(url, f"create database {name} template {template(url)}")
    return named(url, name)


def drop(url: str) -> None:
    """A database that nobody needs any more."""
    server_url = os.environ[SERVER]
    administer(server_url, f"drop database if exists {make_url(url).database} with (force)")


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.databases", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    parser.add_argument("files", nargs="*")
    given, more = parser.parse_known_args()
    usual = ["tests/scenes/test_scenes.py", "tests/bot", "tests/core", "tests/features", "tests/posts"]
    ignored = [f"--ignore-glob=*/{name.removeprefix('tests/')}*" for name in SKIPPED]
    with server() as url:
        environment = os.environ | {SERVER: url}
        environment.pop("CI", None)  # what is about SQLite alone is left out here
        command = [sys.executable, "-m", "pytest", "-n", str(given.at_once), *ignored, *more, *(given.files or usual)]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
