"""Nobody forgotten: who of the register has not been visited for long; and the line on Monday morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import elders, when
from core.deeds import forgotten as deeds
from core.deeds.group_line import one_line
from core.messages import Confide, Message, Span
from core.posts.kind import PostKind
from core.posts.row import NOTICE, Post
from core.views.details import at_door
from core.views.view import View, lines
from core.visiting import Visiting
from core.work import Work

MOST = 40
"""So many are named at once; whoever waits longest comes first."""


@dataclass(frozen=True, slots=True)
class Since:
    """Somebody of the register, and since when nobody was there: `visited` or, where nobody ever was, registered."""

    id: int
    at: datetime
    visited: bool
    promised: bool  # somebody promised to go since then, and nobody said whether they did


def unvisited(view: View, *, never_too: bool) -> list[Since]:
    """Who has not been visited for so long as the settings say, longest first. `never_too`: and who never was."""
    lookup = view.lookup
    found = elders.last_visits(lookup.session, lookup.here.id, lookup.now)
    before = lookup.now - timedelta(days=lookup.here.settings(Visiting).forgotten_days)
    rows = elders.elders(lookup.session, lookup.here.id)
    out = []
    for row in rows:
        been, promised = found.get(row.id, (None, False))
        at = been or row.consent_at
        if at < before or (never_too and been is None):
            out.append(Since(row.id, at, been is not None, promised))
    return sorted(out, key=lambda each: (each.visited and each.at > before, each.at))


def line(view: View, each: Since) -> tuple[Span, ...]:
    who = view.lookup.elder(each.id)
    if who is None:
        return ()
    name = (Confide(f"{who.name} {at_door(who)}"),)
    day = when.day(each.at, view.lookup.here.tz, view.lang, each.at)
    said = view.say("elders.long.since", who=name, day=day) if each.visited else view.say("elders.long.never", who=name)
    return (*said, *view.say("elders.long.promised")) if each.promised else said


def long_ago(view: View) -> Message | None:
    """很久没去的."""
    if not view.lookup.reader(view.reader).may("elders"):
        return None
    days = view.lookup.here.settings(Visiting).forgotten_days
    found = unvisited(view, never_too=True)
    if not found and not elders.elders(view.lookup.session, view.lookup.here.id):
        return Message(view.say("elders.long.empty"))
    if not found:
        return Message(view.say("elders.long.nobody", n=days))
    return Message(lines(view.say("elders.long.head", n=len(found)), *(line(view, each) for each in found[:MOST])))


def on_monday(view: View) -> Message | None:
    """Nothing where nobody waits."""
    if not view.lookup.reader(view.reader).may("elders"):
        return None
    found = unvisited(view, never_too=False)
    if not found:
        return None
    head = view.say("elders.long.monday", n=len(found))
    return Message(lines(head, *(line(view, each) for each in found[:5]), view.say("elders.long.how")))


def monday(work: Work, post: Post) -> None:
    deeds.monday(work, post)


LONG_AGO = PostKind("visit.long_ago", render=long_ago, unheard=one_line, kept="words")
ON_MONDAY = PostKind("visit.on_monday", render=on_monday, urgency=NOTICE, kept="words")
MONDAY = PostKind("visit.monday", act=monday, urgency=NOTICE, restored=True)
