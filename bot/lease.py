"""The lease: one running bot per database, so that nothing is ever sent by two."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.owner import give

LIVED = "lived"
"""The line of the lock's file that says that a bot has served from the database."""


class Taken(Exception):
    """Another process of this machine holds the lease. The message says which, and what to do."""


def lock_of(database: Path) -> Path:
    """The file that is locked for a database."""
    file = database.resolve()
    return file.with_name(file.name + ".lock")


class Lease:
    """The lease that is held, and what its file remembers of the database beside it."""

    def __init__(self, lock: Path | None = None, handle: int = -1, said: str = "") -> None:
        self.lock = lock
        self._handle = handle
        self.lived = LIVED in said.splitlines()  # whether a bot has served from this database before
        self._write()

    def serves(self) -> None:
        """Remember that a bot serves from this database: if it is missing one day, it has not just been set up."""
        self.lived = True
        self._write()

    def _write(self) -> None:
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            lines = [str(os.getpid()), *[LIVED] * self.lived]
            os.pwrite(self._handle, "".join(f"{line}\n" for line in lines).encode(), 0)


@contextmanager
def lease(database: Path | None) -> Iterator[Lease]:
    """Hold the lease of SQLite's file while inside; without a file (a database server) there is nothing to hold.

    Raises `Taken` at once. The lock is the operating system's: it ends with the process however that ends, so a file
    left behind means nothing. It is never deleted, since a third process might lock the one while a fourth makes
    another. Do not keep the database on a network drive: locks are not kept everywhere.
    """
    if database is None:
        yield Lease()
        return
    file = database.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = lock_of(file)
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Taken(
            f"{lock} cannot be written ({error.strerror}); run this as the user whom {file.parent} belongs to"
        ) from None
    try:
        give(handle, file.parent)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode("ascii", "replace").partition("\n")[0].strip()
            who = f" (process {holder})" if holder.isdecimal() else ""
            raise Taken(f"a bot{who} is already running on {file}; stop that one first") from None
        yield Lease(lock, handle, os.read(handle, 40).decode("ascii", "replace"))
    finally:
        os.close(handle)
