"""A cold start beside its imports: processor time from nothing to `ready`, and what it holds once it waits.

    python -m bench.cold [times] [--all]

The page alone; with `--all` Telegram (the tests' stand-in) and Matrix (a Synapse of this run's own) too, until all of
them were heard and nothing more is done. Goals: 1.5 times the time of the imports, 1.3 times their memory. What comes
to them is the database, what the settings say, and the tables of reading (`bot.app.warm_up`).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.matrix.synapse import serving
from tests.telegram.server import Server
from tests.telegram.world import World

PAGE = '[web]\naddress = "127.0.0.1:0"\ndemo = true\n'
IMPORTS = "import bot.__main__, bot.app, bot.gone, bot.stop, adapters.web.network"
ALL = f"{IMPORTS}, adapters.telegram.network, adapters.matrix.network"
TAKEN = (
    "; import time; held = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS'))"
    "; print(held, time.process_time())"
)
TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 3.0
"""So many seconds without work, and it is taken to wait."""


class Taken(NamedTuple):
    """Seconds of processor time, and megabytes that are held."""

    ready: float
    settled: float
    holds: float


def spent(pid: int) -> float:
    """Processor seconds of a process that goes on, as the kernel says (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def holds(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def imports(what: str) -> Taken:
    """Up to the last of them: how long it takes to end is nobody's business."""
    said = subprocess.run([sys.executable, "-c", what + TAKEN], stdout=subprocess.PIPE, text=True, check=True).stdout
    held, seconds = said.split()
    return Taken(float(seconds), float(seconds), int(held) / 1024)


def start(folder: Path) -> Taken:
    command = [sys.executable, "-m", "bot", "run", "--no-browser", "--config", str(folder / "config.toml")]
    place = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        command, cwd=folder, env=place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        if child.stdout.readline() != "ready\n":
            raise SystemExit("it does not start")
        ready = before = spent(child.pid)
        while True:
            time.sleep(QUIET)
            if (now := spent(child.pid)) - before <= 2 / TICKS:
                break
            before = now
        found = Taken(ready, now, holds(child.pid))
        child.kill()
        return found


def measured(folder: Path, what: str, times: int) -> list[tuple[Taken, Taken]]:
    """The imports and a start, in turns. The first start makes the database, and does not count."""
    (folder / "config.toml").chmod(0o600)
    start(folder)
    return [(imports(what), start(folder)) for _ in range(times)]


def said(found: list[tuple[Taken, Taken]]) -> None:
    bare, whole = (Taken(*map(min, zip(*each, strict=True))) for each in zip(*found, strict=True))
    for name, goal in (("ready", 1.5), ("settled", 1.5), ("holds", 1.3)):
        one, other = getattr(bare, name), getattr(whole, name)
        unit = "MB" if name == "holds" else "s of processor time"
        print(f"{name}: {other:.2f} {unit}, the imports {one:.2f}: {other / one:.2f} of them (goal: {goal})")


async def everywhere(folder: Path, times: int) -> list[tuple[Taken, Taken]]:
    world = World()
    with serving() as synapse:
        bot = synapse.register("bot")
        async with Server(world) as telegram:
            (folder / "config.toml").write_text(
                f'{PAGE}[telegram]\ntoken = "{world.token}"\nbase_url = "{telegram.url}"\n'
                f'[matrix]\nhomeserver = "{synapse.url}"\nuser = "{bot}"\n',
                "utf-8",
            )
            (folder / "config.toml").chmod(0o600)
            login = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "login", "matrix", "--config", str(folder / "config.toml")),
                env=os.environ | {"XIAOBANDENG_MATRIX__PASSWORD": "password"},
                stdout=subprocess.DEVNULL,
            )
            if await login.wait():
                raise SystemExit("the bot could not log in on Matrix")
            found = await asyncio.to_thread(measured, folder, ALL, times)
            if sum(method == "getUpdates" for method, _ in telegram.calls) <= times:
                raise SystemExit("it never listened on Telegram")
            return found


def main(words: list[str]) -> None:
    times = next((int(word) for word in words if word.isdecimal()), 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "--all" in words:
            found = asyncio.run(everywhere(folder, times))
        else:
            (folder / "config.toml").write_text(PAGE, "utf-8")
            found = measured(folder, IMPORTS, times)
    said(found)


if __name__ == "__main__":
    main(sys.argv[1:])
