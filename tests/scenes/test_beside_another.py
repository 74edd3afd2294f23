"""Every scene is played with a second community in the same database, which none of them may notice: see
`tests.shadow`. Of those that stand in both languages, the Chinese: whose a row is does not depend on what it says.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import shadow
from tests.scenes.test_scenes import SCENES, played


@pytest.mark.parametrize("path", [each for each in SCENES if not each.stem.endswith("-english")], ids=lambda p: p.stem)
def test_a_scene_beside_another_community(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The bot serves the shadow too: what falls due there is said there, and nowhere else is a word of it."""
    file = tmp_path / "scene.db"
    file.write_bytes(shadow.begun())
    before = shadow.rows(file)
    with shadow.overheard() as blind:
        player = played(path, f"sqlite:///{file}", caplog, shadow.DESCRIBED, neighbours=" ".join(shadow.PEOPLE))
    ours = [moment for moment in player.network.screens.log if moment.chat.id not in shadow.chats()]
    assert [moment for moment in ours if shadow.SIGN in moment.text] == []
    after = shadow.rows(file)
    for table, rows in before.items():  # its series goes on: there are more activities, and no fewer
        assert after[table] == rows or (table in shadow.GROWING and set(rows) <= set(after[table])), table
    assert blind == set()
