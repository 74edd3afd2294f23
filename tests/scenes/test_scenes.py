"""Every scene file of the project holds: those in this folder, and those of the features."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from adapters.scene import language
from bot.play import opening
from bot.player import Player
from core.described import Described
from core.short_lives import empty
from tests.databases import drop, on_server
from tests.leaks import leaked

ROOT = Path(__file__).parents[2]
SCENES = sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])
OPENED = opening()
BILINGUAL = frozenset({"danger-both"})
"""Here the bot says one thing in both languages at once."""


def played(path: Path, url: str, caplog: pytest.LogCaptureFixture, *beside: Described, neighbours: str = "") -> Player:
    """The scene, played on this database, holds and nothing went wrong behind it. `neighbours`: who else is named."""
    lines = list[str]()
    scene = language.read(path.read_text("utf-8"))
    player = Player(scene, url, lines.append, beside, opened=OPENED if url.startswith("sqlite") else None)
    asyncio.run(player.play())
    talk = "\n".join(lines)
    assert player.failures == [], talk
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == [], talk
    said = [each for each in player.network.screens.log if not each.who and each.kind in ("put", "changed", "toast")]
    if path.stem not in BILINGUAL:
        assert [
            each
            for one in said
            for words in (one.text, *one.labels)
            for each in leaked(words, f"{people_of(path)} {neighbours}")
        ] == []
    return player


def people_of(path: Path) -> str:
    """What people wrote, as far as it may be repeated; and this network's name."""
    return f"{path.read_text('utf-8')} scene"


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_scene(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    if url := on_server():
        played(path, url, caplog)
        drop(url)
        return
    file = tmp_path / "scene.db"
    file.write_bytes(empty())
    played(path, f"sqlite:///{file}", caplog)
