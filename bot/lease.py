"""The lease: one running bot per database, so that nothing is ever sent by two."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.owner import give


class Taken(Exception):
    """Another process of this machine holds the lease. The message says which, and what to do."""


def lock_of(database: Path) -> Path:
    """The file that is locked for a database."""
    file = database.resolve()
    return file.with_name(file.name + ".lock")


@contextmanager
def lease(database: Path | None) -> Iterator[None]:
    """Hold the lease of SQLite's file while inside; without a file (a database server) there is nothing to hold.

    Raises `Taken` at once. The lock is the operating system's: it ends with the process however that ends, so a file
    left behind means nothing. It is never deleted, since a third process might lock the one while a fourth makes
    another. Do not keep the database on a network drive: locks are not kept everywhere.
    """
    if database is None:
        yield
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
            holder = os.read(handle, 20).decode("ascii", "replace").strip()
            who = f" (process {holder})" if holder.isdecimal() else ""
            raise Taken(f"a bot{who} is already running on {file}; stop that one first") from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)
