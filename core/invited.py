"""Audiences: for which lists an activity is, and what each of those who are invited answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlmodel import Session, SQLModel, col, delete, select

from core import columns
from core.confided import Confided

EVERYBODY: Final = 0
"""In the place of a list: 全体."""
INVITED, ONLY = "invited", "only"
"""How `Occurrence.bidden` says that an activity is for somebody: others may come as well, or nobody else."""
EXCUSED: Final = "excused"


class Audience(SQLModel, table=True):
    """A list for which an activity is."""

    community_id: int = columns.key()
    occurrence_id: int = columns.key()
    list_id: int = columns.key()


class Invited(SQLModel, table=True):
    """Somebody who is invited to an activity. That they come is a claim; here is that they cannot, and why."""

    community_id: int = columns.key()
    occurrence_id: int = columns.key()
    member_id: int = columns.key()
    answer: str = ""  # EXCUSED, or '' while they said nothing but by a claim
    at: datetime | None = columns.moment()  # when they excused themselves
    reason: Confided = columns.confided("invited.reason")


def audience(session: Session, community_id: int, occurrence_id: int) -> list[int]:
    """The lists for which an activity is; EVERYBODY for 全体."""
    rows = session.exec(
        select(Audience.list_id)
        .where(Audience.community_id == community_id, Audience.occurrence_id == occurrence_id)
        .order_by(col(Audience.list_id))
    ).all()
    return list(rows)


def invited_to(session: Session, community_id: int, occurrence_id: int) -> list[Invited]:
    rows = session.exec(
        select(Invited)
        .where(Invited.community_id == community_id, Invited.occurrence_id == occurrence_id)
        .order_by(col(Invited.member_id))
    ).all()
    return list(rows)


def answers(session: Session, community_id: int, occurrence_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """By activity, what each of those who are invited answered, by member."""
    rows = session.exec(
        select(Invited.occurrence_id, Invited.member_id, Invited.answer).where(
            Invited.community_id == community_id, col(Invited.occurrence_id).in_(occurrence_ids)
        )
    ).all()
    found: dict[int, dict[int, str]] = {}
    for occurrence, member, answer in rows:
        found.setdefault(occurrence, {})[member] = answer
    return found


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: what they said why is gone; how many were invited stays true."""
    theirs = (col(Invited.community_id) == community_id, col(Invited.member_id) == member_id)
    session.execute(delete(Invited).where(*theirs))
