"""A plan made fuller and fairer by handing duties on: from who has most to who has least, maybe by way of others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.features.rota.problem import KNOWN_AFTER, Month, Plan, filled, lonely, spread, step

NOBODY = -1
"""Who hands on a place that is empty still."""
Came = dict[int, tuple[int, int]]
"""By person: who gave them which duty."""


def evened(month: Month, plan: Plan) -> Plan:
    """A plan at least as full, as safe and as fair, by the same rules."""
    board = Board(month, plan)
    while board.fill() or board.even():
        pass
    found = board.plan()
    return max(plan, found, key=lambda each: (filled(each), -lonely(month, each), -spread(month, each)))


@dataclass(slots=True)
class Board:
    """Who has what, as bits: the nth of a number is the nth duty of the month."""

    month: Month
    before: Plan
    clash: list[int] = field(init=False)  # of each duty: those that nobody can have beside it
    able: list[list[int]] = field(init=False)  # of each duty: who may be asked for it
    steps: list[list[int]] = field(init=False)  # of each person: what each further duty costs
    known: frozenset[int] = field(init=False)  # who has served often
    mine: list[int] = field(init=False)  # of each person: what they have
    having: list[list[int]] = field(init=False)  # of each duty: who has it
    weeks: list[int] = field(init=False)  # of each duty: the evenings of its week, 0 where it is none

    def __post_init__(self) -> None:
        duties, people = self.month.duties, self.month.people
        self.clash = [bits(one is other or self.month.clash(one, other) for other in duties) for one in duties]
        self.weeks = [bits(one.night and o.night and o.week == one.week for o in duties) for one in duties]
        self.able = [[n for n, who in enumerate(people) if self.month.may(who, duty)] for duty in duties]
        most = range(self.month.limits.times_a_month + 1)
        self.steps = [[step(self.month, who, nth) for nth in most] for who in people]
        self.known = frozenset(n for n, who in enumerate(people) if who.times >= KNOWN_AFTER)
        at = {who.id: n for n, who in enumerate(people)}
        self.having = [[at[id] for id in self.before.get(duty.key, ())] for duty in duties]
        self.mine = [bits(n in theirs for theirs in self.having) for n in range(len(people))]

    def plan(self) -> Plan:
        ids = [who.id for who in self.month.people]
        pairs = zip(self.month.duties, self.having, strict=True)
        return {duty.key: [ids[n] for n in theirs] for duty, theirs in pairs if theirs}

    def fill(self) -> bool:
        """Fill one place more; False where none can be."""
        came: Came = {}
        for duty, theirs in enumerate(self.having):
            if len(theirs) < self.month.duties[duty].places and self.hand_on(NOBODY, [duty], None, came):
                return True
        return False

    def even(self) -> bool:
        """Take one duty from somebody for whom it is much, so that it falls to whom it is little; False if nobody.

        Who was come to from somebody with more leads to nobody for whom it is little enough: they are passed by.
        """
        came: Came = {}
        busy = [n for n, mine in enumerate(self.mine) if mine]
        return any(
            self.hand_on(who, list(each_bit(self.mine[who])), self.marginal(who, -1), came)
            for who in sorted(busy, key=lambda n: -self.marginal(n, -1))
        )

    def marginal(self, who: int, more: int = 0) -> int:
        """What the next duty of somebody costs, or with `more` -1 their last."""
        return self.steps[who][self.mine[who].bit_count() + more]

    def hand_on(self, giver: int, duties: Sequence[int], above: int | None, came: Came) -> bool:
        """Find who takes one of these, giving up one of theirs to another or nothing; do it. `above`: it must cost the
        last of them less than that. `came`: from whom, and with what, it was come to everybody so far.
        """
        waiting = deque([(giver, duty) for duty in duties])
        while waiting:
            gives, duty = waiting.popleft()
            for who in self.takers(gives, duty):
                if who in came or who == giver:
                    continue
                if self.fits(who, duty, 0) and self.has_room(who) and (above is None or self.marginal(who) < above):
                    came[who] = (gives, duty)
                    self.carry_out(came, who, giver)
                    return True
                onward = [other for other in each_bit(self.mine[who]) if self.fits(who, duty, 1 << other)]
                if onward:
                    came[who] = (gives, duty)
                    waiting.extend((who, other) for other in onward)
        return False

    def takers(self, gives: int, duty: int) -> list[int]:
        """Who may take it from them: where it is dark, the only one who knows it is followed by one who does."""
        row = self.month.duties[duty]
        if not row.night or gives not in self.known:
            return self.able[duty]
        ids = {self.month.people[n].id for n in self.known}
        if not ids.isdisjoint(row.there) or any(n in self.known for n in self.having[duty] if n != gives):
            return self.able[duty]
        return [who for who in self.able[duty] if who in self.known]

    def fits(self, who: int, duty: int, without: int) -> bool:
        """Whether they can have it, once they have given up what is `without`."""
        mine = self.mine[who] & ~without
        if mine & self.clash[duty]:
            return False
        week = self.weeks[duty]
        if not week:
            return True
        held = self.month.people[who].nights.get(self.month.duties[duty].week, 0)
        return held + (mine & week).bit_count() < self.month.limits.nights_a_week

    def has_room(self, who: int) -> bool:
        return self.mine[who].bit_count() < self.month.limits.times_a_month

    def carry_out(self, came: Came, last: int, giver: int) -> None:
        """Each on the way to the last takes what the one before gives."""
        who = last
        while who != giver:
            gives, duty = came[who]
            self.mine[who] |= 1 << duty
            if gives == NOBODY:
                self.having[duty].append(who)
            else:
                self.mine[gives] &= ~(1 << duty)
                self.having[duty][self.having[duty].index(gives)] = who
            who = gives


def bits(said: Iterable[bool]) -> int:
    """The nth bit is set where the nth is true."""
    return sum(1 << n for n, true in enumerate(said) if true)


def each_bit(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
