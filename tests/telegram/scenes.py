"""Plays every scene of the project through Telegram: `python -m tests.telegram.scenes [FILE ...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.telegram.phones import play

ROOT = Path(__file__).parents[2]


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]]
    paths = paths or sorted([*ROOT.glob("tests/scenes/*.scene"), *ROOT.glob("core/features/*/scenes/*.scene")])
    held = failed = 0
    for path in paths:
        failures = play(path)
        held += failures == []
        failed += bool(failures)
        sys.stdout.write("".join(f"{line}\n" for line in failures or ()))
    sys.stdout.write(f"{held} scenes held, {failed} did not, {len(paths) - held - failed} are not for Telegram\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
