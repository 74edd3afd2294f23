"""The lease: one running bot per database, so that nothing is ever sent by two."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):  # noqa: N818 - a bot already running is a state, not an error
    """Another process of this machine holds the lease. The message says which, and what to do."""


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
    handle = os.open(file.with_name(file.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
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
