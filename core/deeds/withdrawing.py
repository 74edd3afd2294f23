"""Withdrawing: taking promises back, and what becomes of the places that fall free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core import rules
from core.activities import CANCELLED
from core.away import away_on
from core.claims import CLAIMED, OFFERED, WITHDRAWN, Claim, Roster, promise, promote, take_back
from core.deeds import seeking
from core.deeds.deadlines import keep_place, let_pass, silent
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.reminding import schedule
from core.deeds.standing import soon, stand
from core.deeds.telling import changed, name_of, tell_coordinator
from core.deeds.whole import deed
from core.news import Offer
from core.posts import Post
from core.rules import Refusal
from core.work import Work

NO_PROMOTION = timedelta(hours=1)
"""In the last hour nobody is moved up by the bot: they may not see it in time. Whoever comes first has the place."""


@deed
def leave(work: Work, on: Roster, theirs: Sequence[Claim], *, verb: str = "leave") -> Outcome | Refusal:
    """Take these promises back, where who acts may."""
    if (refusal := rules.first([rules.may_leave(on, theirs, work.now), *whose(work, on, theirs)])) is not None:
        return refusal
    return withdraw(work, on, theirs, verb=verb)


def whose(work: Work, on: Roster, theirs: Sequence[Claim]) -> list[Refusal | None]:
    """For each of these claims, why who acts may not speak for it."""
    by = work.by
    barred = [rules.speaks_for(c, by.account, by.member, coordinates=False) for c in theirs]
    if any(barred) and work.may("arrange", on.occurrence.kind):  # asked for only where it matters
        return [rules.speaks_for(c, by.account, by.member, coordinates=True) for c in theirs]
    return barred


@deed
def withdraw(work: Work, on: Roster, theirs: Sequence[Claim], *, verb: str = "leave") -> Outcome:
    """End these claims, offer what became free, and tell those who must know. Asks nobody: see `leave`."""
    before, took = ClaimsBefore.of(theirs), [c for c in theirs if c in on.taking()]
    freed = take_back(work.session, on, theirs, WITHDRAWN)
    for claim in theirs:
        work.log(verb, on.occurrence, member=claim.member_id, claim=claim.id)
    work.session.flush()
    offered = fill(work, on) if freed else []
    if freed and not offered:
        first_come(work, on)
    late = took and soon(work, on)
    if late and freed and not offered and verb == "leave":
        seeking.begin(work, on, took)
    changed(work, on, {c.member_id for c in (*theirs, *offered)})
    if late and verb != "decline":  # who declines is spoken of to nobody
        for id in {c.member_id for c in took}:
            tell_coordinator(work, on, "notice.late_leave", whose=id, name=name_of(work, id))
    return before.outcome(verb, on.occurrence.id, theirs)


def first_come(work: Work, on: Roster) -> None:
    """In the last hour a place is kept for nobody: those who wait are told that whoever comes first has it."""
    starts = on.occurrence.starts_at
    if starts is None or not starts - NO_PROMOTION < work.now < starts or not on.waiting():
        return
    gone = away_on(work.session, work.here, work.now)
    for id in dict.fromkeys(c.member_id for c in on.waiting()):
        if id != work.by.member and id not in gone:
            stand(work, id, on, "notice.free", number=on.occurrence.number or 0)


def fill(work: Work, on: Roster) -> list[Claim]:
    """Offer every free place to the waiting list, unless it starts within the hour."""
    starts = on.occurrence.starts_at
    if not on.waiting() or (starts is not None and work.now > starts - NO_PROMOTION):
        return []
    gone = away_on(work.session, work.here, work.now, starts) | let_pass(work, on)
    offered = promote(work.session, on, pools=work.kind(on.occurrence).pools(on), passed=gone)
    for claim in offered:
        work.log("offer", on.occurrence, member=claim.member_id, claim=claim.id)
        asked, until = keep_place(work, on.occurrence, claim)
        work.owe(
            "offer",
            member_id=claim.member_id,
            occurrence_id=on.occurrence.id,
            claim_id=claim.id,
            occasion=str(claim.changes),
            due=asked,
            expires=on.occurrence.ends(),
            body=Offer(until=until.isoformat() if until else ""),
        )
        schedule(work, on.occurrence, [claim.member_id])
    return offered


def pass_on_place(work: Work, post: Post) -> None:
    """Nobody answered an offer in time: the next is asked. It is said to nobody else."""
    found = silent(work, post)
    if found is not None:
        on, claim = found
        offered = fill(work, on)
        if not offered:
            first_come(work, on)
        changed(work, on, {c.member_id for c in (claim, *offered)})


@deed
def answer_offer(work: Work, on: Roster, claim: Claim, *, yes: bool) -> Outcome | Refusal:
    """接受 or 谢绝: who was offered a place takes it, or it goes to the next."""
    if on.occurrence.state == CANCELLED:
        return Refusal("cancelled")
    if claim.promised != OFFERED:
        return Refusal("no_offer")
    if not yes:
        return withdraw(work, on, [c for c in on.claims if c.id == claim.id], verb="decline")
    before = ClaimsBefore.of([claim])
    promise(work.session, claim, CLAIMED)
    work.log("accept", on.occurrence, member=claim.member_id, claim=claim.id)
    changed(work, on, {claim.member_id})
    return before.outcome("accept", on.occurrence.id, [claim])
