"""Faults put between a bot and the stand-in: a server in trouble, a line that breaks before or after the effect."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["flood", "broken", "cut before", "cut after", "late"]


@dataclass(frozen=True)
class Fault:
    """`flood`: 429 with so many `seconds`. `broken`: a 502 page. `cut`: the line breaks. `late`: so many seconds."""

    kind: Kind
    seconds: float = 1.0


@dataclass
class Faults:
    """Which calls go wrong: those planned by a test first, then by chance. Counts what went wrong in `happened`."""

    seed: int = 1
    rates: dict[Kind, float] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()
    seconds: float = 1.0
    happened: dict[Kind, int] = field(default_factory=lambda: defaultdict(int))
    _planned: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def plan(self, method: str, *faults: Fault) -> None:
        """The next calls of this method go wrong like this, one after another."""
        self._planned[method].extend(faults)

    def next(self, method: str) -> Fault | None:
        if self._planned[method]:
            return self._count(self._planned[method].popleft())
        if method in self.spared:
            return None
        point = self._chance.random()
        for kind, rate in self.rates.items():
            if point < rate:
                return self._count(Fault(kind, self.seconds))
            point -= rate
        return None

    def _count(self, fault: Fault) -> Fault:
        self.happened[fault.kind] += 1
        return fault
