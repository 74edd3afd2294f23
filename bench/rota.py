"""Rotas at their largest: 150 people, 180 duties, one month. `python -m bench.rota` says how long, how full, how fair.

How fair: the standard deviation of hours over six months, the proposal included. To compare with: rosters as they fill
by themselves, where the same keen ones come first. With OR-tools it says by how much a plan may be better still.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta

from core.features.rota.fair import first_come, least_served
from core.features.rota.problem import Duty, Month, Person, broken, filled, lonely, spread
from core.features.rota.solver import Solved, solve

PEOPLE, DUTIES, DAYS = 150, 180, 30
MOST = 20.0
"""Seconds that it may take in all."""
SECONDS = 10.0
FIRST = date(2026, 12, 1)


def month(number: int = 1, people: int = PEOPLE, duties: int = DUTIES) -> Month:
    """A made-up month: mornings and evenings, some who served much, some never, a fifth of them away for a week."""
    chance = random.Random(number)
    return Month([duty(n) for n in range(duties)], [person(chance, n) for n in range(people)])


def duty(n: int) -> Duty:
    day, part = FIRST + timedelta(days=n * DAYS // DUTIES % DAYS), ("morning", "evening")[n % 2]
    begins = datetime(day.year, day.month, day.day, 7 if part == "morning" else 19, tzinfo=UTC)
    return Duty(f"d{n}", begins, begins + timedelta(hours=2), day, part, places=2)


def person(chance: random.Random, n: int) -> Person:
    times = chance.choice((0, 1, 2, 4, 8, 16))
    parts = chance.choice((("morning",), ("evening",), ("morning", "evening")))
    week = chance.randrange(5 * DAYS)
    off = frozenset(FIRST + timedelta(days=week + k) for k in range(7)) if week < DAYS else frozenset()
    return Person(n, f"{n:03}", times * 120, times, frozenset(parts), off)


def main() -> int:
    there = month()
    keen = sorted((who.id for who in there.people), key=lambda nth: -there.people[nth].served)
    began = time.perf_counter()
    found = solve(there, SECONDS)
    took = time.perf_counter() - began
    print(f"{found.how}: {took:.1f} s (goal {MOST:g})")
    plans = {
        "first come": Solved(first_come(there, keen), ""),
        "least served": Solved(least_served(there), ""),
        found.how: found,
    }
    for name, each in plans.items():
        gap = "" if each.gap is None else f", gap {each.gap:.2%}"
        rules = broken(there, each.plan)
        told = f"{len(rules)} broken, {lonely(there, each.plan)} in the dark without one who knows it"
        print(f"{name:12}  {filled(each.plan)} places, spread {spread(there, each.plan):.2f} h{gap}, {told}")
    fair = spread(there, found.plan) <= spread(there, plans["first come"].plan)
    holds = fair and took < MOST and not broken(there, found.plan)
    holds = holds and not lonely(there, found.plan) and filled(found.plan) >= filled(plans["first come"].plan)
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
