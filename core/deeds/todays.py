"""The morning line: each group reads once what there is to do on this day, where the settings want it."""

from __future__ import annotations

from datetime import time, timedelta

from core.activities import posted
from core.manners import wall
from core.members import groups
from core.morning import next_morning
from core.posts import Body, Post
from core.work import Work


def begin(work: Work) -> None:
    """Owe the next morning line."""
    at = work.here.manners.morning
    if at is not None:
        work.owe_at("morning", next_morning(work.here, at, work.now), occasion="line")


def say_it(work: Work, _post: Post) -> None:
    """To each group that has anything on this day; and the next is owed."""
    begin(work)
    if work.here.manners.morning is None:
        return
    today = work.now.astimezone(work.here.tz).date()
    ends = wall(today + timedelta(days=1), time.min, work.here.tz)
    rows = [o for o in posted(work.session, work.here.id, work.now) if o.starts_at and work.now < o.starts_at < ends]
    for chat in groups(work.session, work.here.id):
        if any(not o.chats or chat.id in o.chats for o in rows):
            work.owe("todays", chat_id=chat.id, occasion=today.isoformat(), expires=ends, own=True, body=Body())
