"""What is tidied away each hour, a little at a time: events seen long ago, old pictures of rosters, and old guesses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from core import attempts, seen
from core.db import Database
from core.features import FEATURES
from core.matter_pictures import LOOSE_FOR
from core.matter_pictures import names as of_matters
from core.minutes import picture_names
from core.shelf import DRAWN_FOR

log = logging.getLogger("xiaobandeng.tidying")

KEPT = timedelta(days=14)
"""How long seen events are remembered: no network delivers again after a week, and an edit of older words is rare."""
SWEPT = timedelta(days=1)
"""How long a picture lies on the shelf that belongs to nothing."""
PAUSE = 0.05
"""Seconds between two transactions: whoever speaks meanwhile comes first."""
AGAIN = 3600.0
"""Seconds until it is looked again."""


async def tidy(database: Database, before: datetime, drawn_before: datetime) -> int:
    """Drop all that was seen and drawn before these moments, and let the database count anew; how many events were
    dropped.
    """
    dropped = 0
    while True:
        some = await database.write(lambda session: seen.forget_old(session, before))
        dropped += some
        if some < seen.MOST:
            break
        await asyncio.sleep(PAUSE)
    await database.write(lambda session: attempts.forget_old(session, before))
    await asyncio.to_thread(database.shelf.sweep_drawn, drawn_before)
    await database.on_writer(database.optimize)
    return dropped


def sweep(database: Database, session: Session, now: datetime) -> None:
    """Throw away the files of pictures that nothing names any more."""
    wanted = of_matters(session, now - LOOSE_FOR) | picture_names(session)
    wanted |= {name for each in FEATURES if each.pictures is not None for name in each.pictures(session)}
    database.shelf.sweep(wanted, now - SWEPT)


async def each_hour(database: Database, now: Callable[[], datetime], kept: timedelta) -> None:
    """As long as the bot runs. A disk that is full, a server that is away: the next hour comes."""
    while True:
        try:
            if dropped := await tidy(database, now() - kept, now() - DRAWN_FOR):
                log.info("events seen long ago were dropped", extra={"count": dropped})
            await database.write(lambda session: sweep(database, session, now()))
        except (DBAPIError, OSError) as error:
            log.warning("nothing could be tidied", extra={"why": type(error).__name__})
        await asyncio.sleep(AGAIN)
