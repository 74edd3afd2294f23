"""Three kills, as `python -m tests.matrix.kills 50` does fifty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.kills import suffer
from tests.matrix.synapse import Synapse


# A client whose server side was killed may leave a socket to the garbage collector: that is not what is tested.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_three_kills_lose_nothing_and_repeat_nothing(synapse: Synapse, tmp_path: Path):
    verdict = await suffer(synapse, tmp_path, 3, encrypted=False, seed=5)
    assert verdict.said
    assert (verdict.lost, verdict.repeated) == ([], [])
