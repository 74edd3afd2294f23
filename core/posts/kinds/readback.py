"""What was done, said back to whoever did it or for whom it was done; with 撤销 while it is as this left it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from core import posts
from core.claims import CLAIMED, WAITLISTED, Promised, as_happened, by_id
from core.deeds import undoing
from core.deeds.group_line import one_line
from core.deeds.outcome import Moved, Outcome
from core.deeds.telling import notify
from core.members import member
from core.messages import Message, Span
from core.news import Told
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, Post
from core.rules import Refusal
from core.talk.deciding import do
from core.talk.namesakes import wished
from core.talk.saying import told
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.details import headline, names
from core.views.readback import UNDO_FOR, readback, which_and_when
from core.views.view import View, lines

# ------------------------------------------------------------ shown


def shown_back(view: View) -> Message | None:
    """Who, what, weekday and time; 撤销 for a day."""
    body = Told.of(view.post)
    spans = readback(view.lookup, body, view.post.member_id, view.lang, private=view.private, reader=view.reader)
    if not spans:
        return None
    if body.undone:
        key = "back.undone_waits" if body.undone == "waits" else "back.undone"
        return Message(lines(view.say(key), *about(view, body)))
    verbs = ("undo", "another") if body.another else ("undo",)
    return Message(spans, view.open(*verbs) if may_undo(view) else ())


def about(view: View, body: Told) -> list[tuple[Span, ...]]:
    """Which activity it was, and when."""
    theirs = view.lookup.claims([id for id, _ in body.claims])
    on = view.lookup.roster(theirs[0].occurrence_id) if theirs else None
    if on is None:
        return []
    return [(headline(view.lookup, on, view.lang),), (view.lookup.when(on, view.lang),)]


def may_undo(view: View) -> bool:
    """Whether nothing has changed since: an undo lives until the next change, or for a day."""
    claims = Told.of(view.post).claims
    now = {c.id: c.changes for c in view.lookup.claims([id for id, _ in claims])}
    fresh = view.lookup.now - view.post.due < UNDO_FOR
    if view.off(view.post.occurrence_id):
        return False
    return fresh and view.post.state == OPEN and all(now.get(id) == n for id, n in claims)


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    """That it was done, and for whom."""
    on, body = view.lookup.roster(post.occurrence_id), Told.of(post)
    if on is None:
        return ()
    ids = dict.fromkeys(c.member_id for c in view.lookup.claims([claim for claim, _ in body.claims]))
    others = [id for id in ids if id != post.member_id]
    which = f" {which_and_when(view, on)}"
    if others:
        return (*view.say(f"back.{body.verb}.for", names=names(view.lookup, others, view.lang, on)), which)
    return (*view.say(f"line.{body.verb}"), which)


# ------------------------------------------------------------ taken back


def undo(turn: Turn, post: Post) -> None:
    """撤销: what was promised is taken back, what was taken back is promised again, or waits."""
    if taken_back(turn, post):
        turn.seen_done("back.undone_waits" if Told.of(post).undone == "waits" else "back.undone")


def taken_back(turn: Turn, post: Post) -> bool:
    """Take it back. False: it cannot be, and that was said."""
    body, outcome = Told.of(post), done(post)
    fresh = may_undo(View(turn.lookup(), post, turn.lang, private=True))
    back = undoing.undo(turn.work, outcome) if fresh else Refusal("nothing_to_undo")
    if isinstance(back, Refusal):
        turn.refuse(back)
        return False
    now = {claim.id: claim.promised for claim in by_id(turn.session, turn.here.id, outcome.claims)}
    waits = any(now[each.claim] == WAITLISTED and each.promised == CLAIMED for each in outcome.moved)
    posts.settle(turn.session, post, turn.now, replace(body, undone="waits" if waits else True))
    tell_others(turn, back)
    return True


def tell_others(turn: Turn, back: Outcome) -> None:
    """Those for whom something was done by somebody else read that it was taken back: they were told of it as well."""
    on = undoing.roster_by_id(turn.work, back.occurrence)
    for id in back.members if on is not None else ():
        who = member(turn.session, turn.here.id, id)
        if on is None or turn.member.id in (who.id, who.proxy_id):
            continue
        theirs = back.of(id)
        now = {claim.id: claim.promised for claim in by_id(turn.session, turn.here.id, theirs.claims)}
        if all(now[each.claim] == each.promised for each in theirs.moved):
            continue  # what happened was corrected, nothing was promised
        verb = "leave" if not on.of(id) else "wait" if all(claim in on.waiting() for claim in on.of(id)) else "join"
        notify(turn.work, id, "readback", on.occurrence, replace(told(theirs, verb), by=turn.member.id))


def instead(turn: Turn, press: Press) -> None:
    """另一位: who was put down is taken off again, and another of that name comes."""
    if not Told.of(press.post).another or Told.of(press.post).undone:
        turn.refuse(Refusal("old_button"))
        return
    wish = wished(turn, press.post)
    if taken_back(turn, press.post):
        turn.pressed = False  # what follows is said back as after words
        do(turn, wish)


STATES: dict[str, Promised | Literal[""]] = {"join": "", "wait": "", "leave": CLAIMED, "skip": CLAIMED}
"""What a claim was before, by what was done."""


def done(post: Post) -> Outcome:
    """What was done, as the post on somebody's screen says it."""
    body = Told.of(post)
    was = dict(body.was)
    moved = tuple(
        Moved(
            id,
            changes,
            promised=WAITLISTED if id in body.waited else STATES.get(body.verb, CLAIMED),
            happened=as_happened(was.get(id, "")),
        )
        for id, changes in body.claims
    )
    return Outcome(body.verb, post.occurrence_id, moved)


READBACK = PostKind(
    "readback",
    Told,
    shown_back,
    follows="offering",
    means_activity=True,
    presses={"undo": undoes(undo), "another": instead},
    unheard=one_line,
    line=in_public,
    news="offer",  # whether somebody has a place is one thing
)
