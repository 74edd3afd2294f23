"""Minutes: what was said at a meeting, as it was written down, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.confided import Confided


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
