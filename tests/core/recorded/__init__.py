"""Databases as earlier versions left them, each as SQL, and how to go on from one."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

from tests.street import MONDAY, Street

HERE = Path(__file__).parent


def recorded(version: str, to: Path) -> None:
    """Write the database that the version of this schema left, as a file."""
    with closing(sqlite3.connect(to)) as connection:
        connection.executescript((HERE / f"{version}.sql").read_text("utf-8"))


@asynccontextmanager
async def gone_on(folder: Path) -> AsyncIterator[Street]:
    """The street on such a database, `street.db` in this folder, a minute after the earlier version was shut down."""
    here = Street(folder)
    here.clock.moment = MONDAY + timedelta(minutes=1)
    while int(here.network.screens.id()) < 1_000:
        pass  # ids given out before are not given out again
    await here.start()
    yield here
    await here.die()
