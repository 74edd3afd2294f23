"""A new key: everything that is confided is sealed anew with it, in one transaction, while the bot does not run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select, update
from sqlmodel import Session, SQLModel, col, delete

import adapters.web.push_rows
import core.tables
from bot.backup import NotDone
from bot.config import Config
from bot.keys import keys
from core.confided import Confided
from core.db import Database, SealedWith, known_schemas
from core.seals import Keys, Sealed, SealedJson, keep_keys

assert core.tables  # noqa: S101 - every table is to be known before they are looked through
assert adapters.web.push_rows  # noqa: S101 - as above


def rotate(config: Config, now: datetime) -> tuple[str, int]:
    """Make a key, seal everything with it, and keep the keys of before for backups of before.

    Returns the id of the new key and how many values were sealed anew. Raises `NotDone`, `NoKeyError`.
    """
    file = config.database.file
    if file is not None and not file.exists():
        raise NotDone("there is no database yet; start the bot once: xiaobandeng run")
    fresh = keys(config.database.key, now).with_new(now)
    database = Database(config.database.url, fresh)
    try:
        if database.schema() != known_schemas()[-1]:
            raise NotDone("the database is of another version; start the bot once: xiaobandeng run")
        keep_keys(fresh)  # before anything is sealed with it
        with database.writing() as session:
            sealed = sum(seal_anew(session, table) for table in SQLModel.metadata.sorted_tables)
            write_down(session, fresh)
        return newest(fresh), sealed
    finally:
        database.close()


def newest(kept: Keys) -> str:
    return next(reversed(kept.by_id))


def seal_anew(session: Session, table: Table) -> int:
    """Seal every value of a table with the newest key. What cannot be opened any more stays as it is."""
    columns = [column for column in table.columns if isinstance(column.type, Sealed | SealedJson)]
    done = 0
    for column in columns:
        key = list(table.primary_key.columns)
        for *id, value in session.connection().execute(select(*key, column)).all():
            words = again(column, value)
            if words is None:
                continue
            where = [part == at for part, at in zip(key, id, strict=True)]
            session.connection().execute(update(table).where(*where).values({column.name: words}))
            done += 1
    return done


def again(column: Column[Any], value: Any) -> Any:
    """The same value without its seal; None where there is nothing to seal."""
    if isinstance(column.type, SealedJson):
        return value if value and not value.get("lost") and not value.keys() <= column.type.plain else None
    return Confided(value.privately()) if isinstance(value, Confided) and value and not value.lost else None


def write_down(session: Session, kept: Keys) -> None:
    """Nothing is sealed with the others any more; a key that is gone goes on being asked for."""
    session.connection().execute(delete(SealedWith).where(col(SealedWith.key).in_(kept.by_id)))
    session.add(SealedWith(key=newest(kept)))
