"""The digest put up, and had privately or not."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.deeds.whole import deed
from core.digest import Digesting, DigestReader, readers
from core.manners import wall
from core.members import groups
from core.posts import Body
from core.work import Work

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@deed
def put_up(work: Work, body: Body) -> int:
    """It stands in each group, and with who wants it privately; returns how many chats that are."""
    occasion = work.once()
    chats = groups(work.session, work.here.id)
    for chat in chats:
        work.owe("digest.posted", chat_id=chat.id, occasion=occasion, body=body)
    whom = readers(work.session, work.here.id)
    for id in whom:
        work.owe("digest.posted", member_id=id, occasion=occasion, body=body)
    work.log("digest")
    return len(chats) + len(whom)


@deed
def subscribe(work: Work, member_id: int) -> bool:
    """订阅; False if they have it already."""
    if member_id in readers(work.session, work.here.id):
        return False
    work.session.add(DigestReader(community_id=work.here.id, member_id=member_id, at=work.now))
    work.log("digest_subscribed", member=member_id)
    return True


@deed
def unsubscribe(work: Work, member_id: int) -> bool:
    """不订; False if they had it not."""
    row = work.session.get(DigestReader, (work.here.id, member_id))
    if row is None:
        return False
    work.session.delete(row)
    work.log("digest_unsubscribed", member=member_id)
    return True


def look_next(work: Work) -> None:
    """Owe the next moment at which a draft comes by itself, where the settings name one."""
    due = next_time(work.here.settings(Digesting).weekly, work)
    if due is not None:
        work.owe_at("digest.time", due, occasion="weekly")


def next_time(weekly: str, work: Work) -> datetime | None:
    """The next such weekday and hour after now; None for none."""
    day, _, hour = weekly.lower().partition(" ")
    if day not in DAYS:
        return None
    at, today = time.fromisoformat(hour), work.now.astimezone(work.here.tz).date()
    first = today + timedelta(days=(DAYS.index(day) - today.weekday()) % 7)
    due = wall(first, at, work.here.tz)
    return due if due > work.now else wall(first + timedelta(days=7), at, work.here.tz)
