"""Backups: a copy of SQLite's file while the bot runs, and the way back from one."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.lease import lease
from bot.owner import give
from core.db import BUSY_MS, Database, known_schemas
from core.features import FEATURES
from core.posts import after_restore
from core.seals import Keys
from core.serving import posts_of

SERVER = (
    "this database is kept by PostgreSQL, which makes its own backups: use pg_dump to save it and pg_restore to bring "
    "it back"
)
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a file raises that is damaged or no database; the latter, where SQLite's message quotes bytes of it."""
WAIT = BUSY_MS / 1000
NOT_OURS = "{} is not a database of this program; is it the right file?"
WITH_IT = ("", "-wal", "-shm")
"""The files that make up one SQLite database. A log left beside another database would be played into it."""


class NotDone(Exception):
    """It was not done, and nothing was changed. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the file, its size in bytes, and the version of its schema."""

    file: Path
    size: int
    schema: str


def backup(database: Path | None, to: Path) -> Made:
    """Copy the database to `to`, mode 0600: one consistent picture, checked, whole or not there at all.

    The bot may run meanwhile and is not held up. An earlier backup at `to` is replaced. Raises `NotDone`.
    """
    source = _ours(database)
    if not source.is_file():
        raise NotDone(f"there is no database at {source} yet; start the bot once, or name its config with --config")
    if to.is_dir():
        raise NotDone(f"{to} is a folder; name a file in it")
    if to.exists() and to.samefile(source):
        raise NotDone(f"{to} is the database itself; name another file")
    if to.exists() and _schema(to) is None:
        raise NotDone(f"{to} is something else than a backup and is left alone; name another file")
    with _beside(to) as copy:
        _copy(source, copy)
        schema = check(copy, "the copy of the database", thoroughly=True)
        _put(copy, to)
    return Made(to, to.stat().st_size, schema)


def restore(
    copy: Path, database: Path | None, now: datetime, *, force: bool = False, keys: Keys | None = None
) -> Path | None:
    """Put a backup in the place of the database, brought up to this program's schema.

    With `force` a database that is there is set aside under another name, which is returned. What the backup still
    owed to people, and has meanwhile been said or missed, is not said again. `keys`: with which what an older version
    kept unsealed is sealed. Raises `NotDone`, and `Taken` while a
    bot runs on this database.
    """
    target = _ours(database)
    if not copy.is_file():
        raise NotDone(f"there is no file {copy}")
    if not check(copy, "the backup", thoroughly=True):
        raise NotDone(f"{copy} is empty; name a backup")
    with lease(target):
        if target.exists() and copy.samefile(target):
            raise NotDone(f"{copy} is the database itself; name a backup")
        if target.exists() and not force:
            raise NotDone(f"there already is a database at {target}; with --force it is set aside under another name")
        with _beside(target) as fresh:
            _copy(copy, fresh)
            _bring_up(fresh, now, keys)
            aside = _set_aside(target, now)
            _put(fresh, target)
    return aside


def check(file: Path, what: str = "the database", *, thoroughly: bool = False, wait: float = WAIT) -> str:
    """The version of a file's schema, if it is whole and this program can use it; else raises `NotDone`.

    '' for a database without a single table: a first start that was cut short leaves that behind. Nothing is written to
    the file. `thoroughly` compares indexes with their tables too, which takes longer; `wait`: seconds for a lock.
    """
    try:
        with closing(_open(file, "ro", wait)) as connection:
            connection.execute("PRAGMA cache_size=-65536")  # in KiB: the check reads every page
            answer = connection.execute(f"PRAGMA {'integrity' if thoroughly else 'quick'}_check(1)").fetchone()[0]
            (things,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except UNREADABLE as error:
        raise _trouble(error, what, file) from None
    if answer != "ok":
        raise NotDone(f"{what} {file} is damaged; nothing was written to it. {_newest_near(file)}")
    if things == 0:
        return ""
    schema = _schema(file)
    if schema is None:
        raise NotDone(NOT_OURS.format(file))
    if schema not in known_schemas():
        raise NotDone(
            f"{what} {file} was made by a newer version of this program; install that version (or a later one)"
        )
    return schema


def _trouble(error: Exception, what: str, file: Path) -> NotDone:
    """What SQLite's error means. Only what is damaged for certain may be called that: restoring loses promises."""
    garbled = isinstance(error, UnicodeDecodeError)
    match sqlite3.SQLITE_CORRUPT if garbled else getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT:
            return NotDone(f"{what} {file} is damaged; nothing was written to it. {_newest_near(file)}")
        case sqlite3.SQLITE_NOTADB:
            return NotDone(f"{NOT_OURS.format(file)} If it is, it is damaged. {_newest_near(file)}")
    return NotDone(f"{what} {file} cannot be read now ({error}); look at its owner and at what else is using it")


def _ours(database: Path | None) -> Path:
    if database is None:
        raise NotDone(SERVER)
    return database


def _open(file: Path, mode: Literal["ro", "rw"], wait: float = WAIT) -> sqlite3.Connection:
    """A connection that does not make a file where there is none, and that with "ro" does not change the one there."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode={mode}", uri=True, timeout=wait)


def _copy(source: Path, to: Path) -> None:
    """One picture of `source`, its log included, in the one file `to`, on disk when this returns."""
    with closing(_open(source, "rw")) as old, closing(_open(to, "rw")) as new:
        try:
            old.backup(new)  # in one step: nobody who writes meanwhile can make it begin again
            new.execute("PRAGMA journal_mode=DELETE")  # the copy is one file until somebody works with it
        except UNREADABLE as error:
            raise _trouble(error, "the database", source) from None


def _schema(file: Path) -> str | None:
    """The version of the schema in a file; None where it is no database of ours."""
    try:
        with closing(_open(file, "ro")) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except UNREADABLE:
        return None
    return str(row[0]) if row else None


def _bring_up(file: Path, now: datetime, keys: Keys | None) -> None:
    database = Database(f"sqlite:///{file}", keys)
    try:
        database.migrate()
        with database.writing() as session:
            after_restore(session, now, [kind.name for kind in posts_of(FEATURES).values() if kind.restored])
    finally:
        database.close()
    with closing(_open(file, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Give a database and its log another name; None where there was none."""
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%S}")
    moved = None
    for ending in reversed(WITH_IT):  # its log first: a log beside a database it is not of would spoil that
        old = target.with_name(target.name + ending)
        if old.exists():
            moved = old.replace(aside.with_name(aside.name + ending))
    return moved


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty file, mode 0600, in the folder of `target`, that is gone afterwards unless it was put there."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise NotDone(f"nothing can be written to {target.parent} ({error.strerror}); choose another folder") from None
    os.close(handle)
    file = Path(name)
    try:
        give(file, file.parent)
        yield file
    finally:
        for ending in WITH_IT:
            file.with_name(file.name + ending).unlink(missing_ok=True)


def _put(file: Path, target: Path) -> None:
    """Give a finished file its name, in one step that the disk keeps."""
    _to_disk(file)
    file.replace(target)
    _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _newest_near(file: Path) -> str:
    """Which backup to go back to: the newest in the folder `backups` beside a file."""
    found = [path for path in file.parent.glob("backups/*") if path.is_file() and path != file]
    newest = max(found, key=lambda path: path.stat().st_mtime, default=None)
    return f"Go back to a backup: xiaobandeng restore {newest or 'FILE'} --force"
