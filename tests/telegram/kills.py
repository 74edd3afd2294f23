"""Kills the bot at random moments of a busy evening: `python -m tests.telegram.kills [KILLS [SEED]]`."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from adapters.telegram import CAN
from tests.telegram.evening import Evening
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import World


async def evening(kills: int, seed: int, folder: Path) -> tuple[list[str], int, Evening]:
    """What was lost, and how many messages stand there once too often, after so many kills."""
    world = World()
    async with Server(world, latency=0.04) as server:
        village = Evening(folder, world, server, random.Random(seed))  # noqa: S311
        await village.post()
        for _ in range(kills):
            going_on = asyncio.create_task(village.go_on(village.chance.uniform(0.3, 2.5)))
            await asyncio.sleep(village.chance.uniform(0.05, 2.0))
            await village.kill()
            await going_on
            await village.start()
        await village.go_on(1.0)
        try:
            await until(lambda: not village.lost() and not village.unreminded(), 120)
        except TimeoutError:
            pass
        lost = village.lost() + [f"{name} was not reminded" for name in village.unreminded()]
        await village.end()
    return [*lost, *world.violations], village.repeats(), village


def main() -> int:
    kills, seed = (
        (int(given) for given in [*sys.argv[1:], "50", "1"][:2]) if len(sys.argv) < 3 else map(int, sys.argv[1:3])
    )
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        lost, repeats, village = asyncio.run(evening(kills, seed, Path(folder)))
    for line in lost:
        print(line)
    print(
        f"{kills} kills, {len(village.presses)} presses, {len(village.typed)} words: {len(lost)} lost, "
        f"{repeats} repeated (at most {kills * CAN.in_flight} allowed), {village.server.flood.refusals} x 429"
    )
    return 1 if lost or repeats > kills * CAN.in_flight else 0


if __name__ == "__main__":
    sys.exit(main())
