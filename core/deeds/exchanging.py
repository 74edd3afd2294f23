"""Exchanging: two people change places on two rosters, both or neither."""

from __future__ import annotations

from core import rules
from core.activities import Occurrence
from core.claims import CLAIMED, REPLACED, Claim, Head, Roster, promise, put_down, roster_of
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.reminding import schedule
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.rules import Refusal
from core.work import Work


def may_exchange(work: Work, one: Claim, other: Claim) -> Refusal | None:
    """Whether these two places may be changed now: both held, both still to come, neither taken twice."""
    first, second = on_of(work, one), on_of(work, other)
    stale = Refusal("exchange_gone")
    if first is None or second is None or first.occurrence.id == second.occurrence.id:
        return stale
    for on, claim, comes in ((first, one, other), (second, other, one)):
        if (refusal := rules.may_leave(on, [claim], work.now)) is not None:
            return refusal
        started = on.occurrence.starts_at is not None and work.now >= on.occurrence.starts_at
        if claim.promised != CLAIMED or started or on.of(comes.member_id):
            return stale
        if len(on.of(claim.member_id)) > 1:
            return Refusal("exchange_guests")
    return None


@deed
def exchange(work: Work, one: Claim, other: Claim) -> Outcome | Refusal:
    """Each has the other's place from now on. Nobody moves up, for no place fell free."""
    if (refusal := may_exchange(work, one, other)) is not None:
        return refusal
    first, second = on_of(work, one), on_of(work, other)
    if first is None or second is None:
        return Refusal("exchange_gone")
    before = ClaimsBefore.of([one, other])
    came = [take(work, first, one, other.member_id), take(work, second, other, one.member_id)]
    work.session.flush()
    for on in (first, second):
        changed(work, on)
    return before.outcome("exchange", first.occurrence.id, [one, other, *came])


def take(work: Work, on: Roster, left: Claim, member_id: int) -> Claim:
    """Somebody in the very place that another leaves."""
    slot = on.slot(left.slot_id)
    assert slot is not None  # noqa: S101 - a claim has a slot
    promise(work.session, left, REPLACED)
    on.claims.remove(left)
    new = put_down(work.session, on, slot, Head(member_id, thing=left.thing, portions=left.portions), work.by.account,
                   work.now, CLAIMED)  # fmt: skip
    new.position = left.position
    work.log("exchange", on.occurrence, member=member_id, claim=new.id)
    schedule(work, on.occurrence, [member_id])
    return new


def on_of(work: Work, claim: Claim) -> Roster | None:
    row = work.session.get(Occurrence, (work.here.id, claim.occurrence_id))
    return None if row is None else roster_of(work.session, row, lock=True)
