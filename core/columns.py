"""Column types that every table shares: aware moments in UTC, and JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON as SQL_JSON
from sqlalchemy import BigInteger, DateTime, Dialect, false, types
from sqlalchemy import text as sql
from sqlmodel import Field

from core.confided import Confided
from core.seals import Sealed, SealedJson


class Moment(types.TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. A naive one is an error here, not an hour off next week."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """SQLite keeps a moment as text; read as UTC in one step, and once for the many that begin together."""
        if dialect.name == "sqlite":
            return lambda value: None if value is None else utc(value)
        return lambda value: None if value is None else value.astimezone(UTC)


@lru_cache(4096)
def utc(text: str) -> datetime:
    """A moment as SQLite keeps it."""
    return datetime.fromisoformat(f"{text}+00:00")


def key() -> Any:
    """A column of a primary key; the value is made by `core.ids.new_id` or is another row's."""
    return Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def ref(default: int | None = None) -> Any:
    """A column with another row's id. 0 stands for nobody where it is part of a unique key."""
    return Field(default=default, sa_type=BigInteger)


def added(default: str | int | bool, of: type[Any] | None = None) -> Any:
    """A column that came later than its table: rows from before have the default too, because the database knows it."""
    known = false() if default is False else sql(repr(default))
    more: dict[str, Any] = {"sa_type": of} if of is not None else {}
    return Field(default=default, sa_column_kwargs={"server_default": known}, **more)


def moment(default: datetime | None = None) -> Any:
    return Field(default=default, sa_type=Moment)


def confided(column: str, *, later: bool = False) -> Any:
    """A column of what somebody confided, sealed; `column` is its table and name, which a seal is bound to.

    `later`: it came later than its table.
    """
    known = {"server_default": sql("''")} if later else {}
    return Field(default_factory=Confided, sa_type=Sealed(column), sa_column_kwargs=known)


def body(column: str, plain: frozenset[str]) -> Any:
    """A column of JSON objects, sealed as soon as one says more than these names: see `core.seals.SealedJson`."""
    return Field(default={}, sa_type=SealedJson(column, plain))


def json(empty: type[dict[str, Any] | list[Any]] = dict) -> Any:
    """A column of JSON, empty by default: a value that pydantic copies, for a factory is inspected anew at each use."""
    return Field(default=empty(), sa_type=SQL_JSON)
