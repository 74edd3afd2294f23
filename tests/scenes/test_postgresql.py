"""Nothing in the core assumes SQLite: the same scenes play on PostgreSQL, which needs only a URL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.scene import language
from bot.player import Player

ROOT = Path(__file__).parents[2]
SCENES = (
    ROOT / "tests/scenes/waiting-leaves.scene",
    ROOT / "tests/scenes/undo.scene",
    ROOT / "tests/scenes/reminders-moved.scene",
    ROOT / "core/features/potluck/scenes/potluck.scene",
    ROOT / "core/features/visit/scenes/visit.scene",
    ROOT / "core/features/matters/scenes/two-months.scene",
    ROOT / "core/features/matters/scenes/same.scene",
    ROOT / "core/features/matters/scenes/green.scene",
)


@pytest.mark.parametrize("file", SCENES, ids=lambda file: file.stem)
def test_a_scene_plays_on_postgresql_as_it_does_on_sqlite(fresh: Callable[[], str], file: Path) -> None:
    scene = language.read(file.read_text(encoding="utf-8"))
    player = Player(scene, fresh(), lambda _: None)
    asyncio.run(player.play())
    assert player.failures == []
    assert player.passed > 0
