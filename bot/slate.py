"""The slate: which event is being taken in, chalked up before the work, for whoever comes after a sudden end."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.owner import give
from bot.stalls import Stalls
from core.db import Database

log = logging.getLogger("xiaobandeng.slate")

LONGEST = 8_192
NOTHING = b"\n"


def beside(database: Database) -> Path | None:
    """The file of the slate for a database that is a file."""
    file = make_url(database.url).database if database.sqlite else None
    return Path(f"{file}.slate") if file else None


def beside_key(key: Path, accounts: Sequence[str]) -> Path:
    """That for a database on a server: each bot on it has its own."""
    mark = hashlib.blake2b("\n".join(accounts).encode(), digest_size=4).hexdigest()
    return key.with_name(f"{key.stem}.{mark}.slate")


@dataclass(frozen=True, slots=True)
class Chalked:
    """An event that was being taken in when its process ended, and by what that attempt is known."""

    bot: str
    event: str
    life: str


class Slate:
    """One line in a small file beside the database, written over for each event.

    It is not synced: what a process wrote outlives the process, and that is what an event can end. It costs a
    thousandth of an event, where a row would cost another commit. Without a file nothing is remembered.
    """

    def __init__(self, file: Path | None, stalls: Stalls) -> None:
        self._file = file
        self._stalls = stalls
        self._handle: int | None = None
        self._life = secrets.token_hex(6)
        self._count = 0

    def read(self) -> Chalked | None:
        """What the last process was at when it ended; None if it was at nothing."""
        if self._file is None:
            return None
        if self._handle is None:
            try:
                self._handle = self._own(self._file)
            except OSError as error:
                log.warning("the slate cannot be kept: attempts are not counted", extra={"why": type(error).__name__})
                return None
        line = os.pread(self._handle, LONGEST, 0).split(NOTHING)[0]
        with contextlib.suppress(ValueError, TypeError):
            return Chalked(*map(str, json.loads(line)))
        return None

    @staticmethod
    def _own(file: Path) -> int:
        """The slate itself; where another process of this machine has it, for it serves the same accounts, the next."""
        for name in chain([file], (file.with_suffix(f".{n}.slate") for n in count(2))):
            handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                give(handle, file.parent)
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
            else:
                return handle
        raise AssertionError  # there is always a next

    @contextmanager
    def at(self, bot: str, event: str) -> Iterator[None]:
        """While this event is being taken in."""
        self._count += 1
        self._write(json.dumps([bot, event, f"{self._life}.{self._count}"]).encode() + NOTHING)
        self._stalls.begin()
        try:
            yield
        finally:
            self._stalls.end()
            self.wipe()

    def wipe(self) -> None:
        self._write(NOTHING)

    def _write(self, line: bytes) -> None:
        if self._handle is not None and len(line) <= LONGEST:
            with contextlib.suppress(OSError):  # a full disk is for the transaction to say
                os.pwrite(self._handle, line, 0)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
