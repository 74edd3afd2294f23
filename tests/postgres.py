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


class Owned:
    """A server that this run owns: it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
        self._data, self._log = folder / "data", folder / "log"
        self._options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        self._options += " -c fsync=off -c max_connections=400"
        as_postgres(str(HERE[-1] / "initdb"), "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                    "--no-sync")  # fmt: skip

    def start(self) -> None:
        self._ctl("-l", str(self._log), "-o", self._options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """`fast` takes back what is under way and ends in order; `immediate` leaves it to the next start to recover."""
        self._ctl("-m", mode, "stop")

    def _ctl(self, *command: str) -> None:
        as_postgres(str(HERE[-1] / "pg_ctl"), "-D", str(self._data), "-w", *command)


@contextmanager
def owned() -> Iterator[Owned]:
    """An empty server of this run's own, started."""
    pytest.importorskip("psycopg", reason="pip install psycopg[binary]")
    if not HERE:
        pytest.skip("apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Owned(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty server that this run owns, or of the one that DATABASE_URL names."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    with owned() as made:
        yield made.url


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
