"""One scene of each feature, and of what all features share, played through Telegram.

All of them: `python -m tests.telegram.scenes`.
"""

from __future__ import annotations

import pytest

from tests.telegram.phones import play
from tests.telegram.scenes import ROOT

CHOSEN = (
    "core/features/patrol/scenes/patrol.scene",
    "core/features/visit/scenes/visit.scene",
    "core/features/balcony/scenes/balcony.scene",
    "core/features/potluck/scenes/potluck.scene",
    "tests/scenes/restart.scene",
    "tests/scenes/stranger.scene",
    "tests/scenes/waiting.scene",
)


@pytest.mark.parametrize("path", CHOSEN)
def test_the_scene_holds_on_telegram(path: str):
    failures = play(ROOT / path)
    assert failures == [], "\n".join(failures or ())
