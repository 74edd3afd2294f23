"""On a database server: what another process has committed wakes this one, which may owe it to its own networks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy.engine import make_url

from core.db import CHANNEL, Database

log = logging.getLogger("xiaobandeng.wakening")

RETRY = 2.0
"""Seconds until a server that went away is asked again; meanwhile the courier looks by itself, twice a minute."""


async def listen(database: Database, wake: Callable[[], None]) -> None:
    """Call `wake` for each commit of another process, until cancelled."""
    import psycopg  # noqa: PLC0415 - it is there only where the database is a server's

    url = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                wake()  # what was committed before that was not told
                async for told in connection.notifies():
                    if told.payload != str(database.worker):
                        wake()
        except psycopg.Error as error:
            log.warning("the database server is away", extra={"why": type(error).__name__})
            await asyncio.sleep(RETRY)
