"""What was done on several days at once, said back in one message; with 撤销 for as long as it is as this left it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from core import posts
from core.claims import CLAIMED, WAITLISTED, Claim, Promised
from core.deeds import undoing
from core.deeds.group_line import one_line
from core.deeds.outcome import Moved, Outcome
from core.messages import Message, Span
from core.news import Told
from core.posts.kind import PostKind
from core.posts.row import OPEN, Post
from core.rules import Refusal
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.details import names
from core.views.readback import UNDO_FOR
from core.views.view import View, lines


def several(view: View) -> Message | None:
    """What it is, then a day a line; who only waits on one of them reads so."""
    body = Told.of(view.post)
    theirs = view.lookup.claims([id for id, _ in body.claims])
    if not theirs:
        return None
    if body.undone:
        return Message(view.say("back.undone"))
    days = {claim.occurrence_id: claim for claim in theirs}
    rows = [(on, claim) for id, claim in days.items() if (on := view.lookup.roster(id)) is not None]
    rows.sort(key=lambda pair: str(pair[0].occurrence.starts_at))
    if not rows:
        return None
    first = rows[0][0]
    title = view.lookup.kind(first).title(first.occurrence, view.lang)
    each = [
        view.say(f"at_once.{'waits' if waits(claim, body) else 'day'}", when=view.lookup.when(on, view.lang))
        for on, claim in rows
    ]
    fresh = view.lookup.now - view.post.due < UNDO_FOR and view.post.state == OPEN
    fresh = fresh and not any(view.off(on.occurrence.id) for on, _ in rows)
    return Message(lines(head(view, body, theirs), (title,), *each), view.open("undo") if fresh else ())


def waits(claim: Claim, body: Told) -> bool:
    return body.verb == "join" and claim.promised == WAITLISTED


def head(view: View, body: Told, theirs: Iterable[Claim]) -> tuple[Span, ...]:
    """Who did what."""
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != view.post.member_id))
    if body.by:
        mine = view.reader in (0, view.post.member_id)
        whom = view.text("back.you") if mine else view.lookup.name(view.post.member_id)
        return view.say(f"back.{body.verb}.by", who=view.lookup.name(body.by), whom=whom)
    if others:
        return view.say(f"back.{body.verb}.for", names=names(view.lookup, others, view.lang))
    return view.say(f"back.{body.verb}.me", me=view.lookup.name(view.post.member_id))


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    """That it was done, and for how many days."""
    body = Told.of(post)
    days = {claim.occurrence_id for claim in view.lookup.claims([id for id, _ in body.claims])}
    return view.say(f"at_once.line_{body.verb}", n=len(days))


def undo(turn: Turn, post: Post) -> None:
    """撤销: taken back on every day on which nothing has changed since."""
    body = Told.of(post)
    theirs = turn.lookup().claims([id for id, _ in body.claims])
    known, done = dict(body.claims), False
    for id in dict.fromkeys(claim.occurrence_id for claim in theirs):
        moved = tuple(Moved(c.id, known[c.id], c.member_id, was(body, c.id)) for c in theirs if c.occurrence_id == id)
        done = not isinstance(undoing.undo(turn.work, Outcome(body.verb, id, moved)), Refusal) or done
    if not done:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


def was(body: Told, claim: int) -> Promised | Literal[""]:
    """What a claim was before: new, where it was made here."""
    if body.verb == "join":
        return ""
    return WAITLISTED if claim in body.waited else CLAIMED


SEVERAL = PostKind("several", Told, several, presses={"undo": undoes(undo)}, unheard=one_line, line=in_public)
