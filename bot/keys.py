"""The key with which what is confided is sealed: a file beside the settings, made at the first start."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from sqlmodel import select

from bot.config import Config
from bot.owner import give
from core.db import Database, SealedWith, known_schemas
from core.seals import Keys, NoKeyError, keep_keys, kept_keys
from core.shelf import Shelf


def keys(file: Path, now: datetime) -> Keys:
    """The keys in a file; where there is none it is made, with a key. Raises `NoKeyError` for one that is no use."""
    kept = readable(file)
    if kept.by_id:
        return kept
    made = kept.with_new(now)
    try:
        keep_keys(made)
        give(file, file.parent)
    except OSError as error:
        raise NoKeyError(f"the key cannot be kept in {file} ({error.strerror}); look at the folder's owner") from None
    return made


def readable(file: Path) -> Keys:
    """The keys in a file; none where there is no file. Raises `NoKeyError` if it is no use, or others may read it."""
    if os.name == "posix" and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise NoKeyError(f"others on this machine may read the key {file}; run: chmod 600 {file}")
    return kept_keys(file)


def missing(config: Config, kept: Keys) -> bool:
    """Whether something in the database was sealed with a key that is not among these."""
    database = Database(config.database.url)
    try:
        if database.schema() != known_schemas()[-1]:
            return False
        with database.reading() as session:
            return not {row.key for row in session.exec(select(SealedWith)).all()} <= kept.by_id.keys()
    finally:
        database.close()


def open_database(config: Config, now: datetime) -> Database:
    """The database that the settings name, with its keys. Raises `NoKeyError`."""
    database = Database(config.database.url, keys(config.database.key, now))
    if config.database.file is None:
        database.shelf = Shelf(config.database.key.with_name(f"{config.database.key.stem}.pictures"))
    return database
