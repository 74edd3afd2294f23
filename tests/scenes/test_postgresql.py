"""Nothing in the core assumes SQLite: the same scenes play on PostgreSQL, which needs only a URL."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from adapters.scene import language
from bot.play import Player

ROOT = Path(__file__).parents[2]
SCENES = (
    ROOT / "tests/scenes/waiting-leaves.scene",
    ROOT / "tests/scenes/undo.scene",
    ROOT / "tests/scenes/reminders-moved.scene",
    ROOT / "core/features/potluck/scenes/potluck.scene",
    ROOT / "core/features/visit/scenes/visit.scene",
)
HERE = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def as_postgres(*command: str) -> None:
    """Run a server's command; as root by way of the user postgres, since the server refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="module")
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
    start = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    as_postgres(str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", start, "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        as_postgres(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("file", SCENES, ids=lambda file: file.stem)
def test_a_scene_plays_on_postgresql_as_it_does_on_sqlite(server: str, file: Path) -> None:
    name = f"scene_{file.stem.replace('-', '_')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"drop database if exists {name}"))
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    scene = language.read(file.read_text(encoding="utf-8"))
    player = Player(scene, make_url(server).set(database=name).render_as_string(hide_password=False), lambda _: None)
    asyncio.run(player.play())
    assert player.failures == []
    assert player.passed > 0
