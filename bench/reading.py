"""How long one reading takes, on our own corpus: median and 99th percentile beside a bare limit in the same run.

    python -m bench.reading [ROUNDS]

The bare limit is the least any reader must do: look at every character of the same texts once.
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

from core.reading.text import plain
from core.reading.times import read_time

CORPUS = Path(__file__).parent.parent / "tests" / "reading" / "corpora" / "times.jsonl"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines() if line]
    cases = [(row["text"], datetime.fromisoformat(row["base"]).replace(tzinfo=ZoneInfo(row["tz"]))) for row in rows]
    begun = time.perf_counter()
    read_time(*cases[0][:1], base=cases[0][1])
    print(f"first reading, tables loaded: {(time.perf_counter() - begun) * 1000:.0f} ms")
    print(f"{len(cases)} texts, {rounds} rounds")
    show("bare limit", measure(lambda text, _: sum(map(ord, text)), cases, rounds))
    show("plain text", measure(lambda text, _: plain(text), cases, rounds))
    taken = measure(lambda text, base: read_time(text, base=base), cases, rounds)
    show("read_time", taken)
    show("read_time, best of its rounds", [min(taken[n :: len(cases)]) for n in range(len(cases))])
    long = [("".join(text for text, _ in cases)[:10_000], cases[0][1])]
    show("read_time, 10,000 characters", measure(lambda text, base: read_time(text, base=base), long, rounds * 4))


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
