"""Nothing is lost when the bot is killed or Telegram is in trouble.

Longer: `python -m tests.telegram.kills 50`, with `--heirs` on a database server, `python -m tests.telegram.storm 1500`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.telegram import CAN
from tests.telegram.kills import evening
from tests.telegram.storm import storm


async def test_three_kills_on_a_busy_evening_lose_nothing(tmp_path: Path):
    lost, repeats, _, village = await evening(3, 1, tmp_path)
    assert lost == []
    assert repeats <= 3 * CAN.in_flight
    assert village.kills == 3


async def test_where_another_stands_by_two_kills_lose_nothing_and_it_speaks_within_seconds(
    tmp_path: Path, fresh: Callable[[], str]
):
    lost, repeats, _, village = await evening(2, 1, tmp_path, fresh())
    assert lost == []
    assert repeats <= 2 * CAN.in_flight
    assert len(village.without) == 2


async def test_a_storm_loses_nothing_and_repeats_only_what_was_cut_after_its_effect(tmp_path: Path):
    came = await storm(16, 1, f"sqlite:///{tmp_path}/storm.db", 120)
    assert came.missing == []
    assert came.violations == []
    assert came.repeats <= came.cuts
    assert came.knocks == 0
