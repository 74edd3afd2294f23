"""撤销: whatever a deed did is taken back from what its outcome says, while nothing else has happened since."""

from __future__ import annotations

from collections.abc import Sequence

from core.activities import CANCELLED, Occurrence
from core.claims import CLAIMED, LIVE, OFFERED, WAITLISTED, Claim, Roster, by_id, happen, promise, roster_of
from core.deeds import changing
from core.deeds.outcome import ClaimsBefore, Moved, Outcome
from core.deeds.reminding import schedule
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.deeds.withdrawing import withdraw
from core.rules import Refusal
from core.work import Work


@deed
def undo(work: Work, outcome: Outcome) -> Outcome | Refusal:
    """Take a deed back. Refused when something happened since, or it is over."""
    on = roster_by_id(work, outcome.occurrence)
    if on is None:
        return Refusal("nothing_to_undo")
    if outcome.before is not None:
        return changing.change_back(work, on, outcome.before)
    if on.occurrence.state == CANCELLED:
        return Refusal("cancelled")
    theirs = {claim.id: claim for claim in by_id(work.session, work.here.id, outcome.claims)}
    as_it_was = all(each.claim in theirs and theirs[each.claim].changes == each.changes for each in outcome.moved)
    if not theirs or not as_it_was:
        return Refusal("nothing_to_undo")
    late = on.occurrence.starts_at is not None and work.now >= on.occurrence.check_in()[1]
    if on.occurrence.starts_at is None or (late and outcome.verb != "record"):
        return Refusal("over")
    before = ClaimsBefore.of([*theirs.values()])
    new = [theirs[each.claim] for each in outcome.moved if came(each, theirs[each.claim])]
    came_back = [each for each in outcome.moved if each.promised in LIVE and theirs[each.claim].promised not in LIVE]
    if new:
        there = {claim.id for claim in new}
        withdraw(work, on, [claim for claim in on.claims if claim.id in there], verb="undo")
    if came_back:
        waited = [each.claim for each in came_back if each.promised == WAITLISTED]
        come_back(work, on, [theirs[each.claim] for each in came_back], waited)
    done = {*came_back, *(each for each in outcome.moved if theirs[each.claim] in new)}
    others = [each for each in outcome.moved if each not in done]
    for each in others:
        happen(work.session, theirs[each.claim], each.happened)
        work.log("undo", on.occurrence, member=each.member, claim=each.claim)
    if others:
        changed(work, on)
    return before.outcome("undo", on.occurrence.id, [*theirs.values()])


def came(each: Moved, claim: Claim) -> bool:
    """Whether by this move somebody came onto a roster, or from waiting into a place."""
    if each.is_new:
        return claim.promised in LIVE
    return each.promised in (WAITLISTED, OFFERED) and claim.promised == CLAIMED


def roster_by_id(work: Work, occurrence_id: int) -> Roster | None:
    """An occurrence with its claims, to be changed."""
    row = work.session.get(Occurrence, (work.here.id, occurrence_id))
    return None if row is None else roster_of(work.session, row)


def come_back(work: Work, on: Roster, theirs: Sequence[Claim], waited: Sequence[int] = ()) -> None:
    """Undo a leave: a free place, else the front of the waiting list, never somebody's place.

    Who only waited (`waited`) waits again where they did: leaving and coming back must not get anybody ahead.
    """
    for claim in theirs:
        slot = on.slot(claim.slot_id)
        again = any(c.member_id == claim.member_id and c.ordinal == claim.ordinal for c in on.claims)
        if slot is None or again or claim.promised in LIVE:
            continue
        if on.room(slot) and not (claim.id in waited and on.waiting(slot)):
            promise(work.session, claim, CLAIMED)
        else:
            promise(work.session, claim, WAITLISTED)
            if claim.id not in waited:
                claim.position = min([c.position for c in on.waiting()] or [claim.position + 1]) - 1
        on.claims.append(claim)
        work.log("undo", on.occurrence, member=claim.member_id, claim=claim.id)
        schedule(work, on.occurrence, [claim.member_id])
    work.session.flush()
    changed(work, roster_of(work.session, on.occurrence))
