"""A plan by OR-tools' CP-SAT, where it is installed (the extra `rota`): as full, then as fair as can be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.features.rota.fair import least_served
from core.features.rota.problem import Month, Person, Plan, filled, gap, spread, step

FULL = 10_000_000
"""What an empty place costs: more than any unfairness."""
ENOUGH = 0.005
"""A plan that can be no better than by this is not looked for."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Solved:
    """The plan; how it was found; and by how much, of the whole, a better one may exist (None: nobody knows)."""

    plan: Plan
    how: str  # "solver" or "least_served"
    gap: float | None = None


def solve(month: Month, seconds: float) -> Solved:
    """The best plan found within so long: never less full than by who served least, nor as full and less fair."""
    plain = least_served(month)
    try:
        from ortools.sat.python import cp_model  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - optional
    except ImportError:
        return Solved(plain, "least_served")
    full = filled(plain) == sum(duty.places for duty in month.duties)
    if full and gap(month, plain) <= ENOUGH:
        return Solved(plain, "solver", gap(month, plain))
    found = _solve(cp_model, month, plain, seconds)
    if found is None or (filled(found.plan), -spread(month, found.plan)) < (filled(plain), -spread(month, plain)):
        return Solved(plain, "solver", gap(month, plain))
    return found


def _solve(cp: Any, month: Month, hint: Plan, seconds: float) -> Solved | None:
    model = cp.CpModel()
    takes = {
        (who.id, duty.key): model.new_bool_var("")
        for who in month.people
        for duty in month.duties
        if month.may(who, duty)
    }
    empty = []
    for duty in month.duties:
        theirs = [takes[who.id, duty.key] for who in month.people if (who.id, duty.key) in takes]
        left = model.new_int_var(0, duty.places, "")
        model.add(sum(theirs) + left == duty.places)
        empty.append(left)
    costs = [cost for who in month.people for cost in _person(model, month, who, takes)]
    model.minimize(FULL * sum(empty) + sum(costs))
    for (who_id, key), var in takes.items():
        model.add_hint(var, who_id in hint.get(key, ()))
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = ENOUGH
    state = solver.solve(model)
    if state not in (cp.OPTIMAL, cp.FEASIBLE):
        return None
    plan: Plan = {}
    for (who_id, key), var in takes.items():
        if solver.boolean_value(var):
            plan.setdefault(key, []).append(who_id)
    best, bound = solver.objective_value, solver.best_objective_bound
    proved = (best - bound) / max(1.0, abs(best))
    none_left = filled(plan) == sum(duty.places for duty in month.duties)
    return Solved(plan, "solver", min(proved, gap(month, plan)) if none_left else proved)


def _person(model: Any, month: Month, who: Person, takes: dict[tuple[int, str], Any]) -> list[Any]:
    """The rules of one person; and what each further duty costs: the more, the more they have served already."""
    mine = [(duty, takes[who.id, duty.key]) for duty in month.duties if (who.id, duty.key) in takes]
    if not mine:
        return []
    for at, _ in mine:  # of intervals that meet, all are under way when the last of them begins
        under_way = [v for duty, v in mine if duty.starts <= at.starts < duty.ends + month.limits.rest]
        if len(under_way) > 1:
            model.add_at_most_one(under_way)
    for week in {duty.week for duty, _ in mine if duty.night}:
        evenings = [var for duty, var in mine if duty.night and duty.week == week]
        model.add(sum(evenings) <= month.limits.nights_a_week - who.nights.get(week, 0))
    most = min(month.limits.times_a_month, len(mine))
    steps = [model.new_bool_var("") for _ in range(most)]
    model.add(sum(var for _, var in mine) == sum(steps))
    for one, two in pairwise(steps):
        model.add_implication(two, one)
    return [step(month, who, nth) * var for nth, var in enumerate(steps)]
