"""A month of open duties and the people who may take them: pure values, what is allowed, and how fair a plan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

KNOWN_AFTER = 3
"""Who has served so often knows the duty: one such is wanted where it is dark."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty with places to fill. Moments are aware; `day` is local. `part`: morning, afternoon or evening."""

    key: str
    starts: datetime
    ends: datetime
    day: date
    part: str
    places: int
    there: tuple[int, ...] = ()  # who has promised already

    @property
    def night(self) -> bool:
        return self.part == "evening"

    @property
    def week(self) -> tuple[int, int]:
        return self.day.isocalendar()[:2]

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts) / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be asked: what they served in six months, what they have promised, when they can."""

    id: int
    name: str = ""
    served: int = 0  # minutes in six months, with what is promised already
    times: int = 0  # how often they did it
    parts: frozenset[str] = frozenset()  # of the day, in which they come; empty for any
    away: frozenset[date] = frozenset()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    nights: Mapping[tuple[int, int], int] = field(default_factory=dict)  # promised already, by week


@dataclass(frozen=True, slots=True)
class Limits:
    nights_a_week: int = 2
    rest: timedelta = timedelta(hours=10)
    times_a_month: int = 8


Plan = dict[str, list[int]]
"""By the key of a duty, who is proposed for it."""


@dataclass(frozen=True, slots=True)
class Month:
    """The whole of what is to be solved."""

    duties: Sequence[Duty]
    people: Sequence[Person]
    limits: Limits = Limits()

    def may(self, who: Person, duty: Duty) -> bool:
        """Whether they may be asked for it, whatever else is proposed to them."""
        if who.id in duty.there or duty.day in who.away or (who.parts and duty.part not in who.parts):
            return False
        if any(close(duty.starts, duty.ends, begins, ends, self.limits.rest) for begins, ends in who.busy):
            return False
        return not duty.night or who.nights.get(duty.week, 0) < self.limits.nights_a_week

    def clash(self, one: Duty, other: Duty) -> bool:
        """Whether nobody can have both: they overlap, or leave no rest between."""
        return close(one.starts, one.ends, other.starts, other.ends, self.limits.rest)


def close(begins: datetime, ends: datetime, others: datetime, end: datetime, rest: timedelta) -> bool:
    return begins < end + rest and others < ends + rest


def loads(month: Month, plan: Plan) -> dict[int, int]:
    """The minutes of each person over six months, with the plan."""
    length = {duty.key: duty.minutes for duty in month.duties}
    found = {who.id: who.served for who in month.people}
    for key, ids in plan.items():
        for id in ids:
            found[id] += length[key]
    return found


def spread(month: Month, plan: Plan) -> float:
    """How unfair a plan is: the standard deviation of hours over six months, with what it proposes."""
    hours = [minutes / 60 for minutes in loads(month, plan).values()]
    if not hours:
        return 0.0
    mean = sum(hours) / len(hours)
    return float((sum((each - mean) ** 2 for each in hours) / len(hours)) ** 0.5)


def filled(plan: Plan) -> int:
    return sum(map(len, plan.values()))


def lonely(month: Month, plan: Plan) -> int:
    """How many duties in the dark have people, and none of them has done it often enough to know it."""
    known = {who.id for who in month.people if who.times >= KNOWN_AFTER}
    theirs = [(duty, [*duty.there, *plan.get(duty.key, ())]) for duty in month.duties if duty.night]
    return sum(bool(ids) and known.isdisjoint(ids) for _, ids in theirs)


def broken(month: Month, plan: Plan) -> list[str]:
    """Which rules a plan breaks, in words for a test; nothing for one that holds."""
    people = {who.id: who for who in month.people}
    duties = {duty.key: duty for duty in month.duties}
    found = [f"{key}: too many" for key, ids in plan.items() if len(ids) > duties[key].places]
    theirs: dict[int, list[Duty]] = {}
    for key, ids in plan.items():
        found += [f"{key}: {id} may not" for id in ids if not month.may(people[id], duties[key])]
        found += [f"{key}: {id} twice" for id, n in Counter(ids).items() if n > 1]
        for id in ids:
            theirs.setdefault(id, []).append(duties[key])
    for id, mine in theirs.items():
        found += [f"{id}: no rest" for n, one in enumerate(mine) for two in mine[:n] if month.clash(one, two)]
        found += [f"{id}: too many nights" for n in nights(people[id], mine).values() if n > month.limits.nights_a_week]
        found += [f"{id}: too often"] if len(mine) > month.limits.times_a_month else []
    return found


def nights(who: Person, mine: Iterable[Duty]) -> Counter[tuple[int, int]]:
    """Evenings by week, of the weeks in which something is proposed."""
    weeks = Counter(duty.week for duty in mine if duty.night)
    return Counter({week: n + who.nights.get(week, 0) for week, n in weeks.items()})


# ------------------------------------------------------------ what a plan costs


def step(month: Month, who: Person, nth: int) -> int:
    """What the nth further duty of somebody costs: the more, the more they have served already.

    A square of quarters of an hour: a sum of squares is least where all have alike.
    """
    usual = sum(duty.minutes for duty in month.duties) / max(1, len(month.duties))
    before, after = who.served + nth * usual, who.served + (nth + 1) * usual
    return int((after / 15) ** 2 - (before / 15) ** 2)


def cost(month: Month, plan: Plan) -> int:
    """How unfair it is, as the solver counts it."""
    many = Counter(id for ids in plan.values() for id in ids)
    return sum(step(month, who, nth) for who in month.people for nth in range(many[who.id]))


def least_cost(month: Month, places: int) -> int:
    """No plan that fills so many places costs less: the cheapest steps of all, whoever may or may not take them."""
    most = month.limits.times_a_month
    return sum(sorted(step(month, who, nth) for who in month.people for nth in range(most))[:places])


def gap(month: Month, plan: Plan) -> float:
    """By how much of its cost a plan as full may be fairer still, at most."""
    there = cost(month, plan)
    return (there - least_cost(month, filled(plan))) / there if there else 0.0
