"""Changes every guarded line, one at a time, and says which changes no test notices.

    python -m tests.guards [--at-once 2] [--every 1] [--minutes 60] [PART OF A FILE'S NAME...]

Prints killed and survived; exits 1 where one survives for which tests/guards/reasons.txt gives no reason, or where a
reason is given for one that does not survive any more. `--every 20` asks about each twentieth only. All of it takes the
better part of an hour on two processors, a file a minute or two; after `--minutes` nothing more is asked, what was not
is counted, and then it exits 1 as well.
"""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path

import pytest

from tests.guards import changes
from tests.guards.asking import Asking
from tests.guards.places import PLACES

ROOT = Path(__file__).parents[2]
REASONS = Path(__file__).with_name("reasons.txt")


def reasons() -> dict[str, str]:
    """The changes that may survive, and why: a reason is a paragraph, the changes that it is for stand below it."""
    found, why = {}, ""
    for line in REASONS.read_text("utf-8").splitlines():
        if line.startswith("    "):
            found[line.strip()] = why
        elif line.strip():
            why = line.strip()
    return found


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.guards", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("parts", nargs="*", metavar="PART")
    given = parser.parse_args()
    out = os.fdopen(os.dup(1), "w", buffering=1)
    places = [place for place in PLACES if any(part in place.file for part in given.parts or [""])]
    changes.begin(ROOT, {place.file: place.functions for place in places})
    turn = iter(range(1_000_000))
    asking = Asking(
        given.at_once, lambda _: next(turn) % given.every == 0, lambda text: print(text, file=out), 60 * given.minutes
    )
    begun = time.monotonic()
    options = ["-p", "no:terminal", "-p", "no:cacheprovider", "-o", "addopts=-p no:anyio"]
    options += ["-o", "tmp_path_retention_policy=none"]
    pytest.main([*options, *dict.fromkeys(test for place in places for test in place.tests)], plugins=[asking])
    known = reasons()
    lost = [str(change) for change in asking.survived + asking.unseen]
    unreasoned = [name for name in lost if name not in known]
    asked = {change.file for change in changes.CHANGES}
    stale = {name for name in known.keys() - set(lost) if name.partition(" ")[0] in asked}
    for change in unreasoned:
        print(f"survived: {change}", file=out)
    for name in asking.broken:
        print(f"fails by itself, and was not asked: {name}", file=out)
    if given.every == 1 and not asking.unasked:
        for name in sorted(stale):
            print(f"a reason is given for what does not survive: {name}", file=out)
    print(f"{asking.killed} killed, {len(lost)} survived, {len(unreasoned)} of them without a reason, "
          f"{len(asking.unasked)} not asked in {(time.monotonic() - begun) / 60:.0f} min", file=out)  # fmt: skip
    return (
        1 if unreasoned or asking.unasked or asking.broken or not asking.killed or (stale and given.every == 1) else 0
    )


if __name__ == "__main__":
    sys.exit(main())
