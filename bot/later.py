"""What could not be taken in yet, because another program holds the database: kept sealed beside it until it can be."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict
from pathlib import Path

from bot.owner import give
from core.attempts import event_from, sort_of
from core.db import Database
from core.messages import Event
from core.seals import Keys, NoKeyError

log = logging.getLogger("xiaobandeng.later")

COLUMN = "later"
"""Where the seals of this file belong: nothing of it can be put into a column of the database."""


def beside(database: Database) -> Path | None:
    """The file for a database that is a file; on a server nothing is kept beside it."""
    return Path(f"{database.file}.later") if database.file is not None else None


class Later:
    """A line for each event, in the order in which they came. It is empty nearly always.

    An event that was taken in may still stand in it when the process ends: taken in again it is known as such.
    """

    def __init__(self, file: Path | None, keys: Keys) -> None:
        self._file = file
        self._keys = keys
        self._waits: set[tuple[str, str]] = set()

    @property
    def possible(self) -> bool:
        return self._file is not None and bool(self._keys.by_id)

    def waits(self, bot: str, event: str) -> bool:
        return (bot, event) in self._waits

    def keep(self, bot: str, event: Event) -> None:
        """On the disk when this returns. Raises `OSError`."""
        assert self._file is not None  # noqa: S101 - see `possible`
        said = json.dumps({"bot": bot, "sort": sort_of(event), "event": asdict(event)})
        line = self._keys.seal(said, COLUMN).encode() + b"\n"
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            give(handle, self._file.parent)
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)
        self._waits.add((bot, event.event))

    def done(self, bot: str, event: str) -> None:
        """It was taken in. When nothing waits any more, the file is emptied."""
        self._waits.discard((bot, event))
        if not self._waits and self._file is not None and self._file.exists():
            os.truncate(self._file, 0)

    def left(self) -> list[tuple[str, Event]]:
        """What the last process did not come to: the account that it came to, and the event."""
        if not self.possible or self._file is None or not self._file.exists():
            return []
        found = []
        for line in self._file.read_bytes().splitlines():
            try:
                facts = json.loads(self._keys.open(line.decode(), COLUMN))
                found.append((str(facts["bot"]), event_from(facts["sort"], facts["event"])))
            except (NoKeyError, ValueError, KeyError, TypeError) as error:  # a line that the end of a process cut off
                log.warning("a line cannot be read", extra={"why": type(error).__name__})
        self._waits.update((bot, event.event) for bot, event in found)
        return found
