"""The way of an event: statements made once that go straight to the driver, and objects filled from what it returns.

Asked for in the usual way, a row costs SQLAlchemy thirty times what the driver takes for it, and an event asks for a
dozen. So whatever lies on the way of every event is asked for here, in a statement made at the top of a module. What
comes back is watched by the session like any other row: it is changed by assigning to it, and written with the rest.
A new row is written at once, and is watched from then on.

What the driver raises is raised as SQLAlchemy raises it, and who listens to statements hears these too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import Connection, Dialect, Table, bindparam, event, insert, literal, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.orm.base import manager_of_class
from sqlalchemy.types import NullType
from sqlmodel import Session, SQLModel

T = TypeVar("T", bound=SQLModel)
Row = tuple[Any, ...]
CURSOR = "way"
"""Under what name a connection keeps the cursor on which the statements of this module are run, one after another."""


class Statement:
    """A statement that is made once, its values given by name each time."""

    def __init__(self, statement: Any, otherwise: Any = None) -> None:
        """`otherwise`: how it is written for a server, where it differs."""
        self._statement = statement
        self._otherwise = statement if otherwise is None else otherwise
        self._made: Prepared | None = None

    def rows(self, session: Session, values: Mapping[str, Any]) -> Sequence[Row]:
        """The rows as the driver returns them. What is not written yet is written first, where the session does so."""
        if session.autoflush:
            session.flush()
        connection = session.connection()
        made = self._prepared(connection.dialect)
        bound = made.bind(values)
        if heard(connection):
            return fetched(connection.exec_driver_sql(made.sql, bound))
        return cast("Sequence[Row]", driven(connection, made.sql, bound).fetchall())

    def run(self, session: Session, values: Mapping[str, Any]) -> int:
        """Run what changes rows; how many it was."""
        connection = session.connection()
        made = self._prepared(connection.dialect)
        bound = made.bind(values)
        if heard(connection):
            return connection.exec_driver_sql(made.sql, bound).rowcount
        return int(driven(connection, made.sql, bound).rowcount)

    def _prepared(self, dialect: Dialect) -> Prepared:
        """As the driver takes it; made anew only for another database, which has other keys."""
        if self._made is not None and self._made.dialect is dialect:
            return self._made
        said = self._statement if dialect.name == "sqlite" else self._otherwise
        compiled: Any = said.compile(dialect=dialect)
        if compiled.post_compile_params:
            raise TypeError("how many values there are is not known beforehand: say it with `among`, or with `one_of`")
        binds = compiled.binds
        writing = {name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in binds.items()}
        usual = {name: bound.value for name, bound in binds.items() if not bound.required}
        steps = tuple((name, writing[name]) for name in compiled.positiontup or binds)
        self._made = Prepared(dialect, str(compiled), steps, usual, by_name=compiled.positiontup is None)
        return self._made


class Prepared(NamedTuple):
    """A statement as the driver takes it."""

    dialect: Dialect
    sql: str
    steps: tuple[tuple[str, Callable[[Any], Any] | None], ...]  # names in their order, and how each is written
    usual: dict[str, Any]  # the values that are always the same
    by_name: bool  # whether the driver takes values by name

    def bind(self, values: Mapping[str, Any]) -> Row | dict[str, Any]:
        said = {**self.usual, **values} if self.usual else values
        if self.by_name:
            return {name: said[name] if write is None else write(said[name]) for name, write in self.steps}
        return tuple([said[name] if write is None else write(said[name]) for name, write in self.steps])


def one_of(column: Any, values: Iterable[Any]) -> Any:
    """`column IN (...)` of values that are always the same."""
    return column.in_([literal(value) for value in values])


def heard(connection: Connection) -> bool:
    """Whether somebody listens to statements: then SQLAlchemy runs them."""
    return bool(connection.dispatch.before_cursor_execute or connection.dispatch.after_cursor_execute)


def driven(connection: Connection, sql: str, bound: Row | dict[str, Any]) -> Any:
    """A cursor of the driver's on which this was run."""
    lent = connection.connection
    cursor = lent.info.get(CURSOR)
    if cursor is None:  # for a server's driver, making one costs as much as using it
        cursor = lent.info[CURSOR] = lent.dbapi_connection.cursor()  # type: ignore[union-attr]  # it is lent to us
    try:
        cursor.execute(sql, bound)
    except Exception as error:
        raise raised(connection, sql, bound, error) from error
    return cursor


