"""Random histories, said and pressed, go as a model of two lists of names says: see `tests.faults.histories`."""

from __future__ import annotations

from pathlib import Path

from tests.faults.histories import play


async def test_a_few_histories_go_as_the_model_says(tmp_path: Path) -> None:
    assert await play(tmp_path, 3, 7) > 20


async def test_fifty_histories_go_as_the_model_says(tmp_path: Path) -> None:
    assert await play(tmp_path, 50, 11) > 400
