"""Telegram and Matrix serve one community: one roster, and never more people on it than there are places."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.matrix.neighbours import Neighbours, neighbours
from tests.matrix.person import until
from tests.matrix.synapse import Synapse


async def both(here: Neighbours, *wanted: str) -> tuple[str, str]:
    """Wait until both rosters contain all of this."""

    def agree(seen: tuple[str, str]) -> bool:
        return all(text in roster for roster in seen for text in wanted)

    rosters: tuple[str, str] = await until(here.rosters, agree)
    return rosters


async def test_a_claim_in_one_group_appears_in_the_other(synapse: Synapse, tmp_path: Path):
    async with neighbours(synapse, tmp_path) as here:
        await here.post(3)
        await both(here, "0/3")
        await here.press_on_matrix(here.li)
        await both(here, "1/3", "李阿姨")
        here.press_on_telegram(here.chen)
        telegram, matrix = await both(here, "2/3", "李阿姨", "陈伯")
        assert "🙋 我来" in matrix  # where there are no buttons the signs are explained
        assert "🙋 我来" not in telegram


async def test_the_last_place_is_given_once_when_both_press_at_once(synapse: Synapse, tmp_path: Path):
    async with neighbours(synapse, tmp_path) as here:
        await here.post(1)
        pressing = asyncio.create_task(here.press_on_matrix(here.li))
        here.press_on_telegram(here.chen)
        await pressing
        telegram, _ = await both(here, "1/1", "李阿姨", "陈伯", "候补")
        taken, waiting = telegram.split("候补")
        assert ("李阿姨" in taken) != ("陈伯" in taken)
        assert ("李阿姨" in waiting) != ("陈伯" in waiting)
