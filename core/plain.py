"""Many rows at once: read as tuples that are only looked at, written without making an object of each.

A row that a session watches costs about six times what it takes to read it, and more whenever an attribute is looked
at. Whoever renders a thousand posts looks at many thousand rows and changes none. What SQLite keeps in another
form (moments, JSON, booleans) is taken in only when it is looked at: most of it never is.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import BigInteger, ColumnElement, Dialect, String, Table, bindparam, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine
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
        result = connection.execute(statement, values)
        rows = [] if result.cursor is None else list(map(make, result.cursor.fetchall()))
        result.close()
        return cast("list[T]", rows)


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
    values = f"SELECT value FROM json_each({compiler.process(values, **options)})"  # noqa: S608 - a bound parameter
    return f"{compiler.process(column, **options)} IN ({values})"


# ------------------------------------------------------------ many rows written


class Many:
    """An INSERT or UPDATE that is run once for each of many rows, with little between them and the driver."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._made: dict[str, Prepared] = {}

    def run(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """`rows` give the statement's parameters by name. They are used up."""
        if not rows:
            return
        connection = session.connection()
        if connection.dialect.paramstyle != "qmark":
            connection.execute(self._statement, rows)
            return
        made = self._prepared(connection.dialect)
        for row in rows:
            row.update(made.constants)
        for name, write in made.writers.items():
            known: dict[Any, Any] = {}
            for row in rows:
                value = row[name]
                if value not in known:
                    known[value] = write(value)
                row[name] = known[value]
        connection.exec_driver_sql(made.sql, list(map(made.values, rows)))

    def _prepared(self, dialect: Dialect) -> Prepared:
        if dialect.name not in self._made:
            compiled = self._statement.compile(dialect=dialect)
            constants, writers = {}, {}
            for name, bound in compiled.binds.items():
                write = bound.type.dialect_impl(dialect).bind_processor(dialect)
                if not bound.required:
                    constants[name] = write(bound.value) if write else bound.value
                elif write is not None:
                    writers[name] = write
            self._made[dialect.name] = Prepared(str(compiled), itemgetter(*compiled.positiontup), constants, writers)
        return self._made[dialect.name]


class Prepared(NamedTuple):
    """A statement as a driver takes it."""

    sql: str
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]  # of one row, in the driver's order
    constants: dict[str, Any]
    writers: dict[str, Callable[[Any], Any]]  # for the parameters that a driver does not take as they are
