"""A stand-in is sought: the search at its times, the question with 我来替, and who is told that somebody was found."""

from __future__ import annotations

from core.deeds.group_line import one_line
from core.deeds.seeking import ask_on
from core.messages import Message, Span
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OFFER, Post
from core.searches import Seek, open_searches, still_sought
from core.talk import joining
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline
from core.views.readback import which_and_when
from core.views.view import View, lines


def stand_in(view: View) -> Message | None:
    """Who cannot come, what and when; once somebody is found, that."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    name: tuple[Span, ...] = (headline(view.lookup, on, view.lang),)
    title = [name, *facts(view.lookup, on, view.lang, private=False)]
    if not still_sought(view.lookup.session, on, view.lookup.now):
        if view.post.message is None and view.post.sending is None:
            return None
        return Message(lines(view.say("stand_in.found"), *title))
    body = Seek.of(view.post)
    first = view.say("stand_in.ask", name=view.lookup.name(body.whose)) if view.private else view.say("stand_in.group")
    return Message(lines(first, *title), view.open("stand_in"))


def step_in(turn: Turn, press: Press) -> None:
    """我来替: whoever presses has the place."""
    joining.join(turn, Wish("join", occurrence=press.post.occurrence_id, typed=not turn.pressed))


def in_words(turn: Turn, _intent: str) -> bool:
    """我来替, said where no question stands: the one place for which somebody is sought."""
    found = open_searches(turn.session, turn.here.id)
    if len(found) != 1:
        return False
    joining.join(turn, Wish("join", occurrence=found[0]))
    return True


def stood_in(view: View) -> Message | None:
    """To who left: somebody stands in; to the coordinator: who, and for whom."""
    on, body = view.lookup.roster(view.post.occurrence_id), Seek.of(view.post)
    if on is None:
        return None
    found, whose = view.lookup.name(body.found), view.lookup.name(body.whose)
    said = view.say(view.post.occasion, found=found, whose=whose)
    return Message(lines(said, (which_and_when(view, on),)))


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    """That a stand-in was found."""
    on = view.lookup.roster(post.occurrence_id)
    return () if on is None else (*view.say("stand_in.line"), f" {which_and_when(view, on)}")


SEEK = PostKind("seek", Seek, act=ask_on, urgency=NOTICE)
STAND_IN = PostKind(
    "stand_in",
    Seek,
    stand_in,
    urgency=OFFER,
    follows="offering",
    means_activity=True,
    labels={"stand_in": in_words},
    presses={"stand_in": step_in},
)
STOOD_IN = PostKind("stood_in", Seek, stood_in, urgency=OFFER, unheard=one_line, line=in_public)
