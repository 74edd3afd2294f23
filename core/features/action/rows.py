"""Action days: one day with several activities, posted together, moved together, shown above them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from sqlalchemy import Index, bindparam, exists
from sqlmodel import Session, SQLModel, col, select

from core import columns, posts
from core.activities import CANCELLED, CLOSED, DRAFT, OPEN, Occurrence
from core.claims import Roster
from core.deeds import changing, posting, repeating
from core.deeds.posting import Moments
from core.deeds.telling import tell_holders_of
from core.deeds.whole import deed
from core.drafts import Read
from core.ids import new_id
from core.kind import Arrangement
from core.members import groups
from core.rules import Refusal
from core.speaking import begins, none_of
from core.way import Rows
from core.work import Work

OVERVIEW: Final = "action.overview"


class ActionDay(SQLModel, table=True):
    """One day on which much is done at once."""

    community_id: int = columns.key()
    id: int = columns.key()
    title: str = ""
    posted: bool = False
    gone: bool = False  # thrown away before it was posted
    made_by: int = columns.ref(0)


class ActionPart(SQLModel, table=True):
    """That an activity is part of such a day, as which of them."""

    __table_args__ = (Index("ix_actionpart_occurrence", "community_id", "occurrence_id"),)

    community_id: int = columns.key()
    day_id: int = columns.key()
    occurrence_id: int = columns.key()
    position: int = 0


KEEPS = exists().where(col(ActionPart.community_id) == bindparam("community"))


def the_day(session: Session, community_id: int, id: int) -> ActionDay | None:
    return session.get(ActionDay, (community_id, id)) if id else None


def parts(session: Session, community_id: int, day_id: int) -> list[Occurrence]:
    """Its activities, in the order in which they were written."""
    where = (ActionPart.community_id == community_id, ActionPart.day_id == day_id)
    rows = session.exec(select(ActionPart).where(*where).order_by(col(ActionPart.position))).all()
    found = (session.get(Occurrence, (community_id, row.occurrence_id)) for row in rows)
    return [o for o in found if o is not None]


PART = Rows(
    ActionPart,
    ActionPart.community_id == bindparam("community"),
    ActionPart.occurrence_id == bindparam("occurrence"),
)


def day_of(session: Session, community_id: int, occurrence_id: int) -> ActionDay | None:
    """The day of which an activity is part, if it is of any."""
    row = PART.first(session, community=community_id, occurrence=occurrence_id)
    return None if row is None else the_day(session, community_id, row.day_id)


def is_part(session: Session, o: Occurrence) -> bool:
    """Whether it is part of a day that was posted as a whole."""
    return PART.first(session, community=o.community_id, occurrence=o.id) is not None


def last_day(work: Work) -> ActionDay | None:
    """The newest that was posted and took place, or is to: not all of it was called off."""
    days = work.session.exec(
        select(ActionDay)
        .where(ActionDay.community_id == work.here.id, col(ActionDay.posted))
        .order_by(col(ActionDay.id).desc())
    ).all()
    return next((day for day in days if any(stands(o) for o in parts(work.session, work.here.id, day.id))), None)


def stands(o: Occurrence) -> bool:
    return o.state in (OPEN, CLOSED)


def coming(work: Work) -> list[ActionDay]:
    """Those posted that are still to come."""
    days = work.session.exec(
        select(ActionDay).where(ActionDay.community_id == work.here.id, col(ActionDay.posted))
    ).all()
    return [day for day in days if any(to_come(work, o) for o in parts(work.session, work.here.id, day.id))]


def to_come(work: Work, o: Occurrence) -> bool:
    return o.state not in (CANCELLED, DRAFT) and o.starts_at is not None and o.starts_at > work.now - timedelta(days=1)


# ------------------------------------------------------------ deeds


@deed
def draw_up(work: Work, title: str, rows: Sequence[Occurrence]) -> ActionDay:
    """These drafts are parts of one day."""
    day = ActionDay(community_id=work.here.id, id=new_id(work.now), title=title, made_by=work.by.member)
    work.session.add(day)
    begins(work.session, work.here.id, "action")
    for position, o in enumerate(rows):
        work.session.add(ActionPart(community_id=work.here.id, day_id=day.id, occurrence_id=o.id, position=position))
    work.session.flush()
    work.log("action", matter=day.id)
    return day


@deed
def publish(work: Work, day: ActionDay) -> None:
    """The overview first, in every group that any part goes to, then each part."""
    day.posted = True
    work.session.add(day)
    rows = parts(work.session, work.here.id, day.id)
    named = {chat for o in rows for chat in o.chats} if all(o.chats for o in rows) else set()
    for chat in groups(work.session, work.here.id):
        if not named or chat.id in named:
            work.owe(OVERVIEW, chat_id=chat.id, claim_id=day.id)
    work.session.flush()
    for o in rows:
        posting.publish(work, o)
        for roster in posts.standing(work.session, work.here.id, o.id, "roster"):
            roster.body = {**roster.body, "beneath": True}
            work.session.add(roster)


@deed
def discard(work: Work, day: ActionDay) -> None:
    """Nothing of it ever reached a group."""
    day.gone = True
    work.session.add(day)
    for o in parts(work.session, work.here.id, day.id):
        if o.state == DRAFT:
            posting.discard(work, o)


class Moved(NamedTuple):
    """One part as it is to be on another day."""

    on: Roster
    plan: Arrangement
    moments: Moments
    read: Read


@deed
def move(work: Work, parts: Sequence[Moved]) -> Refusal | None:
    """All of them, or none. Whoever is in several is told once."""
    for on, plan, moments, read in parts:
        done = changing.change(work, on, plan, moments, read, tells=False)
        if isinstance(done, Refusal):
            return done
    tell_holders_of(work, [part.on for part in parts], "notice.moved")
    return None


@deed
def call_off(work: Work, day: ActionDay) -> Refusal | None:
    """None of its parts takes place. Whoever is in several is told once."""
    rows = [o for o in parts(work.session, work.here.id, day.id) if o.state != CANCELLED]
    if not all(work.may("arrange", o.kind) for o in rows):
        return Refusal("coordinators_only")
    repeating.call_off(work, rows)
    return None


def changed(work: Work, on: Roster) -> None:
    """Something changed of a part: the overview counts anew."""
    if none_of(work.session, work.here.id, "action"):
        return
    day = day_of(work.session, work.here.id, on.occurrence.id)
    if day is not None and day.posted:
        shown = select(posts.Post).where(
            posts.Post.community_id == work.here.id, posts.Post.kind == OVERVIEW, posts.Post.claim_id == day.id
        )
        posts.touch(work.session, work.session.exec(shown).all(), work.now)
