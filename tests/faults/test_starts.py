"""A start that cannot be: an empty file, a file of letters, a full disk. A sentence each, and nothing begun anew."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.lease import lease
from tests.bot.commands import called


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text('[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n')
    file = tmp_path / "xiaobandeng.db"
    with lease(file) as held:
        held.serves()
    return file


@contextmanager
def full() -> Iterator[None]:
    """As if there were no room on any disk for a file that is longer than this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # else what is first loaded here is kept cut off
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes
        signal.signal(signal.SIGXFSZ, heard)


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (b"", "is not there, though the bot has lived in it"),
        ("亲爱的邻居们，今晚巡逻。".encode() * 400, "is not a database of this program"),
        (b"SQLite format 3\x00" + b"\xff" * 9000, "damaged"),
    ],
    ids=["empty", "letters", "nonsense"],
)
def test_what_is_no_database_is_named_and_left_alone(database: Path, contents: bytes, said: str) -> None:
    database.write_bytes(contents)
    result = called(database.parent, "run")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert database.read_bytes() == contents


def test_a_disk_that_is_full_at_the_start_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[community]\nlang = "en"\n[web]\naddress = "127.0.0.1:0"\n')
    with full():
        result = called(tmp_path, "run")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert "Is the disk full?" in result.stderr
