"""What goes when it is too old, kind by kind: each drops what was of use last before a moment; how much it was.

What happened stays: activities, claims, who was there, and that a report was made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, type_coerce
from sqlmodel import col, delete, func, or_, select

from core import keeping, posts
from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN, Occurrence, Series, Slot
from core.audit import AuditLine
from core.claims import Claim
from core.confided import Confided
from core.confiding import Heard
from core.consents import Consent
from core.disclosing import DetailsLink, DetailsProof
from core.drafts import Draft
from core.invited import Invited
from core.linking import REMEMBERED, LinkCode, LinkGuess
from core.matter_pictures import MatterPicture
from core.matters import Matter
from core.minutes import MinutesPicture
from core.plain import among
from core.posts import Post
from core.rounds import VisitReport
from core.way import Rows, Statement, one_of
from core.work import Work

MOST = 5_000
"""So many rows of a kind are dropped in one night, for whoever speaks then waits behind it."""
MOST_SHOWN = 300
"""So many messages are taken away from screens in one night."""
POSTED = (OPEN, CLOSED, CANCELLED)
HERE: Any = bindparam("community")
BEFORE: Any = bindparam("before")
"""What every statement here asks for by name. They are made once: it is night for every community at one moment."""


def rows_of(table: Any, *where: ColumnElement[bool]) -> Statement:
    """A statement that deletes such rows of a community."""
    return Statement(delete(table).where(col(table.community_id) == HERE, *where))


def old(work: Work, before: datetime) -> dict[str, Any]:
    """What those statements are to be run with."""
    return {"community": work.here.id, "before": before}


def drop(work: Work, statement: Statement, before: datetime) -> int:
    """How many rows went."""
    return statement.run(work.session, old(work, before))


def filled(column: Any) -> ColumnElement[bool]:
    """That a column of what was confided holds something."""
    return func.length(type_coerce(column, String)) > 0


# ------------------------------------------------------------ what stands on screens


SHOWN = Rows(
    Post,
    Post.community_id == HERE,
    Post.chat_id == 0,
    among(col(Post.kind), "kinds", String),
    col(Post.due) < BEFORE,
    cast(col(Post.body), String) != json.dumps(posts.GONE),
    order=(col(Post.id).desc(),),
)


def shown(work: Work, keeps: str, before: datetime) -> int:
    """Posts of kinds that are kept no longer: nothing of what they said is left, on screens neither."""
    kinds = [kind.name for kind in work.here.posts.values() if kind.kept == keeps]
    rows = SHOWN.all(work.session, **old(work, before), kinds=kinds)
    going = [post for post in rows if not post.body.get("gone")][:MOST_SHOWN]
    for post in going:
        posts.take_down(work.session, post, work.now)
    return len(going)


def words(work: Work, before: datetime) -> int:
    return shown(work, "words", before)


def calls(work: Work, before: datetime) -> int:
    return shown(work, "calls", before)


def wellbeing(work: Work, before: datetime) -> int:
    return shown(work, "wellbeing", before)


# ------------------------------------------------------------ activities


ENDS = func.coalesce(Occurrence.ends_at, Occurrence.starts_at)
OVER = (col(Occurrence.community_id) == HERE, one_of(col(Occurrence.state), POSTED), ENDS < BEFORE)
"""What was posted, and ended before then."""
OF_ACTIVITY: Any = bindparam("activity")
NEVER_POSTED = Rows(
    Occurrence,
    Occurrence.community_id == HERE,
    one_of(col(Occurrence.state), (DRAFT, DISCARDED)),
    col(Occurrence.draft_id) != 0,
    col(Occurrence.id).in_(
        select(Post.occurrence_id).where(
            Post.community_id == HERE, Post.kind == "draft", col(Post.due) < BEFORE, Post.chat_id == 0
        )
    ),
)
CLAIMED = select(Claim.slot_id).where(Claim.community_id == HERE, Claim.occurrence_id == OF_ACTIVITY)
UNCLAIMED = rows_of(Slot, col(Slot.occurrence_id) == OF_ACTIVITY, ~col(Slot.id).in_(CLAIMED))
WRITTEN = rows_of(Draft, col(Draft.occurrence_id) == OF_ACTIVITY)
CHANGED = rows_of(
    Draft,
    col(Draft.id).in_(
        select(Draft.id)
        .where(
            Draft.community_id == HERE,
            col(Draft.occurrence_id).in_(select(Occurrence.id).where(*OVER)),
            ~col(Draft.id).in_(select(Occurrence.draft_id).where(*OVER)),
        )
        .limit(MOST)
    ),
)


def drafts(work: Work, before: datetime) -> int:
    """What was written of activities that were never posted, and what stood there before a change of those over."""
    session, here = work.session, work.here.id
    never = NEVER_POSTED.all(session, **old(work, before))
    for o in never:
        o.state, o.title, o.place, o.bring, o.note, o.draft_id = DISCARDED, "", "", "", "", 0
        clear(o)
        session.add(o)
        for its in (UNCLAIMED, WRITTEN):
            its.run(session, {"community": here, "activity": o.id})
        for post in posts.standing(session, here, o.id, "draft"):
            posts.take_down(session, post, work.now)
    return len(never) + drop(work, CHANGED, before)


NEWEST = (
    select(func.max(Occurrence.number))
    .where(
        Occurrence.community_id == HERE,
        one_of(col(Occurrence.state), (OPEN, CLOSED)),
        col(Occurrence.number).is_not(None),
    )
    .group_by(col(Occurrence.kind))
)
GOES_ON = select(Series.id).where(Series.community_id == HERE, col(Series.rrule).is_not(None), ~col(Series.stopped))
CONFIDED = Rows(
    Occurrence,
    *OVER,
    ~col(Occurrence.number).in_(NEWEST),
    col(Occurrence.draft_id) != 0,
    or_(col(Occurrence.series_id).is_(None), ~col(Occurrence.series_id).in_(GOES_ON)),
)
SLOTS = Rows(Slot, Slot.community_id == HERE, Slot.occurrence_id == OF_ACTIVITY)


def confided(work: Work, before: datetime) -> int:
    """Whom activities were for, where they live, what to mind; and why somebody could not come. How many households
    there were, who went and for whom of the register stays. The newest of each kind keeps what the next is made like.
    """
    session, here = work.session, work.here.id
    rows = CONFIDED.all(session, **old(work, before))[:MOST]
    for o in rows:
        clear(o)
        o.draft_id = 0
        session.add(o)
        for slot in SLOTS.all(session, community=here, activity=o.id):
            slot.confided = Confided()
            session.add(slot)
        WRITTEN.run(session, {"community": here, "activity": o.id})
    return len(rows) + reasons(work, before)


def clear(o: Occurrence) -> None:
    o.title_confided = o.place_confided = o.bring_confided = o.confided = Confided()


REASONS = Rows(Invited, Invited.community_id == HERE, col(Invited.at) < BEFORE, filled(Invited.reason))


def reasons(work: Work, before: datetime) -> int:
    rows = REASONS.all(work.session, **old(work, before))
    for row in rows:
        row.reason = Confided()
        work.session.add(row)
        for post in posts.standing(work.session, work.here.id, row.occurrence_id, "meeting.reason"):
            posts.take_down(work.session, post, work.now)
    return len(rows)


# ------------------------------------------------------------ all else


OF_MATTERS = rows_of(
    MatterPicture,
    col(MatterPicture.matter_id).in_(
        select(Matter.id).where(Matter.community_id == HERE, col(Matter.closed_at) < BEFORE)
    ),
)
OF_MEETINGS = rows_of(MinutesPicture, col(MinutesPicture.at) < BEFORE)


def pictures(work: Work, before: datetime) -> int:
    """Of matters that were closed, and meetings that were, by then. Files go when nothing names them any more."""
    return drop(work, OF_MATTERS, before) + drop(work, OF_MEETINGS, before)


WITHDRAWN = rows_of(Consent, col(Consent.ended_at) < BEFORE)


def withdrawn(work: Work, before: datetime) -> int:
    """That somebody agreed, once they took it back."""
    return drop(work, WITHDRAWN, before)


def oldest(table: type[AuditLine | Heard]) -> Statement:
    """The oldest rows by then, which ids are in the order of: not all at once after years."""
    by_id = select(table.id).where(table.community_id == HERE, col(table.at) < BEFORE).order_by(col(table.id))
    return rows_of(table, col(table.id).in_(by_id.limit(MOST)))


DID, READ = oldest(AuditLine), oldest(Heard)


def log(work: Work, before: datetime) -> int:
    """Lines of who did what."""
    return drop(work, DID, before)


def reads(work: Work, before: datetime) -> int:
    """Lines of who was shown what was confided."""
    return drop(work, READ, before)


TOLD = Rows(VisitReport, VisitReport.community_id == HERE, col(VisitReport.at) < BEFORE, filled(VisitReport.words))
REPORTED = Rows(Post, Post.community_id == HERE, Post.kind == "round.report", among(col(Post.occasion), "ids", String))


def reports(work: Work, before: datetime) -> int:
    """The words of what visitors said. That somebody was there, and when, stays."""
    rows = TOLD.all(work.session, **old(work, before))
    for row in rows:
        row.words, row.handed_at = Confided(), None
        work.session.add(row)
    if rows:
        for post in REPORTED.all(work.session, community=work.here.id, ids=[str(row.id) for row in rows]):
            posts.take_down(work.session, post, work.now)
    return len(rows)


EXPIRED = (
    rows_of(LinkCode, col(LinkCode.expires) < bindparam("now")),
    rows_of(LinkGuess, col(LinkGuess.last) < bindparam("remembered")),
    rows_of(DetailsLink, col(DetailsLink.expires) < bindparam("now")),
    Statement(delete(DetailsProof).where(col(DetailsProof.at) < bindparam("remembered"))),
)


def codes(work: Work) -> None:
    """Links and codes that are over: what they open is seconds or minutes old at most."""
    moments = {"now": work.now, "remembered": work.now - REMEMBERED}
    for statement in EXPIRED:
        statement.run(work.session, {"community": work.here.id, **moments})


Drop = Callable[[Work, datetime], int]
KINDS: Mapping[keeping.Kind, Drop] = {
    "drafts": drafts,
    "confided": confided,
    "pictures": pictures,
    "words": words,
    "calls": calls,
    "wellbeing": wellbeing,
    "consents": withdrawn,
    "log": log,
}
"""What `[keeping]` sets an age for, and how it is dropped."""
