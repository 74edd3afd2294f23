"""A plan by OR-tools' CP-SAT, where it is installed (the extra `rota`): as full, then as fair as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

from core.features.rota.evened import evened
from core.features.rota.fair import least_served
from core.features.rota.problem import (
    KNOWN_AFTER,
    Duty,
    Month,
    Person,
    Plan,
    cost,
    filled,
    least_cost,
    lonely,
    spread,
    step,
)

FULL, LONELY = 10_000_000, 1_000_000
"""What an empty place costs, and a duty in the dark of which nobody knows it: more than any unfairness."""
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
    """The best plan found within so long: never less full than by who served least, nor as full and less safe, nor as
    full and as safe and less fair.
    """
    plain = evened(month, least_served(month))
    try:
        from ortools.graph.python import min_cost_flow  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - optional
        from ortools.sat.python import cp_model  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - optional
    except ImportError:
        return Solved(plain, "least_served")
    full = filled(plain) == sum(duty.places for duty in month.duties)
    least = flow_bound(min_cost_flow, month) if full else None
    least = least_cost(month, filled(plain)) if least is None else least
    before = Solved(plain, "solver", over(month, plain, least))
    if full and before.gap is not None and before.gap <= ENOUGH:
        return before
    found = _solve(cp_model, month, plain, seconds, least)
    return before if found is None or worth(month, found.plan) < worth(month, plain) else found


def worth(month: Month, plan: Plan) -> tuple[int, int, float]:
    return filled(plan), -lonely(month, plan), -spread(month, plan)


def over(month: Month, plan: Plan, least: int) -> float:
    """By how much of its cost a plan as full may be fairer still, where none costs less than `least`."""
    there = cost(month, plan)
    return max(0.0, (there - least) / there) if there else 0.0


def flow_bound(flows: Any, month: Month) -> int | None:
    """No plan that fills every place costs less: places go to people as water flows, who may have two duties at one
    time there, but not too many evenings, and where it is dark one place is for who knows it. None: not all can be
    filled so.
    """
    flow = flows.SimpleMinCostFlow()
    arc = flow.add_arc_with_capacity_and_unit_cost
    source, sink = 0, 1
    nodes = count(2)
    anybody, knowing = {}, {}
    for duty in month.duties:
        kept = int(needs_one_who_knows(month, duty))
        anybody[duty.key], knowing[duty.key] = next(nodes), next(nodes)
        arc(anybody[duty.key], sink, duty.places - kept, 0)
        arc(knowing[duty.key], sink, kept, 0)
    for who in month.people:
        me = next(nodes)
        evenings: dict[tuple[int, int], int] = {}
        for nth in range(month.limits.times_a_month):
            arc(source, me, 1, step(month, who, nth))
        for duty in (duty for duty in month.duties if month.may(who, duty)):
            if duty.night and duty.week not in evenings:
                evenings[duty.week] = next(nodes)
                arc(me, evenings[duty.week], month.limits.nights_a_week - who.nights.get(duty.week, 0), 0)
            mine = evenings[duty.week] if duty.night else me
            arc(mine, anybody[duty.key], 1, 0)
            if who.times >= KNOWN_AFTER:
                arc(mine, knowing[duty.key], 1, 0)
    places = sum(duty.places for duty in month.duties)
    flow.set_node_supply(source, places)
    flow.set_node_supply(sink, -places)
    return int(flow.optimal_cost()) if flow.solve() == flow.OPTIMAL else None


def needs_one_who_knows(month: Month, duty: Duty) -> bool:
    """Whether one place is for somebody who knows it: it is dark, none who does is there, and one could be."""
    known = {who.id: who for who in month.people if who.times >= KNOWN_AFTER}
    return duty.night and known.keys().isdisjoint(duty.there) and any(month.may(who, duty) for who in known.values())


def _solve(cp: Any, month: Month, start: Plan, seconds: float, least: int) -> Solved | None:
    model = cp.CpModel()
    takes = {
        (who.id, duty.key): model.new_bool_var("")
        for who in month.people
        for duty in month.duties
        if month.may(who, duty)
    }
    empty, alone = _places(model, month, takes, start)
    at_once = together(month)
    costs = [cost for who in month.people for cost in _person(model, month, who, takes, start, at_once)]
    model.minimize(FULL * sum(empty) + LONELY * sum(alone) + sum(costs))
    for (who_id, key), var in takes.items():
        model.add_hint(var, who_id in start.get(key, ()))
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = ENOUGH
    solver.parameters.symmetry_level = 0  # looking for people who are alike took longer than all else
    solver.parameters.cp_model_probing_level = 0
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
    return Solved(plan, "solver", min(proved, over(month, plan, least)) if none_left else proved)


def _places(model: Any, month: Month, takes: dict[tuple[int, str], Any], start: Plan) -> tuple[list[Any], list[Any]]:
    """Each duty has so many people or empty places; and, where it is dark, one who knows it, or it is lonely."""
    known = [who.id for who in month.people if who.times >= KNOWN_AFTER]
    empty, alone = [], []
    for duty in month.duties:
        theirs = [takes[who.id, duty.key] for who in month.people if (who.id, duty.key) in takes]
        left = model.new_int_var(0, duty.places, "")
        model.add(sum(theirs) + left == duty.places)
        model.add_hint(left, duty.places - len(start.get(duty.key, ())))
        empty.append(left)
        if needs_one_who_knows(month, duty):
            nobody = model.new_bool_var("")
            model.add_bool_or(nobody, *(takes[id, duty.key] for id in known if (id, duty.key) in takes))
            model.add_hint(nobody, not set(known) & set(start.get(duty.key, ())))
            alone.append(nobody)
    return empty, alone


def together(month: Month) -> list[list[str]]:
    """Duties of which nobody can have two: for each that begins, those under way, their rest included."""
    rest = month.limits.rest
    found = {
        tuple(duty.key for duty in month.duties if duty.starts <= at.starts < duty.ends + rest) for at in month.duties
    }
    return [list(keys) for keys in found if len(keys) > 1]


def _person(
    model: Any,
    month: Month,
    who: Person,
    takes: dict[tuple[int, str], Any],
    start: Plan,
    at_once: Sequence[Sequence[str]],
) -> list[Any]:
    """The rules of one person; and what each further duty costs: the more, the more they have served already."""
    mine = [(duty, takes[who.id, duty.key]) for duty in month.duties if (who.id, duty.key) in takes]
    if not mine:
        return []
    for keys in at_once:
        under_way = [takes[who.id, key] for key in keys if (who.id, key) in takes]
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
    had = sum(who.id in ids for ids in start.values())
    for nth, var in enumerate(steps):
        model.add_hint(var, nth < had)
    return [step(month, who, nth) * var for nth, var in enumerate(steps)]
