"""Kills the bot at random moments of a busy evening: `python -m tests.telegram.kills [--heirs] [KILLS [SEED]]`.

`--heirs`: on a database server, where a second process stands by each time.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from argparse import ArgumentParser
from contextlib import nullcontext, suppress
from pathlib import Path

from adapters.telegram import CAN
from tests.postgres import server
from tests.telegram.evening import Evening
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import World


async def evening(kills: int, seed: int, folder: Path, url: str = "") -> tuple[list[str], int, int, Evening]:
    """What was lost, how many messages stand there once too often, and who had to say it again, after so many kills."""
    world, again = World(), 0
    world.late = 600.0  # on a slow machine one press may meet several kills; what comes too late is tested elsewhere
    async with Server(world, latency=0.04) as far:
        village = Evening(folder, world, far, random.Random(seed), url=url)
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
    parser = ArgumentParser(prog="python -m tests.telegram.kills")
    parser.add_argument("--heirs", action="store_true")
    parser.add_argument("kills", type=int, nargs="?", default=50)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    given = parser.parse_args()
    kills = given.kills
    with (
        tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder,
        server() if given.heirs else nullcontext("") as url,
    ):
        lost, repeats, again, village = asyncio.run(evening(kills, given.seed, Path(folder), url))
    allowed = kills * CAN.in_flight
    sys.stdout.write("".join(f"{line}\n" for line in lost))
    sys.stdout.write(
        f"{kills} kills, {len(village.presses)} presses, {len(village.typed)} words: {len(lost)} lost, "
        f"{repeats} repeated (at most {allowed} allowed), {again} said it again, "
        f"{village.server.flood.refusals} x 429\n"
    )
    if village.without:
        sys.stdout.write(f"nobody spoke for {max(village.without):.1f} s at most\n")
    return 1 if lost or repeats > allowed else 0


if __name__ == "__main__":
    sys.exit(main())
