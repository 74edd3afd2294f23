"""Trains what `core.reading.likely` proposes, from the corpora of words, and says how often it would be wrong.

    python -m bench.likely            train, say what came of it, write core/reading/vocabulary/likely.toml

It is trained with the rows that are built with, in an order that is always the same; the rows that are held decide
from which likelihood on something is proposed. Rows of talk teach it what nobody is to be asked about.
"""

from __future__ import annotations

import random
from base64 import b85encode
from collections.abc import Sequence

from bench.scoring import CORPORA, Row, held, rows
from core.reading.likely import FILE, PLACES, WISHES, learned, letters, likelihoods, weighed

ROUNDS, RATE, FORGETS = 12, 0.3, 1e-4
RIGHT_OF = 0.95
"""What share of what is proposed for held rows must be right."""

SURE = [1 - 0.5 / 1.2**n for n in range(50)]
"""The likelihoods that are tried, from a half on."""

Known = tuple[tuple[int, ...], int]


def wish(row: Row) -> int:
    """Which of `WISHES` a row is of; what must never join stands against coming."""
    if "never" in row:
        return WISHES.index("leave")
    return WISHES.index(row["intent"]) if row["intent"] in WISHES else 0


def known(*, of_held: bool) -> list[tuple[str, int]]:
    """The texts of the corpora with what they wish."""
    found = [(str(row["text"]), wish(row)) for row in rows("words") if held(row) == of_held]
    if not of_held:
        lines = (CORPORA / "refusals.txt").read_text("utf-8").splitlines()
        signs = {"+": WISHES.index("join"), "-": WISHES.index("leave")}
        found += [(line[1:].split(None, 1)[1].strip(), signs[line[0]]) for line in lines if line[:1] in signs]
    return found


def trained() -> list[list[float]]:
    """The weights of each wish after some rounds over all that is built with."""
    weights = [[0.0] * PLACES for _ in WISHES]
    cases: list[Known] = [(tuple(set(letters(words))), target) for words, target in known(of_held=False)]
    order = random.Random(1)
    for turn in range(ROUNDS):
        order.shuffle(cases)
        for places, target in cases:
            _learn(weights, places, target, RATE / (1 + turn))
    return weights


def _learn(weights: list[list[float]], places: Sequence[int], target: int, rate: float) -> None:
    share = likelihoods([sum(row[at] for at in places) for row in weights])
    for at, row in enumerate(weights):
        step = rate * ((at == target) - share[at])
        for place in places:
            row[place] += step - FORGETS * row[place]


def write(weights: list[list[float]], sure: float) -> None:
    """The weights as whole steps of which 127 make the greatest."""
    step = max(abs(weight) for row in weights for weight in row) / 127
    lines = [
        "# Made by `python -m bench.likely`; not written by hand.",
        f"step = {step!r}",
        f"sure = {sure!r}",
        "",
        "[weights]",
    ]
    for name, row in zip(("neither", "join", "leave"), weights, strict=True):
        lines.append(f"{name} = '''{b85encode(bytes(round(w / step) + 128 for w in row)).decode()}'''")
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def judged() -> list[tuple[float, bool]]:
    """Of each held row for which a wish is likelier than none: how likely, and whether it is that one."""
    found = []
    for words, target in known(of_held=True):
        share = weighed(words)
        best = max(range(len(WISHES)), key=share.__getitem__)
        if best:
            found.append((share[best], best == target))
    return found


def main() -> None:
    weights = trained()
    write(weights, 1.0)
    learned.cache_clear()
    found = judged()
    wished = sum(target > 0 for _, target in known(of_held=True))
    for sure in SURE:
        proposed = [right for share, right in found if share >= sure]
        if sum(proposed) >= RIGHT_OF * len(proposed):
            break
    write(weights, sure)
    print(f"proposed from {sure:.4f} on: {len(proposed)}, {sum(proposed)} of them rightly; {wished} of the held rows "
          f"wish something; {FILE.stat().st_size} bytes")  # fmt: skip


if __name__ == "__main__":
    main()
