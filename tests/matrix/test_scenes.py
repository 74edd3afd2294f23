"""Scenes of every feature, played through a real server: talk goes in as events, and screens are what clients find.

Others by hand: `python -m tests.matrix.scenes FILE...`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.scene import language
from tests.matrix.player import play
from tests.matrix.scenes import CHOSEN
from tests.matrix.synapse import Synapse


@pytest.mark.parametrize("file", CHOSEN, ids=lambda file: file.stem)
async def test_a_scene_comes_out_as_written(file: Path, synapse: Synapse, tmp_path: Path):
    spoken: list[str] = []
    scene = language.read(file.read_text("utf-8"))
    player = await play(scene, synapse, tmp_path, spoken.append)
    assert player.failures == [], "\n".join(spoken)
    assert player.passed
