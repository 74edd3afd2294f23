"""People to be rung up: whom nobody can be reached for by chat, one after another, with 打过了 and 没接."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.activities import CANCELLED
from core.claims import Roster
from core.messages import Action, Message, Span
from core.news import Calls
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, REMINDER
from core.rules import Refusal
from core.turn import Turn
from core.views.calls import to_ring
from core.views.details import facts, headline, names, readable
from core.views.view import View, lines


def next_of(body: Calls, ids: list[int]) -> int:
    """Whose turn it is: who was not tried yet, then who did not answer; 0 when all were rung up."""
    left = [id for id in ids if id not in body.rang]
    return next((id for id in left if id not in body.missed), left[0] if left else 0)


def call(view: View) -> Message | None:
    """People nobody can be reached for by chat: somebody should call them, and what there is to say."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    body, lang = Calls.of(view.post), view.lang
    ids = to_ring(view.lookup, on, body.unread)
    if not ids:
        return None
    theirs = readable(view.lookup, on, [c for c in on.taking() if c.member_id in ids], view.reader)
    told, press = rung_up(view, on, body, ids)
    words = lines(
        view.say("call.first", names=names(view.lookup, ids, lang, on)),
        (headline(view.lookup, on, lang),),
        *facts(view.lookup, on, lang, private=bool(theirs), to=theirs),
        *told,
    )
    return Message(words, press)


def rung_up(view: View, on: Roster, body: Calls, ids: list[int]) -> tuple[list[tuple[Span, ...]], tuple[Action, ...]]:
    """Who was rung up, who did not answer, whose turn it is; and what there is to press."""
    turn = next_of(body, ids) if body.asks else 0
    done = [id for id in ids if id in body.rang]
    missed = [id for id in ids if id in body.missed and id not in body.rang]
    told: list[tuple[Span, ...]] = []
    if done:
        told.append(view.say("call.rang", names=names(view.lookup, done, view.lang, on)))
    if missed:
        told.append(view.say("call.missed", names=names(view.lookup, missed, view.lang, on)))
    if turn and len(ids) > 1:
        told.append(view.say("call.now", name=names(view.lookup, [turn], view.lang, on)))
    elif body.asks and not turn:
        told.append(view.say("call.all"))
    if not turn or view.post.state != OPEN:
        return told, ()
    return told, (view.action("called", str(turn)), view.action("no_answer", str(turn)))


def answered(turn: Turn, press: Press) -> None:
    """打过了, 没接: of the one whose turn it was when this was shown."""
    id, body = int(press.arg) if press.arg.isdecimal() else 0, calls_of(turn, press)
    if not id or id in body.rang:
        turn.refuse(Refusal("answered"))
        return
    if press.verb == "called":
        body = replace(body, rang=(*body.rang, id))
    else:
        body = replace(body, missed=(*(each for each in body.missed if each != id), id))
    press.post.body = body.stored()
    turn.work.log(press.verb, member=id)
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done(f"call.said.{press.verb}", name=turn.lookup().name(id))


def calls_of(turn: Turn, press: Press) -> Calls:
    body = turn.here.posts[press.post.kind].body.of(press.post)
    return body if isinstance(body, Calls) else Calls.of(press.post)


CALL = PostKind(
    "call",
    Calls,
    call,
    urgency=REMINDER,
    presses=dict.fromkeys(("called", "no_answer"), answered),
    follows="offering",
    kept="calls",
)
