"""A street as the version of schema 0007 left it: see `recorded_0007.sql`."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config

from core.db import MIGRATIONS, Database
from tests.street import YANG, Street

THEN = datetime(2026, 11, 24, 11, 16, tzinfo=UTC)
ROWS = Path(__file__).with_name("recorded_0007.sql")

RETIRED = {("remind", "reminder"), ("ask", "outcome")}
"""What bodies said then, by kind, that nobody asks for any more."""


def written_then(url: str) -> None:
    """A database with these rows, at the schema they were written in."""
    database = Database(url)
    with database.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
    database.close()
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    file.execute("DELETE FROM counter")
    file.executescript(ROWS.read_text("utf-8"))
    file.commit()
    file.close()


@contextlib.asynccontextmanager
async def recorded_street(folder: Path) -> AsyncIterator[Street]:
    """The street of these rows, a moment later, run by the program as it is now."""
    here = Street(folder, coordinators=[f"scene:{YANG}", "scene:李老师"])
    written_then(here.url)
    here.clock.moment = THEN
    here.network.closed |= {"小周", "老吴"}
    await here.start()
    try:
        await here.deliver()
        yield here
    finally:
        await here.die()
