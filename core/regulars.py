"""Who comes every week: a promise for all that follow of a series, with a pause perhaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence, Series
from core.claims import promised_ahead
from core.here import Here
from core.repeating import moment, series_of


class Regular(SQLModel, table=True):
    """A member who has a place in all that follow of a series, or in those on some weekdays. One row for each."""

    __table_args__ = (
        UniqueConstraint("community_id", "series_id", "member_id"),
        Index("ix_regular_member", "community_id", "member_id"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    series_id: int = columns.ref(0)
    member_id: int = columns.ref(0)
    weekdays: list[int] = columns.json(list)  # Monday is 0; empty: whenever it takes place
    since: datetime = columns.moment()
    paused_until: str = ""  # the last local day on which they do not come, ISO; '' for no pause
    ended: bool = False
    network: str = ""  # the account that said so, which may take it back
    account: str = ""

    def comes(self, day: date) -> bool:
        """Whether they come on this day, if it takes place."""
        on = not self.weekdays or day.weekday() in self.weekdays
        return on and not self.ended and day.isoformat() > self.paused_until


def regulars(session: Session, row: Series) -> Sequence[Regular]:
    """Those of a series, in the order in which they came."""
    return session.exec(
        select(Regular)
        .where(Regular.community_id == row.community_id, Regular.series_id == row.id, col(Regular.ended).is_(False))
        .order_by(col(Regular.id))
    ).all()


def regular_of(session: Session, row: Series, member_id: int) -> Regular | None:
    """What a member has promised of a series for good, ended or not."""
    return session.exec(
        select(Regular).where(
            Regular.community_id == row.community_id, Regular.series_id == row.id, Regular.member_id == member_id
        )
    ).first()


def of_member(session: Session, community_id: int, member_id: int) -> Sequence[Regular]:
    """All that a member has promised for good."""
    return session.exec(
        select(Regular)
        .where(Regular.community_id == community_id, Regular.member_id == member_id, col(Regular.ended).is_(False))
        .order_by(col(Regular.id))
    ).all()


def day_of(o: Occurrence, here: Here) -> date:
    """The day that one of a series is of by its rule, wherever it was moved to."""
    return moment(o.original, here).astimezone(here.tz).date()


def come_by(session: Session, here: Here, o: Occurrence) -> frozenset[int]:
    """The members who are on this one, if they are, because they come every week."""
    row = series_of(session, o) if o.original else None
    if row is None:
        return frozenset()
    day = day_of(o, here)
    return frozenset(one.member_id for one in regulars(session, row) if one.comes(day))


def next_of(session: Session, here: Here, member_id: int, now: datetime) -> Occurrence | None:
    """The next that a member is on because they come every week."""
    found = promised_ahead(session, here.id, member_id, now)
    return next((o for o, _ in found if member_id in come_by(session, here, o)), None)
