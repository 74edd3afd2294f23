"""Every scene file of the project holds: those in this folder, and those of the features.

All are played with a second community in the same database, which none of them may notice: see `tests.shadow`.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from adapters.scene import language
from bot.play import Player
from tests import shadow

ROOT = Path(__file__).parents[2]
SCENES = sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_scene(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file, lines = tmp_path / "scene.db", list[str]()
    file.write_bytes(shadow.begun())
    before = shadow.rows(file)
    player = Player(language.read(path.read_text("utf-8")), f"sqlite:///{file}", lines.append)
    with shadow.overheard() as blind:
        asyncio.run(player.play())
    talk = "\n".join(lines)
    assert player.failures == [], talk
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == [], talk
    assert [moment for moment in player.network.screens.log if shadow.SIGN in moment.text] == [], talk
    assert shadow.chats().isdisjoint(call.chat.id for call in player.network.calls)
    assert shadow.rows(file) == before
    assert blind == set()
