"""The database: one engine, one writer at a time, short transactions, and no waiting for a disk on the event loop."""

from __future__ import annotations

import asyncio
import json
import re
import select as waiting
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlmodel import Field, Session, SQLModel, create_engine, select

from core.ids import work_as
from core.seals import Keys
from core.shelf import Shelf
from core.way import Asking, Statement

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
SAYS = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)
CHANNEL = "xiaobandeng"
"""Where a database server tells the other processes that one has committed something."""
TELL = Statement(text(f"SELECT pg_notify('{CHANNEL}', :worker)"))
ALONE = text("SELECT pg_advisory_xact_lock(:key)")
STARTING = 0x786261  # a number that nothing else locks
BUSY_MS = 5_000
"""How long SQLite waits for another process's lock before it gives up with "database is locked", in milliseconds."""


@cache
def known_schemas() -> tuple[str, ...]:
    """The versions of the schema that this program can bring up to date, oldest first; it works with the last.

    Each migration says which it is built on. Asking alembic would take longer than opening the database.
    """
    said = (dict(SAYS.findall(file.read_text("utf-8"))) for file in (MIGRATIONS / "versions").glob("*.py"))
    next_of = {each["down_revision"]: each["revision"] for each in said}
    known, at = [], ""
    while at in next_of:
        at = next_of[at]
        known.append(at)
    return tuple(known)


class Counter(SQLModel, table=True):
    """Numbers that are given out one after another, each once."""

    name: str = Field(primary_key=True)
    value: int = 0


class SealedWith(SQLModel, table=True):
    """The id of a key with which something here was sealed; the key itself is never here."""

    __tablename__ = "sealed_with"

    key: str = Field(primary_key=True)


class TakenAwayError(OSError):
    """The file is not where it was, or another lies in its place: what were written now would be lost at the end."""


class Database:
    """An open database, migrated to the newest schema.

    On SQLite every writing transaction begins with BEGIN IMMEDIATE (a default one overbooks under two writers), in WAL
    mode with synchronous=FULL: what is answered has reached the disk. One thread writes; another reads.
    """

    def __init__(self, url: str, keys: Keys | None = None, engine: Engine | None = None) -> None:
        """`keys`: those with which what is confided is sealed; without them it can neither be written nor read.

        `engine`: one that was opened for this database, else it is opened here; closed with it in any case.
        """
        self.url = url
        self.engine = engine or open_engine(url)
        self.keys = keys or Keys({})
        self.engine.dialect.confided_keys = self.keys  # type: ignore[attr-defined]  # read by `core.seals`
        self.worker = 0  # this process's number, from `migrate` on
        file = make_url(url).database if self.sqlite else None
        self.file = Path(file) if file else None  # where it lies; None for a database server, or one in memory
        self._lies = (0, 0)  # the file that was opened: its device and its number there; nothing before `migrate`
        self.shelf = Shelf(Path(f"{file}.pictures") if file else None)
        self.missing_keys: list[str] = []  # ids of keys that something was sealed with, and that are not there
        self.seconds: Callable[[], float] = lambda: 0.0  # by which it is known how long the writer waits
        self._waits_since: float | None = None  # since when it waits for its turn
        self._writer = ThreadPoolExecutor(1, "db-writer")
        self._reader = ThreadPoolExecutor(1, "db-reader")

    @property
    def sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Bring the schema to the newest version, and take this process's number for the ids that it makes.

        Raises alembic's CommandError for a schema newer than this program.
        """
        if self.schema() != known_schemas()[-1]:  # seldom: loading alembic takes longer than opening the database
            with self._alone():
                if self.schema() != known_schemas()[-1]:  # else another process has done it meanwhile
                    self._upgrade()
        with self.writing() as session:
            self.worker = next_number(session, "worker")
            work_as(self.worker)
            self.missing_keys = self._missing_keys(session)
        self._lies = self._at()

    def _at(self) -> tuple[int, int]:
        try:
            found = self.file.stat() if self.file is not None else None
        except OSError:
            return (-1, -1)
        return (found.st_dev, found.st_ino) if found is not None else (0, 0)

    def there(self) -> bool:
        """Whether the file that was opened still lies where it lay. Whoever tidies up may have taken it away, and what
        is written into a file without a name is gone with the process.
        """
        return self._lies == (0, 0) or self._at() == self._lies

    def _insist(self) -> None:
        if not self.there():
            raise TakenAwayError(f"{self.file} is gone, or another")

    def _missing_keys(self, session: Session) -> list[str]:
        """The keys that are not there any more. The one that seals from now on is written down."""
        used = {row.key for row in session.exec(select(SealedWith)).all()}
        for newest in list(self.keys.by_id)[-1:]:
            if newest not in used:
                session.add(SealedWith(key=newest))
        return sorted(used - self.keys.by_id.keys())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process of a database server does the same. On SQLite the lease has seen to that."""
        if self.sqlite:
            yield
            return
        with self.engine.connect() as connection:
            connection.execute(ALONE, {"key": STARTING})
            yield  # the lock ends with the transaction

    def one_starts(self, session: Session) -> None:
        """Whoever starts at the same moment waits until this transaction is over."""
        if not self.sqlite:
            session.connection().execute(ALONE, {"key": STARTING})

    def _upgrade(self) -> None:
        from alembic import command
        from alembic.config import Config

        with self.engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        if self.sqlite:
            with (
                self.engine.connect() as connection
            ):  # what was in clear before must not stay in the log beside the file
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def optimize(self) -> None:
        """Let SQLite count again what it has, where that changed much: by that it chooses how to look for things."""
        if self.sqlite:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(text("PRAGMA analysis_limit=400"))  # rows of an index: a guess, and a quick one
                connection.execute(text("PRAGMA optimize=0x10002"))

    def schema(self) -> str:
        """The version that the tables have now; '' where there are none yet."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may change rows: committed at the end, rolled back if anything is raised.

        Raises `TakenAwayError` where the file is not there any more.
        """
        with self.engine.connect().execution_options(writes=True) as connection, self._turn(connection):
            self._insist()
            session = Asking(connection, expire_on_commit=False)
            try:
                yield session
                session.flush()
                self._insist()
                if not self.sqlite:
                    TELL.run(session, {"worker": str(self.worker)})  # told when it is committed
            finally:
                session.close()

    @contextmanager
    def _turn(self, connection: Connection) -> Iterator[None]:
        """A transaction, as soon as no other program writes."""
        self._waits_since = self.seconds()
        try:
            transaction = connection.begin()
        finally:
            self._waits_since = None
        with transaction:
            yield

    def held_up(self) -> float:
        """For how many seconds another program has kept this one from writing; 0 while it does not."""
        since = self._waits_since
        return 0.0 if since is None else self.seconds() - since

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent picture of the rows. Changes made in it are not kept."""
        with self.engine.connect() as connection:
            session = Asking(connection, expire_on_commit=False, autoflush=False)
            try:
                yield session
            finally:
                session.close()

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one writing transaction on the writer thread; return after the commit."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._in, self.writing, work)

    async def on_writer(self, work: Callable[[], T]) -> T:
        """Run `work` on the writer thread, in its turn; it opens its own transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on the reading thread."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._in, self.reading, work)

    @staticmethod
    def _in(opening: Callable[[], Any], work: Callable[[Session], T]) -> T:
        with opening() as session:
            return work(session)

    def close(self) -> None:
        """Finish what is being written, then let go of the file."""
        self._writer.shutdown()
        self._reader.shutdown()
        self.engine.dispose()


