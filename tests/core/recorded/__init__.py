"""Databases as earlier versions left them, each as SQL, and how to go on from one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent


def recorded(version: str, to: Path) -> None:
    """Write the database that the version of this schema left, as a file."""
    with closing(sqlite3.connect(to)) as connection:
        connection.executescript((HERE / f"{version}.sql").read_text("utf-8"))
