"""Pictures of matters: which file, of which matter and step, by whom, and whether everybody may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, delete, select, update

from core import columns

MOST = 6
"""Pictures of one matter: what is wrong can be seen from them."""
LOOSE_FOR = timedelta(minutes=15)
"""How long a picture that came without words waits for the words that say what it is."""


class MatterPicture(SQLModel, table=True):
    """A picture of a matter. `matter_id` 0: it came without words, and may yet belong to one."""

    __table_args__ = (Index("ix_matterpicture_matter", "community_id", "matter_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    matter_id: int = columns.ref(0)
    step_id: int = columns.ref(0)  # the step it was sent with, 0 for what was brought
    name: str  # of the file: see `core.shelf`
    by_member: int = columns.ref(0)
    at: datetime = columns.moment()
    released: bool = False  # everybody may see it


def picture(session: Session, community_id: int, id: int) -> MatterPicture | None:
    return session.get(MatterPicture, (community_id, id))


def pictures_of(session: Session, community_id: int, *matter_ids: int) -> Sequence[MatterPicture]:
    """Their pictures, oldest first."""
    return session.exec(
        select(MatterPicture)
        .where(MatterPicture.community_id == community_id, col(MatterPicture.matter_id).in_(matter_ids))
        .order_by(col(MatterPicture.id))
    ).all()


def loose(session: Session, community_id: int, member_id: int, since: datetime) -> Sequence[MatterPicture]:
    """What somebody sent without words since then, oldest first."""
    return session.exec(
        select(MatterPicture)
        .where(
            MatterPicture.community_id == community_id,
            MatterPicture.matter_id == 0,
            MatterPicture.by_member == member_id,
            col(MatterPicture.at) >= since,
        )
        .order_by(col(MatterPicture.id))
    ).all()


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: what they sent with a matter is nobody's, and what belongs to none goes."""
    mine = (col(MatterPicture.community_id) == community_id, col(MatterPicture.by_member) == member_id)
    session.execute(delete(MatterPicture).where(*mine, col(MatterPicture.matter_id) == 0))
    session.execute(update(MatterPicture).where(*mine).values(by_member=0))


def names(session: Session, loose_since: datetime) -> set[str]:
    """The files of all pictures that are still wanted, of every community."""
    wanted = (col(MatterPicture.matter_id) != 0) | (col(MatterPicture.at) >= loose_since)
    every = col(MatterPicture.community_id).is_not(None)  # the shelf is that of all
    return set(session.exec(select(MatterPicture.name).where(every, wanted)).all())
