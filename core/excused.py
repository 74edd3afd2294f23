"""Who excused themselves from what was last: they could not come, so somebody comes to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, EXCUSED, SEEKING, Claim
from core.members import Member, member

LATELY = timedelta(days=62)
"""What is longer ago was not last time."""


def excused_last(session: Session, community_id: int, now: datetime) -> list[Member]:
    """Those who were excused from the newest activity of which it is known that anybody was, each person once."""
    rows = session.exec(
        select(Claim, Occurrence.starts_at)
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id),
        )
        .where(
            Claim.community_id == community_id,
            Claim.happened == EXCUSED,
            col(Claim.promised).in_((CLAIMED, SEEKING)),
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.starts_at) > now - LATELY,
            col(Occurrence.starts_at) <= now,
        )
        .order_by(col(Occurrence.starts_at).desc(), col(Claim.position), col(Claim.id))
    ).all()
    last = rows[0][0].occurrence_id if rows else 0
    found = [member(session, community_id, claim.member_id) for claim, _ in rows if claim.occurrence_id == last]
    return list({who.id: who for who in found}.values())
