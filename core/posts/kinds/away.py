"""Somebody is away: said back, with what they had promised in that time, each to be given back with one press."""

from __future__ import annotations

from core.away import Away
from core.deeds.absence import over
from core.deeds.group_line import one_line
from core.messages import Action, Message, Span
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER, OPEN, Post
from core.reading import Command
from core.talk import away as talk
from core.talk.away import Gone, in_words
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.details import headline
from core.views.view import View, lines
from core.when import day

MOST = 8
"""Promises that have an action each; the rest can be left in words."""


def away(view: View) -> Message | None:
    """From when to when, what that means, and what was promised: with 退出 for each that still stands."""
    body = Gone.of(view.post)
    lookup = view.lookup
    row = lookup.session.get(Away, (lookup.here.id, body.row))
    if row is None:
        return None
    today = lookup.now.astimezone(lookup.here.tz).date()
    if body.undone:
        return Message(view.say("away.undone"))
    said = {"span": in_words(row, view.lang, today), "name": lookup.name(row.member_id)}
    mine = view.reader in (row.member_id, 0)
    if body.by:
        first = view.say("away.by", **said, who=lookup.name(body.by))
    else:
        first = view.say("away.first" if mine else "away.first_for", **said)
    listed, press = promises(view, row, body)
    text = lines(
        first,
        view.say("away.until") if not row.last and not row.over else (),
        view.say("away.paused", n=body.paused) if body.paused else (),
        *listed,
        view.say("away.how_back") if mine and not row.over else (),
    )
    return Message(text, (*press, *view.open("undo")) if not row.over else ())


def promises(view: View, row: Away, body: Gone) -> tuple[list[tuple[Span, ...]], tuple[Action, ...]]:
    """A line for each promise, and what there is to press."""
    lookup = view.lookup
    out: list[tuple[Span, ...]] = []
    press: list[Action] = []
    for id in body.promises:
        on = lookup.roster(id)
        if on is None or on.occurrence.starts_at is None:
            continue
        holds = bool(on.of(row.member_id))
        line = f"{headline(lookup, on, view.lang)} {lookup.when(on, view.lang)}"
        out.append((line,) if holds else view.say("away.left", what=line))
        if holds and lookup.now < on.occurrence.starts_at and len(press) < MOST and view.post.state == OPEN:
            at = day(on.occurrence.starts_at, lookup.here.tz, view.lang, lookup.now)
            press.append(view.action("leave", str(id), view.text("away.leave", day=at)))
    if not out:
        return [], ()
    return [view.say("away.promised"), *out, *([view.say("away.how_leave")] if press else [])], tuple(press)


def leave(turn: Turn, press: Press) -> None:
    talk.give_back(turn, press.post, int(press.arg or 0))


def hears(turn: Turn, post: Post, words: str, _command: Command) -> bool:
    return talk.until(turn, post, words)


def in_public(view: View, _post: Post) -> tuple[Span, ...]:
    return view.say("away.line")


AWAY = PostKind(
    "away",
    Gone,
    away,
    urgency=OFFER,
    presses={"leave": leave, "undo": undoes(talk.undo)},
    hears=hears,
    unheard=one_line,
    line=in_public,
)
AWAY_OVER = PostKind("away_over", act=over, restored=True)
