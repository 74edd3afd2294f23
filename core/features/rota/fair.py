"""A plan by who served least: the duty with the fewest who can, first; and, to compare with, by who comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.features.rota.problem import KNOWN_AFTER, Duty, Month, Person, Plan, nights

Choose = Callable[[Duty, list[Person], dict[int, int]], Person]


def least_served(month: Month) -> Plan:
    """Whoever served least within six months is proposed; where it is dark, one who knows it comes first."""

    def choose(duty: Duty, able: list[Person], load: dict[int, int]) -> Person:
        known = [who for who in able if who.times >= KNOWN_AFTER]
        there = {who.id: who.times for who in month.people}
        needs = duty.night and not any(there.get(id, 0) >= KNOWN_AFTER for id in duty.there)
        return min(known if needs and known else able, key=lambda who: (load[who.id], who.name, who.id))

    order = sorted(month.duties, key=lambda duty: (sum(month.may(who, duty) for who in month.people), duty.starts))
    return fill(month, order, choose)


def first_come(month: Month, keen: Sequence[int]) -> Plan:
    """As a roster fills by itself: duty after duty, and always the same keen ones are first (`keen`: their order)."""
    rank = {id: at for at, id in enumerate(keen)}
    order = sorted(month.duties, key=lambda duty: duty.starts)
    return fill(month, order, lambda _duty, able, _load: min(able, key=lambda who: rank[who.id]))


def fill(month: Month, order: Sequence[Duty], choose: Choose) -> Plan:
    """Place after place, whoever is chosen of those who still may."""
    theirs: dict[int, list[Duty]] = {who.id: [] for who in month.people}
    load = {who.id: who.served for who in month.people}
    plan: Plan = {}
    for duty in order:
        able = [who for who in month.people if month.may(who, duty) and still(month, who, theirs[who.id], duty)]
        while able and len(plan.get(duty.key, ())) < duty.places:
            asked = replace(duty, there=(*duty.there, *plan.get(duty.key, ())))
            who = choose(asked, able, load)
            able.remove(who)
            plan.setdefault(duty.key, []).append(who.id)
            theirs[who.id].append(duty)
            load[who.id] += duty.minutes
    return plan


def still(month: Month, who: Person, mine: list[Duty], duty: Duty) -> bool:
    """Whether they may take one more, beside what is proposed to them already."""
    if len(mine) >= month.limits.times_a_month or any(month.clash(one, duty) for one in mine):
        return False
    return not duty.night or nights(who, [*mine, duty])[duty.week] <= month.limits.nights_a_week
