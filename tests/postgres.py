"""A PostgreSQL server that this run owns, or the one that DATABASE_URL names, and a fresh database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

HERE = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def as_postgres(*command: str) -> None:
    """Run a server's command; as root by way of the user postgres, since the server refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty server that this run owns, or of the one that DATABASE_URL names."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    pytest.importorskip("psycopg", reason="pip install psycopg[binary]")
    if not HERE:
        pytest.skip("apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    bin_, data = HERE[-1], folder / "data"
    as_postgres(str(bin_ / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    start = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=400"
    as_postgres(str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", start, "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        as_postgres(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture
def fresh(postgres: str, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes an empty database and returns its URL."""
    made = 0

    def make() -> str:
        nonlocal made
        made += 1
        name = f"test_{abs(hash(request.node.nodeid)):x}_{made}"
        engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"drop database if exists {name}"))
            connection.execute(text(f"create database {name}"))
        engine.dispose()
        return make_url(postgres).set(database=name).render_as_string(hide_password=False)

    return make
