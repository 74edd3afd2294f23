"""How long a claim in one group takes to appear in the other: Telegram's stand-in here, a real Synapse there.

    python -m bench.two_networks [COUNT]

One clock for both sides, from the press to the moment the other roster shows it.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.matrix.neighbours import Neighbours, neighbours
from tests.matrix.synapse import Synapse

LOOK = 0.005


async def on_telegram(here: Neighbours, text: str) -> None:
    while True:
        letter = here.telegram_roster()
        if letter is not None and text in letter.text.plain:
            return
        await asyncio.sleep(LOOK)


async def on_matrix(here: Neighbours, text: str) -> None:
    while True:
        message = await here.matrix_roster()
        if message is not None and text in message.text:
            return
        await asyncio.sleep(LOOK)


async def measure(synapse: Synapse, folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Seconds from Telegram to Matrix, and from Matrix to Telegram."""
    there: list[float] = []
    back: list[float] = []
    async with neighbours(synapse, folder) as here:
        await here.post(2 * count)
        people = [await here.newcomer(f"邻居{number}") for number in range(count)]
        for number, (on_phone, in_room) in enumerate(people):
            began = time.perf_counter()
            here.press_on_telegram(on_phone)
            await on_matrix(here, f"{2 * number + 1}/{2 * count}")
            there.append(time.perf_counter() - began)
            began = time.perf_counter()
            await here.press_on_matrix(in_room)
            await on_telegram(here, f"{2 * number + 2}/{2 * count}")
            back.append(time.perf_counter() - began)
    return there, back


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 20
    synapse = Synapse()
    synapse.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            results = asyncio.run(measure(synapse, Path(folder), count))
    finally:
        synapse.close()
    for name, seconds in zip(("Telegram -> Matrix", "Matrix -> Telegram"), results, strict=True):
        worst = max(seconds)
        print(f"{name}: median {statistics.median(seconds) * 1000:.0f} ms, worst {worst * 1000:.0f} ms of {count}")


if __name__ == "__main__":
    main()
