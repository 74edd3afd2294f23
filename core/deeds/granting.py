"""Granting: hours that a volunteer found missing, accepted by a coordinator."""

from __future__ import annotations

from datetime import timedelta

from core.activities import Occurrence
from core.attendance import row_of, served
from core.claims import CLAIMED, FINISHED, OFFERED, THERE, WAITLISTED, Head, happen, promise, put_down, roster_of
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.rules import Refusal
from core.work import Work


@deed
def grant(work: Work, o: Occurrence, member_id: int, more: timedelta | None, *, in_all: bool) -> timedelta | Refusal:
    """This member was there: for `more` than was known (`in_all`: for so long altogether), or as long as it was (None).

    Who is not on the roster is put down. Returns for how long they were there now.
    """
    if not work.may("records"):
        return Refusal("coordinators_only")
    on = roster_of(work.session, o, lock=True)
    claim = next((c for c in on.of(member_id) if c.ordinal == 0), None)
    if claim is None:
        slot = next((s for s in on.slots if on.room(s)), on.slots[0])
        claim = put_down(work.session, on, slot, Head(member_id), work.by.account, work.now, CLAIMED)
        work.session.flush()
    elif claim.promised in (WAITLISTED, OFFERED):  # who waited, and came all the same
        promise(work.session, claim, CLAIMED)
    row = row_of(work.session, claim)
    before = served(o, claim, row)
    if claim.happened not in THERE:
        happen(work.session, claim, FINISHED)
    if more is not None:
        row.minutes = (more if in_all or not before else before + more) // timedelta(minutes=1)
    row.by_member, row.at, row.added, row.confirmed_by = member_id, work.now, True, work.by.member
    work.session.add(row)
    work.log("granted", o, member=member_id, claim=claim.id)
    changed(work, on)
    return served(o, claim, row)
