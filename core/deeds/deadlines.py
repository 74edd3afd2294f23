"""Deadlines: how long a place is kept for who was offered it, and when it is settled that who waits is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from core import posts
from core.activities import CANCELLED, Occurrence
from core.away import away_on
from core.claims import OFFERED, WAITLISTED, WITHDRAWN, Claim, Roster, promise, roster_of, take_back
from core.deeds.telling import changed, notify
from core.news import Notice
from core.posts import Post
from core.reminders import stamp
from core.way import Rows
from core.work import Work

KEPT = (
    (timedelta(hours=24), timedelta(hours=12)),
    (timedelta(hours=3), timedelta(hours=2)),
    (timedelta(hours=1), timedelta(minutes=20)),
)
"""Where the start is further away than the first, a place is kept for the second."""


def kept_until(work: Work, o: Occurrence) -> tuple[datetime, datetime]:
    """When who is offered a place now is told so, and until when they may answer. Nobody is woken: at night the clock
    starts in the morning, unless the start comes first.
    """
    assert o.starts_at is not None  # noqa: S101 - places of what has no start are not kept
    quiet, asked = work.here.manners.quiet, work.now
    if quiet is not None and (morning := quiet.until(work.now, work.here.tz)) < o.starts_at - KEPT[-1][0]:
        asked = morning
    ahead = o.starts_at - asked
    return asked, asked + next((long for far, long in KEPT if ahead > far), KEPT[-1][1])


def keep_place(work: Work, o: Occurrence, claim: Claim) -> tuple[datetime, datetime | None]:
    """Owe the end of this offer. Returns when it is to be told, and until when it stands (None: for ever)."""
    if o.starts_at is None or o.all_day:
        return work.now, None
    asked, until = kept_until(work, o)
    work.owe("offer_ends", occurrence_id=o.id, claim_id=claim.id, occasion=str(claim.changes), due=until)
    return asked, until


def let_pass(work: Work, on: Roster) -> set[int]:
    """Of those who wait, who was asked before and was silent: nobody is asked twice."""
    rows = work.session.exec(
        select(Post.claim_id).where(
            Post.community_id == work.here.id,
            Post.occurrence_id == on.occurrence.id,
            Post.kind == "offer_ends",
            col(Post.due) <= work.now,
        )
    ).all()
    ended = set(rows)
    return {claim.member_id for claim in on.waiting() if claim.id in ended}


def silent(work: Work, post: Post) -> tuple[Roster, Claim] | None:
    """The offer that was not answered, if it is still one and somebody else waits: its member waits again, behind them.

    Where nobody else does, the place goes on being kept: see `overdue`.
    """
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    claim = work.session.get(Claim, (work.here.id, post.claim_id))
    if o is None or claim is None or claim.promised != OFFERED or str(claim.changes) != post.occasion:
        return None
    on = roster_of(work.session, o, lock=True)
    not_now = let_pass(work, on) | away_on(work.session, work.here, work.now, o.starts_at)
    if all(each.member_id in not_now for each in on.waiting()):
        return None
    promise(work.session, claim, WAITLISTED)
    claim.position = max(each.position for each in on.claims) + 1
    work.log("lapse", o, member=claim.member_id, claim=claim.id)
    work.session.flush()
    return roster_of(work.session, o, lock=True), claim


SILENT = Rows(
    Post,
    Post.community_id == bindparam("community"),
    Post.occurrence_id == bindparam("occurrence"),
    Post.kind == "offer_ends",
    Post.state == posts.ENDED,
    col(Post.due) <= bindparam("now"),
)


def overdue(work: Work, o: Occurrence) -> None:
    """Somebody waits from now on: places that are kept for who was silent too long are passed on after all."""
    for post in SILENT.all(work.session, community=work.here.id, occurrence=o.id, now=work.now):
        claim = work.session.get(Claim, (work.here.id, post.claim_id))
        if claim is not None and claim.promised == OFFERED and str(claim.changes) == post.occasion:
            post.state, post.pending, post.not_before = posts.OPEN, True, work.now
            work.session.add(post)


# ------------------------------------------------------------ not needed


def settle_at_start(work: Work, o: Occurrence, made: Sequence[Claim]) -> None:
    """When it begins, those who still wait for it are told that they are not needed."""
    if o.starts_at is None or o.all_day or not any(claim.promised == WAITLISTED for claim in made):
        return
    overdue(work, o)
    quiet = work.here.manners.quiet
    due = o.starts_at if quiet is None else quiet.until(o.starts_at, work.here.tz)
    work.owe("settled", occurrence_id=o.id, occasion=stamp(o.starts_at), due=due)


def settled(work: Work, post: Post) -> None:
    """It has begun: who waits for a roster that is full need not wait any more. The group reads it on the roster."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.state == CANCELLED or post.occasion != stamp(o.starts_at):
        return
    on = roster_of(work.session, o, lock=True)
    over = [c for c in on.waiting() if (slot := on.slot(c.slot_id)) is not None and not on.room(slot)]
    if not over:
        return
    take_back(work.session, on, over, WITHDRAWN)
    work.session.flush()
    for id in dict.fromkeys(claim.member_id for claim in over):
        work.log("not_needed", o, member=id)
        body = Notice(key="notice.not_needed", overheard=True)
        notify(work, id, "notice", o, body, urgency=posts.NOTICE)
    changed(work, on)
