"""Databases that live for one scene or one test: made from an empty one, by an engine that goes from file to file."""

from __future__ import annotations

import sqlite3
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from core.db import BUSY_MS, Database, open_engine


class Onward:
    """An engine for one SQLite file after another, all with the same keys: a statement is compiled once for all.

    Compiling is a fifth of what a short life with a database costs. At any moment one database uses it.
    """

    def __init__(self) -> None:
        self.file = ""
        self.engine = open_engine("sqlite://", poolclass=QueuePool, creator=self._connect)

    def to(self, file: str | Path) -> Engine:
        """The engine, for this file from now on: closed for the file before, into which nobody looks again."""
        self.engine.dispose()  # whoever looked into it after it was closed left a connection
        self.file = str(file)
        return self.engine

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, check_same_thread=False, timeout=BUSY_MS / 1000)


@cache
def empty() -> bytes:
    """A migrated SQLite file with nothing in it: migrating takes longer than most short lives."""
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        file = Path(folder) / "empty.db"
        database = Database(f"sqlite:///{file}")
        database.migrate()
        database.close()
        return file.read_bytes()
