"""Rows that are only looked at: tuples with the attributes of a table's rows, at a fraction of their weight.

A row that a session watches costs about six times what it takes to read it, and more whenever an attribute is looked
at. Whoever renders a thousand posts looks at many thousand rows and changes none. What SQLite keeps in another
form (moments, JSON, booleans) is taken in only when it is looked at: most of it never is.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Dialect, Table, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import Session, SQLModel

T = TypeVar("T", bound=SQLModel)


class Plain(Generic[T]):
    """Reads rows of `table` as they are in the session's transaction, its unwritten changes included.

    What comes back has the columns of a `T`, none of its methods, and cannot be assigned to: `T` is its shape only.
    """

    def __init__(self, table: type[T]) -> None:
        self._table = cast(Table, table.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
        self.columns = self._table.c
        self._raw = [type_coerce(column, NullType()).label(column.name) for column in self.columns]

    def where(self, *conditions: ColumnElement[bool], order: tuple[Any, ...] = ()) -> Any:
        """A statement for `all`. Made once, at the top of a module: making it takes longer than running it."""
        return select(*self._raw).where(*conditions).order_by(*order)

    def all(self, session: Session, statement: Any, **values: Any) -> list[T]:
        """The rows of a statement made by `where`, its parameters filled with `values`."""
        session.flush()
        connection = session.connection()
        make = shape(self._table, connection.dialect)._make
        return cast("list[T]", list(map(make, connection.execute(statement, values).all())))


@lru_cache(64)
def shape(table: Table, dialect: Dialect) -> Any:
    """A named tuple of what a driver returns, whose attributes read it as the columns' types say."""
    base: Any = namedtuple(table.name, table.columns.keys())  # type: ignore[misc]  # noqa: PYI024  # the table's names
    readers: dict[str, Any] = {"__slots__": ()}
    for n, column in enumerate(table.columns):
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if read is not None:
            readers[column.name] = property(reading(n, read))
    return type(table.name, (base,), readers)


def reading(n: int, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: read(row[n])
