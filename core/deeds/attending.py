"""Being there: what happened to a promise, around the time of the activity."""

from __future__ import annotations

from collections.abc import Sequence

from core import rules
from core.claims import FINISHED, ON_THE_WAY, PRESENT, Claim, Roster, happen
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.telling import changed
from core.deeds.watching import ask_watchers
from core.deeds.whole import deed
from core.deeds.withdrawing import whose
from core.rules import Refusal
from core.work import Work

HAPPENED = {"here": PRESENT, "done": FINISHED, "on_the_way": ON_THE_WAY}
"""What each verb says of a claim."""


@deed
def attend(work: Work, on: Roster, theirs: Sequence[Claim], verb: str) -> Outcome | Refusal:
    """我出发了, 到了 and 平安结束 (`here`, `done`, `on_the_way`), where it is time and who acts may speak for them."""
    allowed = rules.may_check_in(on, theirs, work.now, leaving=verb == "on_the_way")
    if (refusal := rules.first([allowed, *whose(work, theirs)])) is not None:
        return refusal
    before = ClaimsBefore.of(theirs)
    for claim in theirs:
        happen(work.session, claim, HAPPENED[verb])
        work.log(verb, on.occurrence, member=claim.member_id, claim=claim.id)
    changed(work, on, {claim.member_id for claim in theirs})
    if verb == "here":
        ask_watchers(work, on.occurrence, {claim.member_id for claim in theirs})
    return before.outcome(verb, on.occurrence.id, theirs)
