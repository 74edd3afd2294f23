"""Kills the bot at random moments of a busy evening: `python -m tests.telegram.kills [KILLS [SEED]]`."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from adapters.telegram import CAN
from tests.telegram.evening import Evening
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import World


async def evening(kills: int, seed: int, folder: Path) -> tuple[list[str], int, int, Evening]:
    """What was lost, how many messages stand there once too often, and who had to say it again, after so many kills."""
    world, again = World(), 0
    world.late = 600.0  # on a slow machine one press may meet several kills; what comes too late is tested elsewhere
    async with Server(world, latency=0.04) as server:
        village = Evening(folder, world, server, random.Random(seed))
        await village.post(soon=10 + 2 * kills)
        for _ in range(kills):
            going_on = asyncio.create_task(village.go_on(village.chance.uniform(0.3, 2.5)))
            await asyncio.sleep(village.chance.uniform(0.05, 2.0))
            await village.kill()
            await going_on
            await village.start()
        await village.go_on(max(1.0, village.due + 2 - asyncio.get_running_loop().time()))
        with suppress(TimeoutError):
            await until(lambda: not world.updates, 60)
            again = village.say_again()
            await until(lambda: not village.lost() and not village.unreminded(), 120)
        lost = village.lost() + village.unreminded()
        await village.end()
    return [*lost, *world.violations], village.repeats(), again, village


def main() -> int:
    kills, seed = (*map(int, sys.argv[1:]), *(50, 1)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        lost, repeats, again, village = asyncio.run(evening(kills, seed, Path(folder)))
    allowed = kills * CAN.in_flight
    sys.stdout.write("".join(f"{line}\n" for line in lost))
    sys.stdout.write(
        f"{kills} kills, {len(village.presses)} presses, {len(village.typed)} words: {len(lost)} lost, "
        f"{repeats} repeated (at most {allowed} allowed), {again} said it again, "
        f"{village.server.flood.refusals} x 429\n"
    )
    return 1 if lost or repeats > allowed else 0


if __name__ == "__main__":
    sys.exit(main())
