"""Minutes: what was said at a meeting, as it was written down, sealed; and the pictures that were taken there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, select, update

from core import columns
from core.confided import Confided

MOST = 9
"""Pictures of one meeting: as many as neighbours are used to show at once."""


class Minutes(SQLModel, table=True):
    """One part of the minutes of a meeting: several may follow one another."""

    __table_args__ = (Index("ix_minutes_occurrence", "community_id", "occurrence_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    by_member: int = columns.ref(0)  # who wrote it
    at: datetime = columns.moment()
    words: Confided = columns.confided("minutes.words")


def minutes_of(session: Session, community_id: int, occurrence_id: int) -> Sequence[Minutes]:
    """The parts in the order in which they were written."""
    return session.exec(
        select(Minutes)
        .where(Minutes.community_id == community_id, Minutes.occurrence_id == occurrence_id)
        .order_by(col(Minutes.id))
    ).all()


class MinutesPicture(SQLModel, table=True):
    """A picture of a meeting, kept with its minutes. It is for who was invited, until a coordinator releases it."""

    __table_args__ = (Index("ix_minutespicture_occurrence", "community_id", "occurrence_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    name: str  # of the file: see `core.shelf`
    by_member: int = columns.ref(0)
    at: datetime = columns.moment()
    released: bool = False  # it may stand where everybody reads: in the article of the digest


def picture(session: Session, community_id: int, id: int) -> MinutesPicture | None:
    return session.get(MinutesPicture, (community_id, id))


def pictures_of(session: Session, community_id: int, *occurrence_ids: int) -> Sequence[MinutesPicture]:
    """The pictures of these meetings, in the order in which they came."""
    return session.exec(
        select(MinutesPicture)
        .where(MinutesPicture.community_id == community_id, col(MinutesPicture.occurrence_id).in_(occurrence_ids))
        .order_by(col(MinutesPicture.id))
    ).all()


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: the pictures that they sent belong to the meeting, and are nobody's."""
    mine = (col(MinutesPicture.community_id) == community_id, col(MinutesPicture.by_member) == member_id)
    session.execute(update(MinutesPicture).where(*mine).values(by_member=0))


def picture_names(session: Session) -> set[str]:
    """The files of all pictures, of every community."""
    every = col(MinutesPicture.community_id).is_not(None)  # the shelf is that of all
    return set(session.exec(select(MinutesPicture.name).where(every)).all())
