"""A database brought to an earlier or a later version of its schema, as a test needs it."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from core.db import MIGRATIONS, Database
from tests.keys import KEYS


def bring(url: str, to: str, *, back: bool = False) -> None:
    """Bring the database to this revision: forward, or `back` from a later one."""
    database = Database(url, KEYS)
    with database.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, to)
    database.close()
