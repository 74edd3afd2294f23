"""Attendance: from when to when somebody was there, who recorded it, and who confirmed it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence
from core.claims import THERE, Claim

QUARTER = timedelta(minutes=15)
"""Hours count in quarters; and who presses so little before or after the hour was there at the hour."""
LONGEST_AFTER = timedelta(hours=2)
"""So long after the end 平安结束 still says when it ended: later it was pressed at home."""


class Attendance(SQLModel, table=True):
    """What is known of one head's being there, beside its claim: one row for each claim of which anything was said."""

    community_id: int = columns.key()
    claim_id: int = columns.key()
    came_at: datetime | None = columns.moment()  # 到了 by themselves; None: from the start
    left_at: datetime | None = columns.moment()  # 平安结束, or leaving early; None: to the end
    by_member: int = columns.ref(0)  # who recorded it
    at: datetime | None = columns.moment()  # when it was recorded
    added: bool = False  # recorded after the check-in was over
    confirmed_by: int = columns.ref(0)  # the coordinator who said so too
    minutes: int = 0  # what a coordinator granted in place of from-to; 0 for none


def attendance_of(session: Session, community_id: int, claims: Collection[int]) -> dict[int, Attendance]:
    """What is known of these claims, by their ids."""
    rows = session.exec(
        select(Attendance).where(Attendance.community_id == community_id, col(Attendance.claim_id).in_(claims))
    ).all()
    return {row.claim_id: row for row in rows}


def row_of(session: Session, claim: Claim) -> Attendance:
    """The row of a claim, to be changed; new where nothing was said yet."""
    found = session.get(Attendance, (claim.community_id, claim.id))
    return found or Attendance(community_id=claim.community_id, claim_id=claim.id)


def span(o: Occurrence, row: Attendance | None) -> tuple[datetime, datetime]:
    """From when to when somebody was there who was there: the hours of the activity, unless they came later or it ended
    otherwise. Only for one that has a start.
    """
    assert o.starts_at is not None  # noqa: S101 - nobody was at what has no start
    begins, ends = o.report_at or o.starts_at, o.ends()
    came, left = (row.came_at, row.left_at) if row is not None else (None, None)
    if came is not None and begins + QUARTER < came < ends:
        begins = came
    if left is not None and begins < left < ends + LONGEST_AFTER and abs(left - ends) > QUARTER:
        ends = left
    return begins, ends


def served(o: Occurrence, claim: Claim, row: Attendance | None) -> timedelta:
    """For how long somebody was there, in quarters of an hour; nothing for who was not, and for whole days."""
    if claim.happened not in THERE or o.starts_at is None:
        return timedelta(0)
    if row is not None and row.minutes:
        return timedelta(minutes=row.minutes)
    if o.all_day:
        return timedelta(0)
    begins, ends = span(o, row)
    return round((ends - begins) / QUARTER) * QUARTER
