"""The morning line of a group: what there is to do on this day, each with how many have promised."""

from __future__ import annotations

from datetime import date, time, timedelta

from core import when
from core.activities import CANCELLED, posted
from core.deeds.todays import say_it
from core.manners import wall
from core.messages import Message
from core.posts.kind import PostKind
from core.posts.row import NOTICE
from core.views.details import headline, so_many
from core.views.view import View, lines


def todays(view: View) -> Message | None:
    """A line each, soonest first."""
    lookup, here = view.lookup, view.lookup.here
    day = date.fromisoformat(view.post.occasion)
    begins, ends = (wall(day + timedelta(days=n), time.min, here.tz) for n in (0, 1))
    said = []
    for o in posted(lookup.session, here.id, lookup.now):
        on = lookup.roster(o.id)
        if on is None or o.starts_at is None or o.state == CANCELLED or not begins <= o.starts_at < ends:
            continue
        if o.chats and view.post.chat_id not in o.chats:
            continue
        n = so_many(lookup.kind(on), on, view.lang)
        at = "" if o.all_day else f"{when.clock(o.starts_at, here.tz, view.lang)} "
        said.append((f"{at}{headline(lookup, on, view.lang)} {n}",))
    if not said:
        return None
    return Message(lines(view.say("todays.head", day=when.day(begins, here.tz, view.lang, lookup.now)), *said))


TODAYS = PostKind("todays", render=todays, urgency=NOTICE, chatty=True)
MORNING = PostKind("morning", act=say_it, urgency=NOTICE, restored=True)
