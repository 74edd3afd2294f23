"""Many rows at once: read as tuples that are only looked at, written without making an object of each.

A row that a session watches costs about six times what it takes to read it, and more whenever an attribute is looked
at. Whoever renders a thousand posts looks at many thousand rows and changes none. What SQLite keeps in another
form (moments, JSON) is taken in only when it is looked at: most of it never is.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import BigInteger, Boolean, ColumnElement, Dialect, String, Table, bindparam, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine
from sqlmodel import Session, SQLModel

from core.way import Statement

T = TypeVar("T", bound=SQLModel)


class Plain(Generic[T]):
    """Reads rows of `table` as they are in the session's transaction, its unwritten changes included.

    What comes back has the columns of a `T` (but those it is made `without`), none of its methods, and cannot be
    assigned to: `T` is its shape only.
    """

    def __init__(self, table: type[T], without: Collection[str] = ()) -> None:
        self._table = cast(Table, table.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
        self.columns = self._table.c
        self._names = tuple(column.name for column in self.columns if column.name not in without)
        self._raw = [type_coerce(self.columns[name], NullType()).label(name) for name in self._names]

    def where(self, *conditions: ColumnElement[bool], order: tuple[Any, ...] = ()) -> Any:
        """A statement for `all`. Made once, at the top of a module: making it takes longer than running it."""
        return select(*self._raw).where(*conditions).order_by(*order)

    def all(self, session: Session, statement: Any, **values: Any) -> list[T]:
        """The rows of a statement made by `where`, its parameters filled with `values`."""
        make = shape(self._table, self._names, session.connection().dialect)._make
        return cast("list[T]", list(map(make, prepared(statement).rows(session, values))))


prepared = lru_cache(None)(Statement)
"""A statement that stands at the top of a module, as the driver takes it."""


@lru_cache(64)
def shape(table: Table, names: tuple[str, ...], dialect: Dialect) -> Any:
    """A named tuple of what a driver returns, whose attributes read it as the columns' types say."""
    base: Any = namedtuple(table.name, names)  # type: ignore[misc]  # noqa: PYI024  # the table's names
    readers: dict[str, Any] = {"__slots__": ()}
    for n, column in enumerate(table.columns[name] for name in names):
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if read is not None and not isinstance(column.type, Boolean):  # 0 and 1 are as good as False and True
            readers[column.name] = property(reading(n, read))
    return type(table.name, (base,), readers)


def reading(n: int, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: read(row[n])


# ------------------------------------------------------------ one of many


class Several(TypeDecorator[Collection[Any]]):
    """Many values as one parameter: JSON on SQLite, an array elsewhere."""

    impl = String
    cache_ok = True

    def __init__(self, item: type[TypeEngine[Any]] = BigInteger) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class among(FunctionElement[Any]):  # noqa: N801 - written like SQLAlchemy's own functions
    """`column IN (...)` with all the values in one parameter: five hundred of them cost more than reading the rows."""

    type: TypeEngine[Any] = NullType()  # as a Boolean it would be compared with 1 on SQLite, and no index used
    inherit_cache = True

    def __init__(self, column: Any, name: str, item: Any = BigInteger) -> None:
        super().__init__(column, bindparam(name, type_=Several(item)))


@compiles(among)
def _any_of_array(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **options)} = ANY ({compiler.process(values, **options)})"


@compiles(among, "sqlite")
def _any_of_json(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    values = f"SELECT value FROM json_each({compiler.process(values, **options)})"  # noqa: S608 - a bound parameter  # nosec B608
    return f"{compiler.process(column, **options)} IN ({values})"


# ------------------------------------------------------------ many rows written


class Many:
    """An INSERT or UPDATE that is run once for each of many rows, with little between them and the driver."""

    def __init__(self, statement: Any, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._made: dict[str, Prepared] = {}

    def run(self, session: Session, rows: Sequence[tuple[Any, ...]], **same: Any) -> None:
        """`rows` give the parameters that were named, in that order and as the driver takes them; `same` all others."""
        if not rows:
            return
        connection = session.connection()
        if connection.dialect.paramstyle != "qmark":
            connection.execute(self._statement, [dict(zip(self._names, row, strict=True)) | same for row in rows])
            return
        made = self._prepared(connection.dialect)
        shared = [write(same.get(name, value)) for name, value, write in made.shared]
        connection.exec_driver_sql(made.sql, [made.values((*row, *shared)) for row in rows])

    def _prepared(self, dialect: Dialect) -> Prepared:
        if dialect.name not in self._made:
            compiled = self._statement.compile(dialect=dialect)
            shared = []
            for name, bound in compiled.binds.items():
                if name not in self._names:
                    write = bound.type.dialect_impl(dialect).bind_processor(dialect)
                    shared.append((name, bound.value, write or as_it_is))
            order = (*self._names, *(name for name, _, _ in shared))
            places = itemgetter(*(order.index(name) for name in compiled.positiontup))
            self._made[dialect.name] = Prepared(str(compiled), places, tuple(shared))
        return self._made[dialect.name]


def as_it_is(value: Any) -> Any:
    return value


class Prepared(NamedTuple):
    """A statement as a driver takes it."""

    sql: str
    values: Callable[[tuple[Any, ...]], tuple[Any, ...]]  # of one row and what is shared, in the driver's order
    shared: tuple[tuple[str, Any, Callable[[Any], Any]], ...]  # name, value in the statement itself, how it is written
