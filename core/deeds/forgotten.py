"""Nobody forgotten: on Monday morning coordinators are told who has not been visited for long."""

from __future__ import annotations

from datetime import timedelta

from core import elders
from core.manners import NINE, wall
from core.posts import Post
from core.work import Work


def look_on_monday(work: Work) -> None:
    """Owe the next Monday morning on which it is looked whether anybody is forgotten."""
    today = work.now.astimezone(work.here.tz).date()
    due = wall(today + timedelta(days=7 - today.weekday()), NINE, work.here.tz)
    work.owe_at("visit.monday", due, occasion="monday")


def monday(work: Work, _post: Post) -> None:
    """Each coordinator is told, where there is anybody to name: that is looked at when it is shown."""
    if not elders.elders(work.session, work.here.id):
        return
    look_on_monday(work)
    day = f"{work.now.astimezone(work.here.tz):%Y-%m-%d}"
    for id in sorted(work.coordinators):
        work.owe("visit.on_monday", member_id=id, occasion=day, expires=work.now + timedelta(days=1))
