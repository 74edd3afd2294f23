"""Being there: what happened to a promise, around the time of the activity and, from coordinators, after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from core import rules
from core.activities import Occurrence
from core.attendance import row_of
from core.claims import (
    CLAIMED,
    EXCUSED,
    FINISHED,
    LATE,
    LEFT_EARLY,
    NO_SHOW,
    ON_THE_WAY,
    PRESENT,
    THERE,
    UNKNOWN,
    Claim,
    Happened,
    Head,
    Roster,
    happen,
    put_down,
    roster_of,
)
from core.deeds.inviting import answered, expected_again
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
    "present": PRESENT, "excused": EXCUSED, "absent": NO_SHOW, "late": LATE, "early": LEFT_EARLY, "unknown": UNKNOWN,
}  # fmt: skip
"""What a line of a roll says of a claim; that nothing is known after all, where a tick is taken away."""
CORRECTED = timedelta(days=60)
"""So long after the end a coordinator may say who was there."""


def walks_in(work: Work, on: Roster, member_id: int) -> bool:
    """Whether somebody who promised nothing may say that they are there: at a meeting, before it is over."""
    o = on.occurrence
    if not work.kind(o).attends or o.starts_at is None or on.of(member_id) or not on.slots:
        return False
    begins, late = o.check_in()
    if not begins <= work.now < (late if work.may("arrange", o.kind) else o.ends()):
        return False
    return member_id in on.invited or rules.is_for(on, member_id) is None


def walk_in(work: Work, on: Roster, members: Sequence[int]) -> list[Claim]:
    """They came without a word before: on the roster they are from now on."""
    made = [put_down(work.session, on, on.slots[0], Head(id), work.by.account, work.now, CLAIMED) for id in members]
    work.session.flush()
    expected_again(work, on, set(members))
    return made


@deed
def attend(work: Work, on: Roster, theirs: Sequence[Claim], verb: str, new: Sequence[int] = ()) -> Outcome | Refusal:
    """我出发了, 到了 and 平安结束 (`here`, `done`, `on_the_way`), where it is time and who acts may speak for them: for
    themselves, for whom they put down, or for those with whom they are on duty. `new`: members who walk in.
    """
    before = ClaimsBefore.of(theirs)
    theirs = [*theirs, *walk_in(work, on, [id for id in new if walks_in(work, on, id)])]
    allowed = rules.may_check_in(on, theirs, work.now, leaving=verb == "on_the_way")
    mine = [] if partner(work, on) else whose(work, on, theirs)
    if (refusal := rules.first([allowed, *mine])) is not None:
        return refusal
    for claim in theirs:
        keep_hours(work, on, claim, HAPPENED[verb])
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
    before = ClaimsBefore.of(on.taking())
    marks = {**marks, **of_silent(work, on, marks)}
    theirs = [claim for claim in on.taking() if claim.id in marks]
    for claim in theirs:
        to = RECORDED[marks[claim.id]]
        if to == PRESENT and claim.happened in THERE:
            to = claim.happened  # who has finished was there
        keep_hours(work, on, claim, to)
        happen(work.session, claim, to)
        work.log("record", on.occurrence, member=claim.member_id, claim=claim.id)
    changed(work, on)
    return before.outcome("record", on.occurrence.id, theirs)


def of_silent(work: Work, on: Roster, marks: Mapping[int, str]) -> dict[int, str]:
    """Of a meeting, who promised nothing (a negative id): was there, and is put down; or is excused. That they were
    not there is what nothing said means already.
    """
    silent = {-id: what for id, what in marks.items() if id < 0}
    for id in (id for id, what in silent.items() if what == "excused"):
        answered(work, on, id, EXCUSED)
        work.log("excuse", on.occurrence, member=id)
    came = [id for id, what in silent.items() if what in ("present", "late", "early")]
    return {claim.id: silent[claim.member_id] for claim in walk_in(work, on, came)}


def heard_again(work: Work, occurrence_id: int, members: Sequence[int]) -> None:
    """It was not so: they are excused no more."""
    row = work.session.get(Occurrence, (work.here.id, occurrence_id)) if members else None
    if row is not None:
        on = roster_of(work.session, row)
        expected_again(work, on, members)
        work.session.flush()
        changed(work, on, set())


def may_record(work: Work, on: Roster, marks: Mapping[int, str]) -> Refusal | None:
    o = on.occurrence
    if o.starts_at is None:
        return Refusal("not_posted")
    begins, ends = o.check_in()
    if work.now < begins:
        return Refusal("too_early")
    if work.may("arrange", o.kind):
        return Refusal("too_late") if work.now > ends + CORRECTED else rules.stands(on)
    if not partner(work, on) or not {*marks.values()} <= {"present", "late"}:
        return Refusal("coordinators_only")
    return Refusal("too_late") if work.now > ends else rules.stands(on)


def keep_hours(work: Work, on: Roster, claim: Claim, to: str) -> None:
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
    if to == UNKNOWN:
        row.came_at = row.left_at = None
    if to == LATE and not again:
        row.came_at = work.now if work.now < on.occurrence.ends() else None
    arranges = work.may("arrange", on.occurrence.kind)
    if again and arranges and not itself:
        row.confirmed_by = work.by.member
    else:
        row.by_member, row.at = work.by.member, work.now
        row.added = work.now > on.occurrence.check_in()[1]
        row.confirmed_by = work.by.member if arranges and not itself else 0
    work.session.add(row)
