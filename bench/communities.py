"""A thousand communities in one process, beside one: memory, start, and a claim's time, as ratios.

    python -m bench.communities [communities]

Each has a group and a coordinator; claims are made in the group of the last one. A process of its own for each count.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.village import Nowhere, Still
from bot.app import App, keep_what_is_loaded
from core.claims import Claim
from core.db import Database
from core.described import Described
from core.messages import Chat, Person, Said
from tests.keys import KEYS
from tests.street import PATROL

CLAIMS = 300
YANG = Person("nowhere", "yang", "杨老师")


def described(n: int) -> Described:
    """The n-th community. Nobody is in two of them but who coordinates the last."""
    coordinators = [f"nowhere:{YANG.id}"] if n == 0 else [f"nowhere:yang{n}"]
    return Described(named=f"c{n}", name=f"小区{n}", coordinators=coordinators, groups=[f"nowhere:group{n}"])


async def measure(folder: Path, count: int) -> dict[str, float]:
    """Seconds to start on a database in which all communities are, a claim's median, megabytes at most."""
    known = [described(n) for n in reversed(range(count))]  # that in which claims are made comes last
    for _ in range(2):  # the second start is the one of every day
        app = App(Database(f"sqlite:///{folder}/communities.db", KEYS), [Nowhere()], Still(), *known)
        begun = time.perf_counter()
        await app.prepare()
        start = time.perf_counter() - begun
        if _ == 0:
            await app.close()
    keep_what_is_loaded()
    network, here, private = (
        app.networks["nowhere"],
        Chat("nowhere", "group0", name="群"),
        Chat("nowhere", "@yang", True),
    )
    for n, words in enumerate((PATROL.replace("2人", "9人"), "发布")):
        await app.receive(network, Said(f"p{n}", private, YANG, words, f"p{n}"))
        await app.deliver()
    took = []
    for n in range(CLAIMS):
        said = Said(f"e{n}", here, Person("nowhere", f"w{n}", f"邻居{n}"), "报名", f"m{n}")
        begun = time.perf_counter()
        await app.receive(network, said)
        took.append(time.perf_counter() - begun)
    with app.database.reading() as session:
        claims = session.query(Claim).count()
    if claims != CLAIMS:
        raise SystemExit(f"{claims} claims were made of {CLAIMS}")
    await app.close()
    return {"start": start, "claim": statistics.median(took), "memory": peak()}


def peak() -> float:
    """Megabytes. What getrusage says is the parent's peak, where that was more."""
    said = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in said if line.startswith("VmHWM")).split()[1]) / 1024


def apart(count: int) -> dict[str, float]:
    """The same in a process of its own: memory is never given back."""
    command = [sys.executable, "-m", "bench.communities", "--one", str(count)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def main(count: int) -> None:
    one, many = apart(1), apart(count)
    for what, unit, factor in (("memory", "MB", 1), ("start", "ms", 1000), ("claim", "ms", 1000)):
        ratio = many[what] / one[what]
        beside = f"{many[what] * factor:.1f} beside {one[what] * factor:.1f} {unit}"
        print(f"{what}: {count} communities {ratio:.2f} of one ({beside})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps(asyncio.run(measure(Path(place), int(sys.argv[2])))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