def raised(connection: Connection, sql: str, bound: Row | dict[str, Any], error: Exception) -> BaseException:
    """What the driver raised as SQLAlchemy raises it. A connection that ended with it is not lent again."""
    dialect = connection.dialect
    known = cast(Any, dialect.dbapi).Error
    ended = isinstance(error, known) and dialect.is_disconnect(cast(Any, error), connection.connection, None)
    if ended:
        connection.invalidate(error)
    hides = connection.engine.hide_parameters
    return DBAPIError.instance(sql, bound, error, known, hides, connection_invalidated=ended, dialect=dialect)


def fetched(result: Any) -> Sequence[Row]:
    """All rows of a result as the driver returns them."""
    rows = [] if result.cursor is None else result.cursor.fetchall()
    result.close()
    return cast("Sequence[Row]", rows)


# ------------------------------------------------------------ rows, watched


class Watched(Generic[T]):
    """How rows of one table become objects that a session watches."""

    def __init__(self, table: type[T]) -> None:
        self.table = table
        self.made_of = cast(Table, table.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
        self.names = tuple(column.name for column in self.made_of.columns)
        self.raw = [type_coerce(column, NullType()).label(f"{self.made_of.name}_{column.name}")
                    for column in self.made_of.columns]  # fmt: skip
        self._places = tuple(n for n, column in enumerate(self.made_of.columns) if column.primary_key)
        self.key = cast("Callable[[Row], Row]", itemgetter(*self._places))
        if len(self._places) == 1:
            only = self._places[0]
            self.key = lambda row: (row[only],)
        self._new = manager_of_class(table).new_instance

    def there(self, session: Session, key: Row) -> T | None:
        """The object that the session watches already, if it does."""
        return cast("T | None", session.identity_map.get((self.table, key, None)))

    def of(self, session: Session, row: Row) -> T:
        """The object of a row as the driver returns it: the one that is watched already, as it is, or a new one."""
        return self.there(session, self.key(row)) or self.watch(
            session, self.key(row), readable(self.made_of, session.connection().dialect, row)
        )

    def all(self, session: Session, rows: Iterable[Row]) -> list[T]:
        """The same for many."""
        dialect = session.connection().dialect
        found = []
        for row in rows:
            key = self.key(row)
            found.append(self.there(session, key) or self.watch(session, key, readable(self.made_of, dialect, row)))
        return found

    def watch(self, session: Session, key: Row, values: dict[str, Any]) -> T:
        """A new object for a row that is in the database with these values. The session holds it until its end: what
        nobody else holds would be forgotten, and asked for again.
        """
        made = self._new()
        state: Any = instance_state(made)
        state.dict.update(values)
        state.key, state.session_id = (self.table, key, None), session.hash_key
        session.identity_map.add(state)
        session.info.setdefault("held", []).append(made)
        return made


def readable(table: Table, dialect: Dialect, row: Row) -> dict[str, Any]:
    """A row by name, as its columns' types say."""
    names, readers = reading(table, dialect)
    values = dict(zip(names, row, strict=True))
    for name, read in readers:
        values[name] = read(values[name])
    return values


@lru_cache(256)
def reading(table: Table, dialect: Dialect) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """The names of a table's columns, and how those are read that a driver returns in another form."""
    readers = (
        (column.name, column.type.dialect_impl(dialect).result_processor(dialect, None)) for column in table.columns
    )
    return tuple(c.name for c in table.columns), tuple((name, read) for name, read in readers if read is not None)


class Rows(Generic[T]):
    """A statement that finds rows of one table. Made once, at the top of a module."""

    def __init__(self, table: type[T], *conditions: Any, order: Sequence[Any] = (), lock: bool = False) -> None:
        self._watched = Watched(table)
        statement = select(*self._watched.raw).where(*conditions).order_by(*order)
        self._statement = Statement(statement.with_for_update() if lock else statement)

    def all(self, session: Session, **values: Any) -> list[T]:
        return self._watched.all(session, self._statement.rows(session, values))

    def first(self, session: Session, **values: Any) -> T | None:
        rows = self._statement.rows(session, values)
        return self._watched.of(session, rows[0]) if rows else None


class ByKey(Generic[T]):
    """Finds a row by its key, the columns of it in their order: without asking, where it is watched already."""

    def __init__(self, table: type[T]) -> None:
        self._watched = Watched(table)
        keys = list(self._watched.made_of.primary_key.columns)
        self._names = tuple(column.name for column in keys)
        self._statement = Statement(
            select(*self._watched.raw).where(*(column == bindparam(column.name) for column in keys))
        )

    def get(self, session: Session, *key: Any) -> T | None:
        there = self._watched.there(session, key)
        if there is not None:
            return Session.get(session, self._watched.table, key) if instance_state(there).expired else there
        if session.autoflush and any(isinstance(each, self._watched.table) for each in session.new):
            session.flush()  # it may be one that is not written yet
        with session.no_autoflush:
            rows = self._statement.rows(session, dict(zip(self._names, key, strict=True)))
        return self._watched.of(session, rows[0]) if rows else None


class Asking(Session):
    """A session on one connection, which finds rows by their keys on the same way."""

    def begin_nested(self) -> SessionTransaction:
        """A savepoint from here on. SQLAlchemy makes it only when it has something to write itself, and what was
        written on the way before that would stay where all of it is to be taken back.
        """
        nested = super().begin_nested()
        super().connection()
        self.info.setdefault("savepoints", {})[nested] = len(self.info.setdefault("written", []))
        return nested

    def connection(self, *args: Any, **options: Any) -> Connection:  # as SQLAlchemy's, which looks for it each time
        if args or options or not isinstance(self.bind, Connection):
            return super().connection(*args, **options)
        return self.bind

    def get(self, entity: Any, ident: Any, *args: Any, **options: Any) -> Any:  # as SQLAlchemy's
        if args or options:
            return super().get(entity, ident, *args, **options)
        return by_key(entity).get(self, *(ident if isinstance(ident, tuple) else (ident,)))

    def get_one(self, entity: Any, ident: Any, *args: Any, **options: Any) -> Any:  # as SQLAlchemy's
        there = None if args or options else self.get(entity, ident)
        return super().get_one(entity, ident, *args, **options) if there is None else there


@event.listens_for(Asking, "after_soft_rollback")
def taken_back(session: Asking, savepoint: SessionTransaction) -> None:
    """What was written on the way within a savepoint went with it: a new row is none, a changed one is read again."""
    written = session.info.get("written", [])
    since = session.info.get("savepoints", {}).pop(savepoint, len(written))
    for row, new in written[since:]:
        if row in session:
            (session.expunge if new else session.expire)(row)
    del written[since:]


@lru_cache(None)
def by_key(table: type[T]) -> ByKey[T]:
    return ByKey(table)


class Beside:
    """A statement that finds rows of several tables side by side: for each the object, None where there is none."""

    def __init__(self, tables: Sequence[type[SQLModel]], join: Callable[[Any], Any], also: Sequence[Any] = ()) -> None:
        """`join`: makes the whole statement of one that selects the columns of all. `also`: what else is asked."""
        self._watched = [Watched(table) for table in tables]
        self._ends, at = [], 0
        for each in self._watched:
            self._ends.append((at, at + len(each.names)))
            at += len(each.names)
        asked = (type_coerce(each, NullType()) for each in also)
        self._statement = Statement(join(select(*(column for each in self._watched for column in each.raw), *asked)))

    def all(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """For each row its objects, and behind them what else was asked."""
        return [
            (
                *(
                    None if row[begin] is None else each.of(session, row[begin:end])
                    for each, (begin, end) in zip(self._watched, self._ends, strict=True)
                ),
                *row[self._ends[-1][1] :],
            )
            for row in self._statement.rows(session, values)
        ]

    def first(self, session: Session, **values: Any) -> tuple[Any, ...] | None:
        found = self.all(session, **values)
        return found[0] if found else None


# ------------------------------------------------------------ rows written


class New(Generic[T]):
    """Writes one new row of a table at once; what is not said is as by default."""

    def __init__(self, table: type[T]) -> None:
        self._watched = Watched(table)
        made_of, names = self._watched.made_of, self._watched.names
        every = {name: bindparam(name, type_=made_of.c[name].type) for name in names}
        fields = {name: field for name, field in table.model_fields.items() if not field.is_required()}
        usual = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
        self._usual = {name: value for name, value in usual.items() if value.__hash__ is not None}
        self._empty = {name: type(value) for name, value in usual.items() if name not in self._usual}
        self._insert = Statement(insert(made_of).values(every))
        self._unless = Statement(
            sqlite.insert(made_of).values(every).on_conflict_do_nothing(),
            postgresql.insert(made_of).values(every).on_conflict_do_nothing(),
        )

    def line(self, session: Session, **values: Any) -> None:
        """A row that nobody looks at in this transaction."""
        self._insert.run(session, self._whole(values))

    def row(self, session: Session, **values: Any) -> T:
        """A row that is watched from here on."""
        whole = self._whole(values)
        session.flush()  # what it points to may not be written yet
        self._insert.run(session, whole)
        return self._watch(session, whole)

    def unless_there(self, session: Session, **values: Any) -> T | None:
        """The same; None where a row with the same key, or the same of what is unique, is there: nothing is written."""
        whole = self._whole(values)
        session.flush()
        return self._watch(session, whole) if self._unless.run(session, whole) == 1 else None

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        whole = {**self._usual, **values}
        for name, empty in self._empty.items():
            if name not in whole:
                whole[name] = empty()
        return {name: whole[name] for name in self._watched.names}

    def _watch(self, session: Session, whole: dict[str, Any]) -> T:
        row = self._watched.watch(session, self._watched.key(tuple(whole.values())), whole)
        session.info.setdefault("written", []).append((row, True))
        return row


class Rewrite(Generic[T]):
    """Writes some columns of rows at once, as they are to be."""

    def __init__(self, table: type[T], *names: str) -> None:
        self._names = names
        made_of = Watched(table).made_of
        self._keys = [column.name for column in made_of.primary_key.columns]
        which = (made_of.c[name] == bindparam(f"of_{name}", type_=made_of.c[name].type) for name in self._keys)
        what = {name: bindparam(f"to_{name}", type_=made_of.c[name].type) for name in names}
        self._statement = Statement(update(made_of).where(*which).values(what))

    def write(self, session: Session, row: T, *values: Any) -> None:
        """Give the columns these values, in the row and in the database; what else is to be written of it stays."""
        if not instance_state(row).persistent:  # not there yet: it is written whole
            for name, value in zip(self._names, values, strict=True):
                setattr(row, name, value)
            return
        said = {f"to_{name}": value for name, value in zip(self._names, values, strict=True)}
        said |= {f"of_{name}": getattr(row, name) for name in self._keys}
        self._statement.run(session, said)
        for name, value in zip(self._names, values, strict=True):
            set_committed_value(row, name, value)
        session.info.setdefault("written", []).append((row, False))
