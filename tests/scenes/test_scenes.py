"""Every scene file of the project holds: those in this folder, and those of the features."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.play import play

ROOT = Path(__file__).parents[2]
SCENES = sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_scene(path: Path) -> None:
    lines: list[str] = []
    assert play([path], lines.append) == 0, "\n".join(lines)
    assert not [line for line in lines if line.startswith("!! ")], "\n".join(lines)
