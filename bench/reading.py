"""How well and how fast texts are read, on our own corpora.

    python -m bench.reading [ROUNDS]      how many are read as they were meant, how sure the reader was, how long
    python -m bench.reading --held        only how many, of the part of the corpora that nobody builds with

The bare limit is the least any reader must do: look at every character of the same texts once. Of each text the best
of its rounds counts as well: what it takes when nothing else wants the processor.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from bench.scoring import CORPORA, RIGHT, WRITTEN, held, of, right, right_time, rows, sorts
from bot.read import READERS
from core.features import KINDS
from core.reading import read_chain, read_command, read_post, read_time
from core.reading.text import plain

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, tzinfo=ZONE)

Case = tuple[str, datetime]


def main() -> None:
    if "--held" in sys.argv:
        show_right(only_held=True)
        show_how_sure(only_held=True)
        return
    show_right(only_held=False)
    show_how_sure(only_held=False)
    show_how_long(int(sys.argv[1]) if len(sys.argv) > 1 else 5)


def show_right(*, only_held: bool) -> None:
    """Of each kind how many rows are read as they were meant: all, and those of each corpus written unseen."""
    for kind in RIGHT:
        known = [row for row in rows(kind) if held(row) or not only_held]
        unseen = "".join(f"   {name} {_share(kind, [row for row in known if of(row, name)])}" for name in WRITTEN)
        print(f"{kind:8s} all {_share(kind, known)}{unseen}")
        for name, belongs in sorts(kind).items():
            print(f"    {name:18s} {_share(kind, list(filter(belongs, known)))}")


def _share(kind: str, known: list[dict[str, Any]]) -> str:
    good = sum(right(kind, row) for row in known)
    return f"{good:4d} of {len(known):4d} ({100 * good / len(known):5.1f} %)" if known else "none"


def show_how_sure(*, only_held: bool) -> None:
    """Of each degree of confidence how many times were right, how many ask, and how many wrong ones ask nothing."""
    told: defaultdict[float, list[tuple[bool, bool]]] = defaultdict(list)
    for row in rows("times"):
        if only_held and not held(row):
            continue
        read = READERS["times"](row)
        told[read["confidence"]].append((right_time(row, read), bool(read["question"])))
    for sure, found in sorted(told.items()):
        good, silent = sum(right for right, _ in found), sum(not (right or asks) for right, asks in found)
        share = 100 * good / len(found)
        print(f"times, sure {sure:4.2f}: {good:4d} of {len(found):4d} right ({share:5.1f} %), "
              f"{sum(asks for _, asks in found):3d} ask, {silent} wrong ask nothing")  # fmt: skip


def show_how_long(rounds: int) -> None:
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
