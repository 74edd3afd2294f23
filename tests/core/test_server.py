"""A database server that ends connections: what ended unused is not lent, in use it is nobody's fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from core.db import Counter, Database, next_number, passing
from core.way import Rows
from tests.keys import KEYS

COUNTERS = Rows(Counter)


@pytest.fixture
def database(fresh: Callable[[], str]) -> Iterator[Database]:
    made = Database(fresh(), KEYS)
    made.migrate()
    yield made
    made.close()


def end_all(database: Database) -> None:
    """End each connection to this database, as a server that restarts does."""
    engine = create_engine(database.engine.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        ending = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{ending} AND pid <> pg_backend_pid()"))
    engine.dispose()


def counted(session: Session) -> dict[str, int]:
    return {row.name: row.value for row in COUNTERS.all(session)}


def test_a_connection_that_ended_while_nobody_used_it_is_not_lent_again(database: Database) -> None:
    end_all(database)
    with database.writing() as session:
        next_number(session, "taken")
    end_all(database)
    with database.reading() as session:
        assert counted(session)["taken"] == 1


def test_a_server_that_is_not_there_or_takes_nobody_more_passes_and_a_statement_too_large_for_it_does_not() -> None:
    errors = pytest.importorskip("psycopg").errors
    with pytest.raises(OperationalError, match="No such file") as nowhere:
        create_engine("postgresql+psycopg://x@/x?host=/nowhere").connect()
    assert passing(nowhere.value)
    for said, world in (
        (errors.OperationalError("FATAL: sorry, too many clients already"), True),
        (errors.CannotConnectNow("the database system is starting up"), True),
        (errors.StatementTooComplex("stack depth limit exceeded"), False),
    ):
        assert passing(OperationalError("SELECT 1", {}, said)) is world


def test_one_that_ends_in_use_is_raised_as_passing_and_nothing_of_it_is_kept(database: Database) -> None:
    def begun() -> None:
        with database.writing() as session:
            next_number(session, "taken")
            session.flush()
            end_all(database)
            counted(session)

    with pytest.raises(OperationalError) as caught:
        begun()
    assert passing(caught.value)
    with database.writing() as session:
        assert "taken" not in counted(session)
