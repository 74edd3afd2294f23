"""A dish changed in its place: other portions, another dish; and people who only come to eat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import rules
from core.activities import ASIDE, Slot
from core.claims import Claim, Roster
from core.deeds import changing, claiming, withdrawing
from core.deeds.claiming import Coming
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.kind import Wanted
from core.rules import Refusal
from core.work import Work

EATING = "eating"
"""The label of the slot of those who only eat."""


@dataclass(frozen=True, slots=True)
class Dish:
    """What a claim brings, and of which course it is."""

    thing: str
    portions: int | None
    slot: int

    @classmethod
    def of(cls, claim: Claim) -> Dish:
        return cls(claim.thing, claim.portions, claim.slot_id)


@deed
def change_dish(work: Work, on: Roster, claim: Claim, dish: Dish) -> Outcome | Refusal:
    """Another dish, or other portions, in the same place; of another course where that has room."""
    by = work.by
    whose = rules.speaks_for(claim, by.account, by.member, coordinates=work.coordinates)
    refusal = rules.first((whose, rules.may_leave(on, [claim], work.now)))
    if refusal is not None:
        return refusal
    before, slot = ClaimsBefore.of([claim]), on.slot(dish.slot)
    if slot is None or (slot.id != claim.slot_id and not on.room(slot)):
        return Refusal("course_full")
    moved = slot.id != claim.slot_id and claim in on.taking()
    claim.thing, claim.portions, claim.slot_id = dish.thing, dish.portions, slot.id
    claim.changes += 1
    work.session.add(claim)
    work.log("dish", on.occurrence, member=claim.member_id, claim=claim.id)
    work.session.flush()
    if moved:
        withdrawing.fill(work, on)
    changed(work, on, {claim.member_id})
    return before.outcome("dish", on.occurrence.id, [claim])


def eating(on: Roster) -> Slot | None:
    return next((slot for slot in on.aside if slot.label == EATING), None)


@deed
def come_to_eat(work: Work, on: Roster, member_id: int, heads: int) -> Outcome | Refusal:
    """So many of one household come to eat, in all; said again it is the new number."""
    slot = eating(on) or changing.set_apart(work, on, Wanted(label=EATING, unit=ASIDE))
    there = [claim for claim in on.of(member_id) if claim.slot_id == slot.id]
    if len(there) > heads:
        return withdrawing.leave(work, on, there[heads:])
    if len(there) == heads:
        return Refusal("already")
    alone = not on.of(member_id)
    more = heads - len(there) - alone
    return claiming.claim(work, on, [Coming(member_id, slot, guests=more)])


def eaters(work: Work, on: Roster, member_id: int, heads: int) -> Coming | None:
    """So many of one household, put down together with their dish; None where it was said before how many."""
    slot = eating(on) or changing.set_apart(work, on, Wanted(label=EATING, unit=ASIDE))
    there = any(claim.slot_id == slot.id for claim in on.of(member_id))
    return None if there else Coming(member_id, slot, guests=heads)


def own_dishes(on: Roster, member_id: int, also: Sequence[int] = ()) -> list[Claim]:
    """The dishes that somebody brings, and those whom they speak for (`also`)."""
    return [claim for claim in on.claims if claim.member_id in (member_id, *also) and claim.thing]