def next_number(session: Session, name: str) -> int:
    """The next number of a counter, from 1 on. Whoever asks at the same time waits and is given another."""
    row = session.get(Counter, name, with_for_update=True)
    if row is None:
        session.connection().execute(FIRST[session.connection().dialect.name], {"name": name, "value": 0})
        row = session.get_one(Counter, name, with_for_update=True)
    row.value += 1
    session.add(row)
    return row.value


FIRST = {
    "sqlite": sqlite.insert(Counter).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Counter).on_conflict_do_nothing(),
}


def passing(error: DBAPIError) -> bool:
    """Whether it was the world and not the statement: a lock, a full disk, a server that went away.

    SQLite reports both kinds as an OperationalError; a statement that can never succeed must not be tried for ever. A
    server's driver reports only the world so, in words that are like SQLite's ("failed: No such file or directory",
    "too many clients already"), and a statement that is too large for any server.
    """
    if error.connection_invalidated:
        return True
    if not isinstance(error.orig, sqlite3.Error):
        return not (getattr(error.orig, "sqlstate", None) or "").startswith(TOO_LARGE)
    said = str(error.orig).lower()
    return not any(word in said for word in ("no such", "syntax error", "has no column", "too many"))


TOO_LARGE = "54"
"""How PostgreSQL's codes begin for a statement that goes beyond a limit of the server's."""


def locked(error: DBAPIError) -> bool:
    """Whether another program writes, and has done so for longer than one waits."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def from_json(text: str) -> Any:
    """A JSON column's value. Most are empty, and there are several in each row."""
    return {} if text == "{}" else [] if text == "[]" else json.loads(text)


def server_engine(url: str) -> Engine:
    """An engine for a database server. A connection that ended while nobody used it is not lent to anybody."""
    engine = create_engine(url, hide_parameters=True)  # an error must not carry names to a log

    @event.listens_for(engine, "checkout")
    def lent(connection: Any, _record: Any, _for: Any) -> None:
        if ended(connection):
            raise DisconnectionError

    return engine


def ended(connection: Any) -> bool:
    """Whether a server's connection is over that nobody used for a while.

    The server says nothing unasked but that it ends it, so that there is something to read. Asking it, as SQLAlchemy
    would, is a way there and back for every transaction.
    """
    if connection.closed:
        return True
    said = waiting.poll()
    said.register(connection.fileno(), waiting.POLLIN)
    return bool(said.poll(0))


def open_engine(url: str, **more: Any) -> Engine:
    """An engine whose SQLite connections are durable and whose transactions begin as they should."""
    if make_url(url).get_backend_name() != "sqlite":
        return server_engine(url)
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        hide_parameters=True,
        json_deserializer=from_json,
        **more,
    )

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own: see `begin`
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA secure_delete=ON")  # what is deleted about a person must not stay in free pages
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
