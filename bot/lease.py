"""The lease: one running bot per database, so that nothing is ever sent by two."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.owner import give
from core.network import UnusableError

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

    def __init__(self, lock: Path | None = None, handle: int = -1, said: str = "", file: Path | None = None) -> None:
        self.lock = lock
        self._file = file
        self._own = -1  # the database itself, opened to be locked
        self._handle = handle
        self.lived = LIVED in said.splitlines()  # whether a bot has served from this database before
        self._write()

    def serves(self) -> None:
        """Remember that a bot serves from this database: if it is missing one day, it has not just been set up.

        Raises `UnusableError` in the rare case that another locked the database since it was made.
        """
        self.lived = True
        self._write()
        try:
            if self._own < 0:
                self.take_file()
        except Taken as taken:
            raise UnusableError(str(taken)) from None

    def take_file(self) -> None:
        """Lock the database itself, if it is there: the file beside it may be tidied away, and the database may have
        other names, by a hard link say. Raises `Taken`.

        SQLite's own locks are of another kind, which on Linux these do not touch; elsewhere they might, so that there
        the file beside it has to do.
        """
        if self._file is None or not self._file.exists() or sys.platform != "linux":
            return
        own = os.open(self._file, os.O_RDONLY)
        try:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(own)
            raise Taken(f"a bot is already running on {self._file}; stop that one first") from None
        self._own = own

    def let_go(self) -> None:
        if self._own >= 0:
            os.close(self._own)
            self._own = -1

    def _write(self) -> None:
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            lines = [str(os.getpid()), *[LIVED] * self.lived]
            os.pwrite(self._handle, "".join(f"{line}\n" for line in lines).encode(), 0)


@contextmanager
def lease(database: Path | None, *, waits: bool = False) -> Iterator[Lease]:
    """Hold the lease of SQLite's file while inside; without a file (a database server) there is nothing to hold.

    Raises `Taken` at once, also where somebody wants to wait for a file (`waits`): it belongs to one process. The lock
    is the operating system's: it ends with the process however that ends, so a file left behind means nothing. It is
    never deleted, since a third process might lock the one while a fourth makes another. Do not keep the database on a
    network drive: locks are not kept everywhere.
    """
    if database is None:
        yield Lease()
        return
    if waits:
        raise Taken(f"{database} is a file and serves one process: standing by needs a database server")
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
        held = Lease(lock, handle, os.read(handle, 40).decode("ascii", "replace"), file)
        try:
            held.take_file()
            yield held
        finally:
            held.let_go()
    finally:
        os.close(handle)
