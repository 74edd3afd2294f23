"""Plays scenes through Matrix: `python -m tests.matrix.scenes [FILE ...]`; with no file said, one of each kind.

A scene about another network's screens is passed over, and counted as such.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from adapters.scene import language
from adapters.scene.steps import Become, Step
from tests.matrix.player import play
from tests.matrix.synapse import Synapse

ROOT = Path(__file__).parents[2]
CHOSEN = [
    *sorted((ROOT / "tests/scenes").glob("as-matrix*.scene")),
    *sorted((ROOT / "core/features").glob("*/scenes/*as-matrix.scene")),
    ROOT / "core/features/patrol/scenes/patrol.scene",
    ROOT / "core/features/potluck/scenes/potluck.scene",
    ROOT / "tests/scenes/stranger.scene",
    ROOT / "tests/scenes/restart.scene",
]


def playable(steps: Sequence[Step]) -> bool:
    """Whether a scene is about what every network shows, or about Matrix."""
    return all(step.network in ("full", "matrix") for step in steps if isinstance(step, Become))


def failures_of(path: Path, synapse: Synapse) -> list[str] | None:
    """What did not come out as written, with its line, and the talk; None for a scene that is not for Matrix."""
    scene = language.read(path.read_text("utf-8"))
    if not playable(scene.steps):
        return None
    talk: list[str] = []
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        player = asyncio.run(play(scene, synapse, Path(folder), talk.append))
    failures = [f"{path.name}:{line}: {why}" for line, why in player.failures]
    return [*failures, *(talk if failures else [])]


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or CHOSEN
    held = failed = 0
    synapse = Synapse()
    synapse.start()
    try:
        for path in paths:
            failures = failures_of(path, synapse)
            held += failures == []
            failed += bool(failures)
            sys.stdout.write("".join(f"{line}\n" for line in failures or ()))
            sys.stdout.flush()
    finally:
        synapse.close()
    sys.stdout.write(f"{held} scenes held, {failed} did not, {len(paths) - held - failed} are not for Matrix\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
