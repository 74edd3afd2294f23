"""Copies of a roster as a chain that were seen: what a pasted one is told from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence
from core.confided import Confided
from core.ids import new_id

MOST = 6
"""Copies remembered for each activity: the one that a paste grew out of is among the last few that were seen."""


class ChainCopy(SQLModel, table=True):
    """One copy, handed out or pasted."""

    __tablename__ = "chain_copy"
    __table_args__ = (Index("ix_chain_copy_occurrence", "community_id", "occurrence_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    words: Confided = columns.confided("chain_copy.words")


def copies(session: Session, community_id: int, occurrence_ids: Iterable[int]) -> list[ChainCopy]:
    """The copies that were seen of these activities, oldest first."""
    return list(
        session.exec(
            select(ChainCopy)
            .where(ChainCopy.community_id == community_id, col(ChainCopy.occurrence_id).in_(list(occurrence_ids)))
            .order_by(col(ChainCopy.id))
        ).all()
    )


def remember(session: Session, o: Occurrence, words: str, now: datetime) -> None:
    """Keep a copy that was seen, and let go of the oldest."""
    for old in copies(session, o.community_id, [o.id])[: 1 - MOST]:
        session.delete(old)
    session.add(ChainCopy(community_id=o.community_id, id=new_id(now), occurrence_id=o.id, words=Confided(words)))
    session.flush()
