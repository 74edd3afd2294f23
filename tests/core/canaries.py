"""Words that must stand nowhere in clear: looked for in the bytes of files, in every spelling we may have used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path


def spellings(word: str) -> Iterator[bytes]:
    """As text, and as JSON writes it."""
    yield word.encode()
    yield word.encode("utf-16-le")
    yield json.dumps(word)[1:-1].encode()


def in_clear(words: Iterable[str], files: Iterable[Path]) -> set[tuple[str, str]]:
    """Which of these words stand in which of these files; those that are not there hold none."""
    found = [file for file in files if file.exists()]
    return {
        (word, file.name) for file in found for word in words if any(s in file.read_bytes() for s in spellings(word))
    }


def database(file: Path) -> list[Path]:
    """The files of an SQLite database."""
    return [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm")]
