"""What goes when it is too old, kind by kind: each drops what was of use last before a moment; how much it was.

What happened stays: activities, claims, who was there, and that a report was made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, inspect
from sqlmodel import SQLModel, col, delete, func, or_, select

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
from core.posts import Post
from core.rounds import VisitReport
from core.work import Work

MOST = 5_000
"""So many rows of a kind are dropped in one night, for whoever speaks then waits behind it."""
MOST_SHOWN = 300
"""So many messages are taken away from screens in one night."""
POSTED = (OPEN, CLOSED, CANCELLED)


# ------------------------------------------------------------ what stands on screens


def shown(work: Work, keeps: str, before: datetime) -> int:
    """Posts of kinds that are kept no longer: nothing of what they said is left, on screens neither."""
    kinds = [kind.name for kind in work.here.posts.values() if kind.kept == keeps]
    rows = work.session.exec(
        select(Post)
        .where(Post.community_id == work.here.id, Post.chat_id == 0, col(Post.kind).in_(kinds), col(Post.due) < before)
        .order_by(col(Post.id).desc())
    ).all()
    old = [post for post in rows if not post.body.get("gone")][:MOST_SHOWN]
    for post in old:
        posts.take_down(work.session, post, work.now)
    return len(old)


def words(work: Work, before: datetime) -> int:
    return shown(work, "words", before)


def calls(work: Work, before: datetime) -> int:
    return shown(work, "calls", before)


def wellbeing(work: Work, before: datetime) -> int:
    return shown(work, "wellbeing", before)


# ------------------------------------------------------------ activities


def drafts(work: Work, before: datetime) -> int:
    """What was written of activities that were never posted, and what stood there before a change of those over."""
    session, here = work.session, work.here.id
    said = select(Post.occurrence_id).where(
        Post.community_id == here, Post.kind == "draft", col(Post.due) < before, Post.chat_id == 0
    )
    never = session.exec(
        select(Occurrence).where(
            Occurrence.community_id == here,
            col(Occurrence.state).in_((DRAFT, DISCARDED)),
            col(Occurrence.draft_id) != 0,
            col(Occurrence.id).in_(said),
        )
    ).all()
    for o in never:
        o.state, o.title, o.place, o.bring, o.note, o.draft_id = DISCARDED, "", "", "", "", 0
        clear(o)
        session.add(o)
        claimed = select(Claim.slot_id).where(Claim.community_id == here, Claim.occurrence_id == o.id)
        drop(work, Slot, col(Slot.occurrence_id) == o.id, ~col(Slot.id).in_(claimed))
        drop(work, Draft, col(Draft.occurrence_id) == o.id)
        for post in posts.standing(session, here, o.id, "draft"):
            posts.take_down(session, post, work.now)
    ended = select(Occurrence.id, Occurrence.draft_id).where(*over(here, before)).subquery()
    theirs = select(ended.c.draft_id)
    changes = select(Draft.id).where(
        Draft.community_id == here, col(Draft.occurrence_id).in_(select(ended.c.id)), ~col(Draft.id).in_(theirs)
    )
    return len(never) + drop(work, Draft, col(Draft.id).in_(changes.limit(MOST)))


def over(here: int, before: datetime) -> list[ColumnElement[bool]]:
    """What was posted, and ended before then."""
    ends = func.coalesce(Occurrence.ends_at, Occurrence.starts_at)
    return [col(Occurrence.community_id) == here, col(Occurrence.state).in_(POSTED), ends < before]


def confided(work: Work, before: datetime) -> int:
    """Whom activities were for, where they live, what to mind; and why somebody could not come. How many households
    there were, who went and for whom of the register stays. The newest of each kind keeps what the next is made like.
    """
    session, here = work.session, work.here.id
    posted = (Occurrence.community_id == here, col(Occurrence.state).in_((OPEN, CLOSED)))
    by_kind = select(func.max(Occurrence.number)).where(*posted).group_by(col(Occurrence.kind))
    newest = [number for number in session.exec(by_kind).all() if number is not None]
    goes_on = select(Series.id).where(Series.community_id == here, col(Series.rrule).is_not(None), ~col(Series.stopped))
    rows = session.exec(
        select(Occurrence)
        .where(*over(here, before), ~col(Occurrence.number).in_(newest), col(Occurrence.draft_id) != 0)
        .where(or_(col(Occurrence.series_id).is_(None), ~col(Occurrence.series_id).in_(goes_on)))
        .limit(MOST)
    ).all()
    for o in rows:
        clear(o)
        o.draft_id = 0
        session.add(o)
        for slot in session.exec(select(Slot).where(Slot.community_id == here, Slot.occurrence_id == o.id)).all():
            slot.confided = Confided()
            session.add(slot)
        drop(work, Draft, col(Draft.occurrence_id) == o.id)
    return len(rows) + reasons(work, before)


def clear(o: Occurrence) -> None:
    o.title_confided = o.place_confided = o.bring_confided = o.confided = Confided()


def reasons(work: Work, before: datetime) -> int:
    old = select(Invited).where(Invited.community_id == work.here.id, col(Invited.at) < before)
    rows = [row for row in work.session.exec(old).all() if row.reason]
    for row in rows:
        row.reason = Confided()
        work.session.add(row)
        for post in posts.standing(work.session, work.here.id, row.occurrence_id, "meeting.reason"):
            posts.take_down(work.session, post, work.now)
    return len(rows)


# ------------------------------------------------------------ all else


def pictures(work: Work, before: datetime) -> int:
    """Of matters that were closed, and meetings that were, by then. Files go when nothing names them any more."""
    closed = select(Matter.id).where(Matter.community_id == work.here.id, col(Matter.closed_at) < before)
    n = drop(work, MatterPicture, col(MatterPicture.matter_id).in_(closed))
    return n + drop(work, MinutesPicture, col(MinutesPicture.at) < before)


def withdrawn(work: Work, before: datetime) -> int:
    """That somebody agreed, once they took it back."""
    return drop(work, Consent, col(Consent.ended_at) < before)


def log(work: Work, before: datetime) -> int:
    """Lines of who did what."""
    return drop_oldest(work, AuditLine, before)


def reads(work: Work, before: datetime) -> int:
    """Lines of who was shown what was confided."""
    return drop_oldest(work, Heard, before)


def reports(work: Work, before: datetime) -> int:
    """The words of what visitors said. That somebody was there, and when, stays."""
    rows = told(work, before)
    for row in rows:
        row.words, row.handed_at = Confided(), None
        work.session.add(row)
    ids = {str(row.id) for row in rows}
    cards = select(Post).where(Post.community_id == work.here.id, Post.kind == "round.report")
    for post in (post for post in work.session.exec(cards).all() if post.occasion in ids):
        posts.take_down(work.session, post, work.now)
    return len(rows)


def told(work: Work, before: datetime) -> Sequence[VisitReport]:
    """Reports made by then of which the words are still kept."""
    query = select(VisitReport).where(VisitReport.community_id == work.here.id, col(VisitReport.at) < before)
    return [row for row in work.session.exec(query).all() if row.words]


def codes(work: Work) -> None:
    """Links and codes that are over: what they open is seconds or minutes old at most."""
    now = work.now
    drop(work, LinkCode, col(LinkCode.expires) < now)
    drop(work, LinkGuess, col(LinkGuess.last) < now - REMEMBERED)
    drop(work, DetailsLink, col(DetailsLink.expires) < now)
    work.session.execute(delete(DetailsProof).where(col(DetailsProof.at) < now - REMEMBERED))


def drop(work: Work, table: type[SQLModel], *where: ColumnElement[bool]) -> int:
    """Delete rows of this community; how many it were."""
    here = inspect(table).columns["community_id"] == work.here.id
    gone: int = work.session.connection().execute(delete(table).where(here, *where)).rowcount
    return gone


def drop_oldest(work: Work, table: type[AuditLine | Heard], before: datetime) -> int:
    """The oldest rows by then, which ids are in the order of: not all at once after years."""
    old = select(table.id).where(table.community_id == work.here.id, col(table.at) < before)
    ids = work.session.exec(old.order_by(col(table.id)).limit(MOST)).all()
    return sum(drop(work, table, col(table.id).in_(ids[n : n + 500])) for n in range(0, len(ids), 500))


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
