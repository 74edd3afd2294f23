"""Reminders: a burst due in one second, and a restart with many pending, against a bare program as durable.

    python -m bench.reminders            the goals: 1,000, 10,000 and 100,000 at once; a restart with 100,000 pending
    python -m bench.reminders 1000       one burst only

Goals (ratios travel, seconds do not): a burst at >= 0.25x the bare program, none lost, the event loop never held for
more than 50 ms; after a restart 10 of 10 overdue, the first within 1.5x of the bare restart.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from bench import bare
from bench.village import NOW, Nowhere, Still, build
from bot.app import keep_what_is_loaded
from bot.courier import Courier
from core.heres import Heres

FAR = NOW.replace(year=NOW.year + 1)


async def watch(gaps: list[float]) -> None:
    """How long the event loop was held, sampled every two milliseconds."""
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.002)
        now = time.perf_counter()
        gaps.append(now - last - 0.002)
        last = now


async def ours(count: int, folder: Path) -> tuple[float, int, float, float]:
    """Seconds, sent, the longest hold of the loop and the 99th percentile of lateness, in seconds."""
    database, home = build(folder, count, count, NOW)
    network = Nowhere()
    network.clock = time.perf_counter
    courier = Courier(database, Heres([home]), {"nowhere": network}, Still())
    gaps: list[float] = []
    keep_what_is_loaded()
    watcher = asyncio.create_task(watch(gaps))
    await asyncio.sleep(0.05)
    gaps.clear()
    begun = time.perf_counter()
    await courier.deliver()
    took = time.perf_counter() - begun
    watcher.cancel()
    with suppress(asyncio.CancelledError):
        await watcher
    database.close()
    late = sorted(moment - begun for moment in network.moments)
    return took, network.sent, max(gaps, default=0.0), late[int(len(late) * 0.99) - 1]


async def floor(count: int, folder: Path) -> tuple[float, int]:
    connection = bare.load_reminders(folder / "bare.db", count, count)

    async def send(chat: str, text: str, key: str) -> str:
        return key

    begun = time.perf_counter()
    sent = await bare.remind(connection, send)
    took = time.perf_counter() - begun
    connection.close()
    return took, sent


def burst(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        took, sent, hold, late = asyncio.run(ours(count, Path(name)))
        base, _ = asyncio.run(floor(count, Path(name)))
    print(
        f"burst {count:>7}: {count / took:>8.0f}/s  bare {count / base:>8.0f}/s  "
        f"ratio {base / took:.3f} (goal >= 0.25)  "
        f"lost {count - sent}  late p99 {late:.2f} s  loop held {hold * 1000:.0f} ms (goal <= 50)"
    )


RESTART = """
import asyncio, resource, sys
from pathlib import Path
from bench.village import NOW, Nowhere, Still
from bot.app import App
from core.db import Database
from tests.keys import KEYS
async def main():
    network = Nowhere()
    village = App(Database("sqlite:///" + sys.argv[1], KEYS), [network], Still())
    await village.prepare()
    await village.deliver()
    print(network.sent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
    await village.close()
asyncio.run(main())
"""
BARE_RESTART = """
import asyncio, resource, sys
from pathlib import Path
from bench import bare
async def send(chat, text, key): return key
print(asyncio.run(bare.remind(bare.connect(Path(sys.argv[1])), send)), 0)
"""


def restart(pending: int, overdue: int = 10) -> None:
    """A new process, from exec to the last overdue reminder."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        for file, count in (("many.db", pending), ("few.db", overdue)):
            database, _ = build(folder, 1000, count, NOW, overdue=overdue, later=FAR)
            database.close()
            (folder / "village.db").rename(folder / file)
        bare.load_reminders(folder / "bare.db", pending, overdue).close()
        times = []
        for program, file in ((RESTART, "many.db"), (BARE_RESTART, "bare.db"), (RESTART, "few.db")):
            begun = time.perf_counter()
            command = [sys.executable, "-c", program, str(folder / file)]
            out = subprocess.run(command, capture_output=True, text=True, check=True)
            times.append((time.perf_counter() - begun, *map(int, out.stdout.split())))
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "import sqlmodel, telegram.ext, nio, aiohttp.web, alembic.command"], check=True
        )
        cold = time.perf_counter() - begun
    (took, sent, memory), (base, _, _), (_, _, less) = times
    print(
        f"restart, {pending} pending: {sent} of {overdue} overdue within {took:.2f} s; bare {base:.2f} s, and "
        f"importing the libraries {cold:.2f} s: ratio {took / (base + cold):.2f} (goal <= 1.5); "
        f"{memory - less} MB more than with {overdue} pending (goal <= 10)"
    )


def main() -> None:
    if len(sys.argv) > 1:
        burst(int(sys.argv[1]))
        return
    for count in (1_000, 10_000, 100_000):
        burst(count)
    restart(100_000)


if __name__ == "__main__":
    main()
