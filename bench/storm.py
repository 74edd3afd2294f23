"""One person storms: what others wait for an answer then, beside what they wait when it is quiet.

    python -m bench.storm [seconds]

Ten claims a second of other people through the whole inbox, alone and while one person sends as fast as they are
answered, four at once. Goal: others wait no longer than twice as long as when it is quiet. The two are measured in
turns, so that a machine that is busy elsewhere slows both.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.claims import GROUP, event, village
from bench.village import Still
from bot.app import App
from core.messages import Event, Person, Pressed, Said

RATE = 10
AT_ONCE = 4
ROUNDS = 4
STORMER = Person("nowhere", "stormer", "风大")
LONG = "王阿姨说周五晚上7点东门集合，3号楼的陈伯也来，一共4人，记得带手电，" * 150
WHAT: dict[str, Callable[[int], Event]] = {
    "名单 again and again": lambda n: Said(f"s{n}", GROUP, STORMER, "名单 1", f"sm{n}"),
    "chains and long talk": lambda n: Said(f"s{n}", GROUP, STORMER, f"{n} {LONG}"[:5_900], f"sm{n}"),
    "short words, each another": lambda n: Said(f"s{n}", GROUP, STORMER, f"报名 {n}", f"sm{n}"),
    "presses": lambda n: Pressed(f"s{n}", GROUP, STORMER, f"sm{n}", action="1.join"),
}


async def others(here: App, first: int, seconds: float) -> list[float]:
    """How long each of these people waits for their answer."""
    network, times = here.networks["nowhere"], list[float]()

    async def one(n: int) -> None:
        begun = time.perf_counter()
        await here.receive(network, event(n))
        times.append(time.perf_counter() - begun)

    begun, tasks = time.perf_counter(), list[asyncio.Task[None]]()
    for n in range(int(seconds * RATE)):
        await asyncio.sleep(max(0.0, begun + n / RATE - time.perf_counter()))
        tasks.append(asyncio.create_task(one(first + n)))
    await asyncio.gather(*tasks)
    return times


async def storm(here: App, made: Callable[[int], Event], first: int, over: asyncio.Event) -> int:
    """One person, `AT_ONCE` of whose events are always under way."""
    network, count = here.networks["nowhere"], 0

    async def one() -> None:
        nonlocal count
        while not over.is_set():
            count += 1
            await here.receive(network, made(first + count))
            await asyncio.sleep(0.002)  # what the network needs to bring the next

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return count


async def run(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        here = await village(Path(name))
        clock = here.clock
        assert isinstance(clock, Still)
        await others(here, 0, 2)
        at, sent = int(2 * RATE), 0
        for what, made in WHAT.items():
            quiet, stormy = list[float](), list[float]()
            for _ in range(ROUNDS):
                quiet += await others(here, at, seconds / ROUNDS)
                at += int(seconds / ROUNDS * RATE)
                over = asyncio.Event()
                task = asyncio.create_task(storm(here, made, sent, over))
                stormy += await others(here, at, seconds / ROUNDS)
                at += int(seconds / ROUNDS * RATE)
                over.set()
                sent += await task
            before, after = (statistics.median(times) for times in (quiet, stormy))
            worst = max(stormy) / max(quiet)
            print(
                f"{what:<26} quiet {before * 1000:5.1f} ms, in the storm {after * 1000:5.1f} ms: "
                f"ratio {after / before:.2f} (goal <= 2), of the longest {worst:.2f}"
            )
        await here.close()


def main() -> None:
    asyncio.run(run(float(sys.argv[1]) if len(sys.argv) > 1 else 12.0))


if __name__ == "__main__":
    main()
