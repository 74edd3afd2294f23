"""A damaged page met while the bot runs: nothing more is taken in, it is looked at again, and else the bot stops."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from bot.backup import NotDone, check
from bot.wording import catalogue
from core.db import Database
from core.messages import Answer, Arranged, Event, Pressed
from core.network import UnusableError
from core.words import text

log = logging.getLogger("xiaobandeng.damage")

NOTICES = 1.0
"""Seconds within which it is noticed that somebody met damage."""
LOOKS, AGAIN = 3, 5.0
"""How often the file is looked at before the bot stops, and after how many seconds each time."""
BAD = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DamagedError(OSError):
    """The file is damaged and nothing is written to it: the event is to be handed over again, to the next process."""


class Damage:
    """Whether the database was found damaged, by whoever met it first, on whatever thread."""

    def __init__(self) -> None:
        self.found = False

    def meets(self, error: BaseException | None) -> bool:
        """Whether this error says that the file is damaged. Then nothing more is taken in until it was looked at."""
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        if code is None or code & 0xFF not in BAD:
            return False
        if not self.found:
            log.critical("the database is damaged: nothing is taken in. xiaobandeng check says what to do")
        self.found = True
        return True

    async def watch(self, database: Database, lang: str, tell: Callable[[str], Awaitable[None]]) -> None:
        """Look at the file once it was found damaged. Raises `UnusableError` if it stays so.

        What was read wrongly may be right the next time: then all goes on. `tell` tells who must know, in these words.
        """

        def heard(context: ExceptionContext) -> None:
            self.meets(context.original_exception)

        event.listen(database.engine, "handle_error", heard)
        try:
            while True:
                await asyncio.sleep(NOTICES)
                if self.found and (why := await self._stays(database)):
                    await tell("trouble.damaged")
                    raise UnusableError(catalogue().text(lang, "gone.damaged", file=str(database.file), why=why))
        finally:
            event.remove(database.engine, "handle_error", heard)

    async def _stays(self, database: Database) -> str:
        """What is wrong with it, as long as one looks; '' as soon as it is whole, and then all goes on."""
        why = ""
        for _ in range(LOOKS):
            await asyncio.sleep(AGAIN)
            database.engine.dispose()  # with the pages that were kept in memory
            why = await asyncio.to_thread(trouble, database.file)
            if not why:
                log.warning("the database is whole after all")
                self.found = False
                break
        return why


def trouble(file: Path | None) -> str:
    """What is wrong with a file and what to do; '' if it is whole."""
    try:
        if file is not None:
            check(file, thoroughly=True)
    except NotDone as error:
        return str(error)
    return ""


def over_a_press(what: Event, lang: str) -> Answer | None:
    """What stands over a button that is pressed meanwhile; None where nothing was pressed."""
    pressed = isinstance(what, Pressed | Arranged)
    return Answer(toast=text(lang, "trouble.damaged_press"), alert=True) if pressed else None
