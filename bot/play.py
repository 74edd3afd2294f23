"""Plays scene files one after another, and says what did not come out as written."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.scene import language
from adapters.scene.steps import (
    Wrong,
)
from bot.player import Player, Write
from core.db import Database
from core.feature import Feature
from core.features import FEATURES
from core.seals import Keys
from core.short_lives import Onward, empty

PLAYED, FAILED, NO_SCENE = 0, 1, 2


def play(paths: Sequence[Path], write: Write | None = None, features: Sequence[Feature] = FEATURES) -> int:
    """Play these files one after another. Returns 0 when all held, 1 when something did not, 2 when one is no scene.

    A file that is no scene is named with its line on standard error, and then nothing at all is played.
    """
    write = write or _stdout
    log = logging.getLogger("xiaobandeng")
    murmur = Murmur(write)
    log.addHandler(murmur)
    try:
        return _play(paths, write, features)
    finally:
        log.removeHandler(murmur)


def _play(paths: Sequence[Path], write: Write, features: Sequence[Feature]) -> int:
    scenes = []
    for path in paths:
        try:
            text = _text(path)
            scenes.append((path, language.read(text), text.split("\n")))
        except Wrong as error:
            sys.stderr.write(f"{path}:{error.line}: expected {error.expected}\n")
            return NO_SCENE
        except OSError as error:
            sys.stderr.write(f"{path}: {error.strerror}\n")
            return NO_SCENE
    passed, failures, opened = 0, [], opening()
    for path, scene, lines in scenes:
        if len(scenes) > 1:
            write(f"== {path}")
        with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
            Path(folder, "scene.db").write_bytes(empty())
            player = Player(scene, f"sqlite:///{folder}/scene.db", write, features=features, opened=opened)
            asyncio.run(player.play())
        passed += player.passed
        failures += [f"{path}:{line}: {lines[line - 1].strip()} -- {why}" for line, why in player.failures]
    for failure in failures:
        write(failure)
    write(f"{passed} passed, {len(failures)} failed")
    return FAILED if failures else PLAYED


def opening() -> Callable[[str], Database]:
    """What opens one scene's SQLite file after another, each after the one before was closed."""
    keys, onward = Keys({}).with_new(datetime(2026, 1, 1, tzinfo=UTC)), Onward()
    return lambda url: Database(url, keys, onward.to(url.removeprefix("sqlite:///")))


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Wrong(data.count(b"\n", 0, error.start) + 1, "text in UTF-8") from None


def _stdout(line: str) -> None:
    """Print a line in UTF-8, whatever the terminal's own encoding is."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(line + "\n")
        return
    sys.stdout.flush()
    raw.write((line + "\n").encode("utf-8", "backslashreplace"))
    raw.flush()


class Murmur(logging.Handler):
    """What the bot logs as an error while it plays: a line of the conversation, since nobody reads a log here."""

    def __init__(self, write: Write) -> None:
        super().__init__(logging.ERROR)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        why = "" if record.exc_info is None else f": {record.exc_info[1]!r}"
        self._write(f"!! {record.getMessage()}{why}")
