"""Being there: what happened to a promise, around the time of the activity and, from coordinators, after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from core import rules
from core.attendance import row_of
from core.claims import (
    EXCUSED,
    FINISHED,
    LATE,
    LEFT_EARLY,
    NO_SHOW,
    ON_THE_WAY,
    PRESENT,
    THERE,
    Claim,
    Happened,
    Roster,
    happen,
)
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.telling import changed
from core.deeds.watching import ask_watchers
from core.deeds.whole import deed
from core.deeds.withdrawing import whose
from core.rules import Refusal
from core.work import Work

HAPPENED: dict[str, Happened] = {"here": PRESENT, "done": FINISHED, "on_the_way": ON_THE_WAY}
"""What each verb says of a claim."""
RECORDED: dict[str, Happened] = {
    "present": PRESENT, "excused": EXCUSED, "absent": NO_SHOW, "late": LATE, "early": LEFT_EARLY,
}  # fmt: skip
"""What a line of a roll says of a claim."""
CORRECTED = timedelta(days=60)
"""So long after the end a coordinator may say who was there."""


@deed
def attend(work: Work, on: Roster, theirs: Sequence[Claim], verb: str) -> Outcome | Refusal:
    """我出发了, 到了 and 平安结束 (`here`, `done`, `on_the_way`), where it is time and who acts may speak for them: for
    themselves, for whom they put down, or for those with whom they are on duty.
    """
    allowed = rules.may_check_in(on, theirs, work.now, leaving=verb == "on_the_way")
    mine = [] if partner(work, on) else whose(work, theirs)
    if (refusal := rules.first([allowed, *mine])) is not None:
        return refusal
    before = ClaimsBefore.of(theirs)
    for claim in theirs:
        stamp(work, on, claim, HAPPENED[verb])
        happen(work.session, claim, HAPPENED[verb])
        work.log(verb, on.occurrence, member=claim.member_id, claim=claim.id)
    changed(work, on, {claim.member_id for claim in theirs})
    if verb == "here":
        ask_watchers(work, on.occurrence, {claim.member_id for claim in theirs})
    return before.outcome(verb, on.occurrence.id, theirs)


def partner(work: Work, on: Roster) -> bool:
    """Whether who acts has a place there too: they see who is there."""
    return any(c.member_id == work.by.member for c in on.taking())


@deed
def record(work: Work, on: Roster, marks: Mapping[int, str]) -> Outcome | Refusal:
    """What happened (`RECORDED`) to each of these claims, by their ids: from a coordinator also days later; from who is
    on duty with them while it goes on, and only that they are there.
    """
    if (refusal := may_record(work, on, marks)) is not None:
        return refusal
    theirs = [claim for claim in on.taking() if claim.id in marks]
    before = ClaimsBefore.of(theirs)
    for claim in theirs:
        to = RECORDED[marks[claim.id]]
        if to == PRESENT and claim.happened in THERE:
            to = claim.happened  # who has finished was there
        stamp(work, on, claim, to)
        happen(work.session, claim, to)
        work.log("record", on.occurrence, member=claim.member_id, claim=claim.id)
    changed(work, on)
    return before.outcome("record", on.occurrence.id, theirs)


def may_record(work: Work, on: Roster, marks: Mapping[int, str]) -> Refusal | None:
    o = on.occurrence
    if o.starts_at is None:
        return Refusal("not_posted")
    begins, ends = o.check_in()
    if work.now < begins:
        return Refusal("too_early")
    if work.coordinates:
        return Refusal("too_late") if work.now > ends + CORRECTED else rules.stands(on)
    if not partner(work, on) or not {*marks.values()} <= {"present", "late"}:
        return Refusal("coordinators_only")
    return Refusal("too_late") if work.now > ends else rules.stands(on)


def stamp(work: Work, on: Roster, claim: Claim, to: str) -> None:
    """Keep who said so and when. By themselves, 到了 and 平安结束 say from when to when as well."""
    row = row_of(work.session, claim)
    again = claim.happened in THERE and to in THERE
    itself = work.by.member == claim.member_id
    if to == PRESENT and claim.happened not in THERE:
        row.came_at = work.now if itself else None
    if to == FINISHED:
        row.left_at = work.now
    elif to == LEFT_EARLY:
        row.left_at = work.now if work.now < on.occurrence.ends() else None
    if to == LATE and not again:
        row.came_at = work.now if work.now < on.occurrence.ends() else None
    if again and work.coordinates and not itself:
        row.confirmed_by = work.by.member
    else:
        row.by_member, row.at = work.by.member, work.now
        row.added = work.now > on.occurrence.check_in()[1]
        row.confirmed_by = work.by.member if work.coordinates and not itself else 0
    work.session.add(row)
