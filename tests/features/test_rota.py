"""Rotas: a plan keeps its rules, is never less fair than who comes first, and says what it could not fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bench.rota import month
from core.features.rota.evened import evened
from core.features.rota.fair import first_come, least_served
from core.features.rota.problem import (
    Limits,
    Month,
    broken,
    cost,
    filled,
    gap,
    least_cost,
    loads,
    lonely,
    spread,
)
from core.features.rota.solver import solve


@pytest.mark.parametrize("number", range(4))
def test_a_plan_keeps_its_rules_and_is_fairer_than_who_comes_first(number: int) -> None:
    there = month(number, people=40, duties=50)
    keen = sorted((who.id for who in there.people), key=lambda nth: -there.people[nth].served)
    first, least, found = first_come(there, keen), least_served(there), solve(there, 1.0)
    for plan in (first, least, found.plan):
        assert broken(there, plan) == []
    assert filled(found.plan) >= filled(least) >= filled(first)
    assert spread(there, found.plan) <= spread(there, evened(there, least)) <= spread(there, least)
    assert spread(there, least) <= spread(there, first)
    assert lonely(there, found.plan) <= lonely(there, least)
    assert found.how in ("solver", "least_served")
    assert cost(there, least) >= least_cost(there, filled(least))
    assert 0 <= gap(there, least) < 1


def test_a_place_that_nobody_free_can_take_is_filled_by_way_of_another() -> None:
    base = month(people=3, duties=2)
    morning, evening = (next(d for d in base.duties if d.night is dark) for dark in (False, True))
    both = replace(base.people[0], id=0, parts=frozenset(), away=frozenset(), times=9)
    mornings = replace(base.people[1], id=1, parts=frozenset({"morning"}), away=frozenset())
    there = Month([replace(morning, places=1), replace(evening, places=1)], [both, mornings], Limits(times_a_month=1))
    stuck = {morning.key: [0]}
    assert evened(there, stuck) == {morning.key: [1], evening.key: [0]}
    assert filled(evened(there, {})) == 2


def test_the_only_one_who_knows_a_dark_duty_is_followed_by_one_who_does() -> None:
    base = month(people=3, duties=2)
    evening = replace(next(duty for duty in base.duties if duty.night), places=1)
    often = replace(base.people[0], id=0, parts=frozenset(), away=frozenset(), times=9, served=9_000)
    never = replace(base.people[1], id=1, parts=frozenset(), away=frozenset(), times=0, served=0)
    other = replace(base.people[2], id=2, parts=frozenset(), away=frozenset(), times=3, served=600)
    plan = {evening.key: [0]}
    assert evened(Month([evening], [often, never]), plan) == plan
    assert evened(Month([evening], [often, never, other]), plan) == {evening.key: [2]}
    assert lonely(Month([evening], [often, never]), {evening.key: [1]}) == 1


def test_who_is_away_busy_or_has_had_their_evenings_is_not_asked() -> None:
    there = month(people=3, duties=20)
    evening = next(duty for duty in there.duties if duty.night)
    who = replace(there.people[0], parts=frozenset(), away=frozenset())
    assert there.may(who, evening)
    assert not there.may(replace(who, away=frozenset({evening.day})), evening)
    assert not there.may(replace(who, parts=frozenset({"morning"})), evening)
    assert not there.may(replace(who, nights={evening.week: 2}), evening)
    assert not there.may(
        replace(who, busy=((evening.starts - timedelta(hours=9), evening.starts - timedelta(hours=8)),)), evening
    )
    assert not there.may(who, replace(evening, there=(who.id,)))


def test_a_rule_that_is_broken_is_named() -> None:
    there = Month(month().duties, month().people[:2], Limits(nights_a_week=1, times_a_month=2))
    morning = [duty for duty in there.duties if not duty.night]
    everything = {duty.key: [who.id for who in there.people] * 2 for duty in morning[:4]}
    assert {said.split(": ")[1] for said in broken(there, everything)} >= {"too many", "too often"}


def test_where_there_are_too_few_the_rest_stays_empty() -> None:
    there = month(people=2, duties=60)
    plan = least_served(there)
    assert filled(plan) <= 2 * there.limits.times_a_month
    assert set(loads(there, plan)) == {0, 1}
    assert spread(Month([], []), {}) == 0


def test_the_weeks_of_the_evenings_are_those_of_the_calendar() -> None:
    there = month()
    assert {duty.week for duty in there.duties if duty.day == date(2026, 12, 1)} == {(2026, 49)}
