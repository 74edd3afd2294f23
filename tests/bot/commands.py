"""The command line, typed as somebody types it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.__main__ import app
from tests.bot.logged import put_back

ROOT = Path(__file__).parents[2]
TOKEN = "123456:AAHcanary_canary_canary_canary_canary"
QUIET = {name: text for name, text in os.environ.items() if not name.startswith("XIAOBANDENG_")} | {
    "PYTHONPATH": str(ROOT),
    "PYTHONIOENCODING": "utf-8",
    "NO_COLOR": "1",
    "COLUMNS": "200",
}


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, words)]


def typed(folder: Path, *words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, to its end."""
    return subprocess.run(
        command(*words), cwd=folder, env=QUIET | environ, capture_output=True, text=True, timeout=120, check=False
    )


def called(folder: Path, *words: str | Path, **environ: str) -> Result:
    """The same within this process, which takes a tenth of the time: for a command that does not go on and on."""
    with chdir(folder), put_back():
        return CliRunner().invoke(app, [*map(str, words)], env=environ)


@contextmanager
def running(folder: Path, *words: str | Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A bot that runs; killed at the end if it still does."""
    with subprocess.Popen(
        command("run", *words),
        cwd=folder,
        env=QUIET | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    """The next line on standard output; '' when it ended, or said nothing for long."""
    assert process.stdout is not None
    heard, _, _ = select.select([process.stdout], [], [], 60)
    return process.stdout.readline().rstrip("\n") if heard else ""
