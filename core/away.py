"""Who is away, from which day to which: asked, offered and reminded of nothing new in that time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence
from core.claims import Claim, promised_ahead
from core.here import Here
from core.members import member


class Away(SQLModel, table=True):
    """A member is away from one local day to another, both included."""

    __table_args__ = (Index("ix_away_member", "community_id", "member_id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    member_id: int = columns.ref(0)
    first: str = ""  # ISO
    last: str = ""  # ISO; '' until they say that they are back
    over: bool = False  # they are back, or stayed
    said_at: datetime = columns.moment()
    network: str = ""  # the account that said so, which may take it back
    account: str = ""

    def covers(self, day: date) -> bool:
        """Whether they are away on this day."""
        return not self.over and self.first <= day.isoformat() and (not self.last or day.isoformat() <= self.last)

    @property
    def begins(self) -> date:
        return date.fromisoformat(self.first)

    @property
    def ends(self) -> date | None:
        return date.fromisoformat(self.last) if self.last else None


def absences(session: Session, community_id: int, since: date) -> Sequence[Away]:
    """All that are not over on this day."""
    rows = session.exec(
        select(Away)
        .where(Away.community_id == community_id, col(Away.over).is_(False))
        .order_by(col(Away.first), col(Away.id))
    ).all()
    return [row for row in rows if not row.last or row.last >= since.isoformat()]


def of_member(session: Session, community_id: int, member_id: int, since: date) -> list[Away]:
    """Those of one member, the soonest first."""
    rows = absences(session, community_id, since)
    return [row for row in rows if member(session, community_id, row.member_id).id == member_id]


def away_on(session: Session, here: Here, *moments: datetime | None) -> set[int]:
    """The members who are away on the day of any of these moments: nobody asks or offers them anything."""
    days = {moment.astimezone(here.tz).date() for moment in moments if moment is not None}
    if not days:
        return set()
    rows = absences(session, here.id, min(days))
    return {member(session, here.id, row.member_id).id for row in rows if any(map(row.covers, days))}


def promised(session: Session, here: Here, member_id: int, row: Away, now: datetime) -> list[tuple[Occurrence, Claim]]:
    """What a member has promised, or waits for, in the time that they are away, soonest first."""
    found: dict[int, tuple[Occurrence, Claim]] = {}
    for o, claim in promised_ahead(session, here.id, member_id, now):
        if o.starts_at is not None and row.covers(o.starts_at.astimezone(here.tz).date()):
            found.setdefault(o.id, (o, claim))
    return list(found.values())


def day_after(row: Away) -> date:
    """The first day on which they are back. Only for one whose end is known."""
    return date.fromisoformat(row.last) + timedelta(days=1)
