"""To whom 请假的送上门 is carried: who could not come to what was last, whichever way it is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.book import meetings
from core.claims import CLAIMED, EXCUSED, Claim, Roster, roster_of
from core.deeds.meetings import hears
from core.deeds.minuting import not_there
from core.invited import EXCUSED as ANSWERED
from core.invited import Invited
from core.members import Member, member
from core.work import Work

LATELY = timedelta(days=62)
"""What is longer ago was not last time."""


def excused_last(session: Session, community_id: int, now: datetime) -> tuple[int, list[Member]]:
    """The newest activity of which it is known that anybody was excused, and who was, each person once: said by
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
        return 0, []
    last = max((str(starts), id) for starts, id, _ in rows)
    found = [member(session, community_id, who) for starts, id, who in rows if (str(starts), id) == last]
    return last[1], list({who.id: who for who in found}.values())


def carried_to(work: Work, on: Roster | None = None) -> list[Member]:
    """Whom somebody goes to: of the last meeting (or of `on`) those who were not there and cannot be written to, else
    those who excused themselves; where that was from something later than a meeting, those.
    """
    session, here = work.session, work.here.id
    id, excused = excused_last(session, here, work.now)
    if on is None:
        begun = [o for o in meetings(session, here, work.now - LATELY) if o.starts_at and o.starts_at <= work.now]
        later = session.get(Occurrence, (here, id)) if id else None
        if not begun or (later is not None and str(later.starts_at) > str(begun[-1].starts_at)):
            return excused
        on = roster_of(session, begun[-1])
    away = not_there(on)
    far = [id for id in away if not hears(work, id)] or [id for id in away if id in on.excused()]
    return [member(session, here, id) for id in far]
