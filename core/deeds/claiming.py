"""Claiming: the one way in which promises come onto a roster, whoever makes them and by what way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import claims, rules
from core.activities import Slot
from core.claims import CLAIMED, OFFERED, WAITLISTED, Claim, Head, Roster, next_ordinal, put_down
from core.deeds import seeking
from core.deeds.deadlines import settle_at_start
from core.deeds.inviting import expected_again
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.people import enrol
from core.deeds.reminding import schedule
from core.deeds.telling import changed, concerned
from core.deeds.whole import deed
from core.rules import Refusal
from core.work import Work

MOST_GUESTS = 9
"""People without a name that one may bring: more are a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One person who is to come: in which slot, with what, and whom they bring. Words are tidied already."""

    member: int  # 0: somebody new, called `stranger`, who becomes a member by coming
    slot: Slot
    name: str = ""  # as typed, where it was
    thing: str = ""
    portions: int | None = None
    guests: int = 0  # nameless ones
    named_guests: tuple[str, ...] = ()
    anywhere: bool = False  # where the slot is full, any that has room will do
    stranger: str = ""
    ward: bool = True  # who puts a stranger down speaks for them


def bars(work: Work, on: Roster, member_id: int, *, more: bool = False, verb: str = "join") -> Refusal | None:
    """Why this member may not claim a place now. `more`: they bring somebody or something further.

    `verb` add: a coordinator puts them down, also when it is closed or has begun: somebody rang up, or just came.
    """
    more = more or on.moves_up(member_id)
    if verb == "add":
        return rules.may_be_added(on, member_id, coordinates=work.may("arrange", on.occurrence.kind), more=more)
    others = rules.is_for(on, member_id)
    if others is not None and work.may("arrange", on.occurrence.kind):
        others = None
    return rules.first((others, rules.may_join(on, member_id, work.now, more=more)))


@deed
def claim(work: Work, on: Roster, coming: Sequence[Coming], *, verb: str = "join") -> Outcome | Refusal:
    """Put these people down: each has a place if one is free, else waits; who was offered one takes it.

    Who may not be put down is left out; the most useful of the refusals is returned where nobody may.
    """
    barred = [bars(work, on, each.member, more=brings(each), verb=verb) for each in coming]
    if all(barred):
        return rules.first(barred) or Refusal("not_posted")
    before = ClaimsBefore.of(on.claims)
    made: list[Claim] = []
    new: list[Claim] = []

    def down(head: Head, each: Coming) -> None:
        where = each.slot
        if each.anywhere and not on.room(where):
            where = next((s for s in on.slots if on.room(s)), where)
        new.append(put_down(work.session, on, where, head, work.by.account, work.now))
        made.append(new[-1])
        work.log(verb, on.occurrence, member=head.member_id, claim=made[-1].id)

    let_in = [known(work, each) for each, refusal in zip(coming, barred, strict=True) if refusal is None]
    for each in let_in:
        if on.moves_up(each.member) and not each.portions:
            made += take_place(work, on, each.slot, each.member)
        elif not on.of(each.member) or each.thing:  # in already: only those they bring are new
            ordinal = next_ordinal(on, each.member)
            down(Head(each.member, ordinal, each.name, thing=each.thing, portions=each.portions), each)
    for each in let_in:
        for name in (*each.named_guests, *[""] * min(each.guests, MOST_GUESTS)):
            down(guest(on, each.member, name), each)
    work.session.flush()
    schedule(work, on.occurrence, {c.member_id for c in made})
    settle_at_start(work, on.occurrence, made)
    expected_again(work, on, {c.member_id for c in made})
    there = concerned(work, on, {c.member_id for c in made}, also=("seek",))
    seeking.filled(work, on, made, there)
    feature = work.here.features.get(on.occurrence.kind)
    if feature is not None and feature.claimed is not None:
        feature.claimed(work, on, made)
    changed(work, on, {c.member_id for c in made}, there)
    return before.outcome(verb, on.occurrence.id, made)


def known(work: Work, each: Coming) -> Coming:
    """With a member of their own: somebody new is put down by coming, so that who may not come stays nobody."""
    return each if each.member else replace(each, member=enrol(work, each.stranger, proxy=each.ward).id)


def brings(each: Coming) -> bool:
    """Whether somebody who is on the roster already brings somebody, or a further thing."""
    return bool(each.thing and (each.portions or each.slot.of_things)) or bool(each.guests or each.named_guests)


def take_place(work: Work, on: Roster, slot: Slot, member_id: int) -> list[Claim]:
    """Somebody who was offered a place, or waits while one is free, comes: they have it."""
    taken = []
    for claim in on.of(member_id):
        if claim.promised == OFFERED or (claim.promised == WAITLISTED and on.room(slot)):
            if claim.promised == WAITLISTED:
                claim.slot_id = slot.id
            claims.promise(work.session, claim, CLAIMED)
            work.log("accept", on.occurrence, member=member_id, claim=claim.id)
            taken.append(claim)
    return taken


def guest(on: Roster, host: int, name: str) -> Head:
    """One more head on somebody's line."""
    first = next((c for c in on.of(host) if c.ordinal == 0), None)
    return Head(host, next_ordinal(on, host), name, guest_of=first.id if first else None)
