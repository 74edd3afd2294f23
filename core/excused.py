"""Who excused themselves from what was last: they could not come, so somebody comes to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, EXCUSED, Claim
from core.invited import EXCUSED as ANSWERED
from core.invited import Invited
from core.members import Member, member

LATELY = timedelta(days=62)
"""What is longer ago was not last time."""


def excused_last(session: Session, community_id: int, now: datetime) -> list[Member]:
    """Those who were excused from the newest activity of which it is known that anybody was, each person once: said by
    themselves of a meeting to which they were invited, or recorded of who had promised.
    """
    lately = (
        col(Occurrence.state).in_((OPEN, CLOSED)),
        col(Occurrence.starts_at) > now - LATELY,
        col(Occurrence.starts_at) <= now,
    )
    recorded = (
        select(Occurrence.starts_at, Occurrence.id, Claim.member_id)
        .join(Claim, (col(Occurrence.community_id) == Claim.community_id) & (Occurrence.id == Claim.occurrence_id))
        .where(
            Claim.community_id == community_id,
            Claim.happened == EXCUSED,
            Claim.promised == CLAIMED,
            *lately,
        )
        .order_by(col(Claim.position), col(Claim.id))
    )
    said = (
        select(Occurrence.starts_at, Occurrence.id, Invited.member_id)
        .join(
            Invited, (col(Occurrence.community_id) == Invited.community_id) & (Occurrence.id == Invited.occurrence_id)
        )
        .where(Invited.community_id == community_id, Invited.answer == ANSWERED, *lately)
        .order_by(col(Invited.at), col(Invited.member_id))
    )
    rows = [*session.exec(said).all(), *session.exec(recorded).all()]
    if not rows:
        return []
    last = max((str(starts), id) for starts, id, _ in rows)
    found = [member(session, community_id, who) for starts, id, who in rows if (str(starts), id) == last]
    return list({who.id: who for who in found}.values())
