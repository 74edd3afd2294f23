"""How long one reading takes, on our own corpora: median and 99th percentile beside a bare limit in the same run.

    python -m bench.reading [ROUNDS]

The bare limit is the least any reader must do: look at every character of the same texts once. Of each text the best
of its rounds counts as well: what it takes when nothing else wants the processor.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from core.features import KINDS
from core.reading.chains import read_chain
from core.reading.commands import read_command
from core.reading.posts import read_post
from core.reading.text import plain
from core.reading.times import read_time

CORPORA = Path(__file__).parent.parent / "tests" / "reading" / "corpora"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, tzinfo=ZONE)

Case = tuple[str, datetime]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    cases = corpus("times")
    begun = time.perf_counter()
    read_time(cases[0][0], base=cases[0][1])
    print(f"first reading, tables loaded: {(time.perf_counter() - begun) * 1000:.0f} ms")
    print(f"{len(cases)} times, {rounds} rounds")
    show("bare limit", measure(lambda text, _: sum(map(ord, text)), cases, rounds))
    show("plain text", measure(lambda text, _: plain(text), cases, rounds))
    kinds: tuple[tuple[str, Callable[[str, datetime], object]], ...] = (
        ("times", lambda text, base: read_time(text, base=base)),
        ("posts", lambda text, base: read_post(text, base=base, kinds=KINDS)),
        ("words", lambda text, _: read_command(text, context="group", kinds=KINDS, open=(12,))),
        ("chains", lambda text, _: read_chain(text)),
    )
    for kind, read in kinds:
        cases = corpus(kind)
        taken = measure(read, cases, rounds)
        show(kind, taken)
        show(f"{kind}, best of its rounds", [min(taken[n :: len(cases)]) for n in range(len(cases))])
    long = [("".join(text for text, _ in corpus("times"))[:10_000], NOW)]
    for kind, read in kinds:
        show(f"{kind}, 10,000 characters", measure(read, long, rounds * 4))


def corpus(kind: str) -> list[Case]:
    """The texts of a corpus, each with the moment it is seen from."""
    rows = [json.loads(line) for line in (CORPORA / f"{kind}.jsonl").read_text("utf-8").splitlines() if line]
    return [
        (row["text"], datetime.fromisoformat(row["base"]).replace(tzinfo=ZONE) if "base" in row else NOW)
        for row in rows
    ]


def measure(read: Callable[[str, datetime], object], cases: list[tuple[str, datetime]], rounds: int) -> list[float]:
    """Milliseconds of every single reading."""
    taken = []
    for _ in range(rounds):
        for text, base in cases:
            begun = time.perf_counter_ns()
            read(text, base)
            taken.append((time.perf_counter_ns() - begun) / 1e6)
    return taken


def show(name: str, taken: list[float]) -> None:
    p99 = quantiles(taken, n=100)[98]
    print(f"{name:32s} median {median(taken):8.4f} ms   p99 {p99:8.4f} ms   max {max(taken):8.4f} ms")


if __name__ == "__main__":
    main()
