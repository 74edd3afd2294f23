"""Sparing people: how often somebody was spoken to who had not asked for it, and who is asked nothing more for now."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlmodel import col, or_, select

from core.manners import wall
from core.posts import NOTICE, Post
from core.work import Work

A_DAY, A_FORTNIGHT = 4, 12
"""So many private messages at most that somebody did not ask for: answers, offers of a place they wait for, and
reminders of what they promised are not among them.
"""
FORTNIGHT = timedelta(days=14)
ASKS = ("wanted", "stand_in")


def asked_enough(work: Work, member_id: int) -> bool:
    """Whether they are to be asked nothing more today."""
    today = wall(work.now.astimezone(work.here.tz).date(), time.min, work.here.tz)
    told = unasked(work, member_id, work.now - FORTNIGHT)
    return len(told) >= A_FORTNIGHT or sum(at >= today for at in told) >= A_DAY


def unasked(work: Work, member_id: int, since: datetime) -> list[datetime]:
    """When they were told something that they had not asked for, since then."""
    rows = work.session.exec(
        select(Post.due).where(
            Post.community_id == work.here.id,
            Post.member_id == member_id,
            Post.due > since,
            Post.due <= work.now,
            or_(col(Post.kind).in_(ASKS), col(Post.urgency) == NOTICE),
            or_(col(Post.message).is_not(None), col(Post.pending)),
        )
    ).all()
    return list(rows)
