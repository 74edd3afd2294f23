"""Every scene file of the project holds: those in this folder, and those of the features.

All are played with a second community in the same database, which none of them may notice: see `tests.shadow`.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from adapters.scene import language
from bot.play import opening
from bot.player import Player
from tests import shadow

ROOT = Path(__file__).parents[2]
SCENES = sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])
OPENED = opening()


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_scene(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The bot serves the shadow too: what falls due there is said there, and nowhere else is a word of it."""
    file, lines = tmp_path / "scene.db", list[str]()
    file.write_bytes(shadow.begun())
    before = shadow.rows(file)
    scene = language.read(path.read_text("utf-8"))
    player = Player(scene, f"sqlite:///{file}", lines.append, (shadow.DESCRIBED,), opened=OPENED)
    with shadow.overheard() as blind:
        asyncio.run(player.play())
    talk = "\n".join(lines)
    assert player.failures == [], talk
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == [], talk
    ours = [moment for moment in player.network.screens.log if moment.chat.id not in shadow.chats()]
    assert [moment for moment in ours if shadow.SIGN in moment.text] == [], talk
    after = shadow.rows(file)
    for table, rows in before.items():  # its series goes on: there are more activities, and no fewer
        assert after[table] == rows or (table in shadow.GROWING and set(rows) <= set(after[table])), table
    assert blind == set()
