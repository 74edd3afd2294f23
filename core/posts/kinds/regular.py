"""Somebody comes every week from now on: said back with how it ends, and to whom it was done for."""

from __future__ import annotations

from dataclasses import replace

from core import posts, when
from core.activities import Series
from core.deeds import regulars as deeds
from core.deeds.group_line import one_line
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.posts.row import OFFER, OPEN, Post
from core.regulars import Regular
from core.repeating import pattern_of
from core.rules import Refusal
from core.talk.regulars import Regularly
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.readback import UNDO_FOR
from core.views.view import View, lines


def regular(view: View) -> Message | None:
    """Who, what and on which days; the next of them; how one week is skipped, and how it ends."""
    session, here = view.lookup.session, view.lookup.here
    body = Regularly.of(view.post)
    row = session.get(Regular, (here.id, body.regular))
    series = session.get(Series, (here.id, row.series_id)) if row is not None else None
    like = pattern_of(session, series) if series is not None else None
    if row is None or like is None or series is None:
        return None
    if body.undone:
        return Message(view.say("back.undone"))
    title = here.kind(like).title(like, view.lang)
    days = when.weekdays(row.weekdays, view.lang) or when.rule(series, like, view.lang)
    me = row.member_id == (view.reader or view.post.member_id)
    name = view.lookup.name(row.member_id)
    if body.by:
        first = view.say("regular.by", who=view.lookup.name(body.by), what=title, days=days)
    elif row.member_id == view.post.member_id:
        first = view.say("regular.me", name=name, what=title, days=days)
    else:
        first = view.say("regular.for", name=name, what=title, days=days)
    how = view.say("regular.how", days=days if row.weekdays else view.text("regular.always")) if me else ()
    fresh = view.lookup.now - view.post.due < UNDO_FOR and view.post.state == OPEN
    return Message(lines(first, coming(view, body), how), view.open("undo") if fresh else ())


def coming(view: View, body: Regularly) -> tuple[Span, ...]:
    """The first of them that has a row: when it is."""
    rosters = [
        on for c in view.lookup.claims([id for id, _ in body.claims]) if (on := view.lookup.roster(c.occurrence_id))
    ]
    rosters.sort(key=lambda on: str(on.occurrence.starts_at))
    return view.say("regular.first", when=view.lookup.when(rosters[0], view.lang)) if rosters else ()


def undo(turn: Turn, post: Post) -> None:
    """撤销: as it was before."""
    body = Regularly.of(post)
    row = turn.session.get(Regular, (turn.here.id, body.regular))
    if row is None or row.ended:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    new = tuple(day for day in row.weekdays if day not in body.was) if body.was else ()
    came = deeds.end(turn.work, row, new)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


def in_public(view: View, _post: Post) -> tuple[Span, ...]:
    return view.say("regular.line")


REGULAR = PostKind(
    "regular", Regularly, regular, urgency=OFFER, presses={"undo": undoes(undo)}, unheard=one_line, line=in_public
)
