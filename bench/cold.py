"""A cold start beside its imports, by processor time: the page alone, from nothing to `ready`.

    python -m bench.cold [times]

Goal: 1.5 times. What comes to it is the database, what the settings say, and the tables of reading (`bot.app.warm_up`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

IMPORTS = "import bot.__main__, bot.app, bot.gone, bot.stop, adapters.web.network"
PAGE = '[web]\naddress = "127.0.0.1:0"\ndemo = true\n'


def used(process: subprocess.Popen[str]) -> float:
    """Processor seconds of a child, up to its end."""
    _, _, spent = os.wait4(process.pid, 0)
    process.returncode = 0
    return spent.ru_utime + spent.ru_stime


def imports() -> float:
    return used(subprocess.Popen([sys.executable, "-c", IMPORTS], text=True))


def start(folder: Path) -> float:
    command = [sys.executable, "-m", "bot", "run", "--no-browser", "--config", str(folder / "config.toml")]
    place = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        command, cwd=folder, env=place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        if child.stdout.readline() != "ready\n":
            raise SystemExit("it does not start")
        child.kill()
        return used(child)


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(PAGE, "utf-8")
        (folder / "config.toml").chmod(0o600)
        start(folder)  # the first makes the database
        found = [(imports(), start(folder)) for _ in range(times)]
    bare, whole = (min(each) for each in zip(*found, strict=True))
    print(f"to ready {whole:.2f} s of processor time, the imports {bare:.2f} s: {whole / bare:.2f} of them (goal: 1.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
