"""Somebody is wanted: asked privately of who knows it, then of the group, with 我来."""

from __future__ import annotations

from core.activities import OPEN as STANDS
from core.claims import Roster
from core.deeds.underfilled import Gap, still_short
from core.messages import Message, Span
from core.posts import settle
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER, OPEN, Post
from core.reading import Command
from core.said.courtesies import courtesy
from core.talk import joining
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline
from core.views.view import View, lines


def wanted(view: View) -> Message | None:
    """How many are missing of what, and when; once there are enough, that."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.starts_at is None:
        return None
    title = [(headline(view.lookup, on, view.lang),), *facts(view.lookup, on, view.lang, private=False)]
    short = still_short(view.lookup.session, view.lookup.here, on)
    mine = bool(view.reader) and bool(on.of(view.reader))
    if not short or mine or on.occurrence.state != STANDS or view.lookup.now >= on.occurrence.starts_at:
        if view.post.message is None and view.post.sending is None:
            return None
        return Message(lines(view.say("wanted.enough"), *title))
    if view.post.state != OPEN:
        return Message(lines(view.say("wanted.never_mind"), *title))
    return Message(lines(how_many(view, on, short), *title), view.open("join"))


def how_many(view: View, on: Roster, short: list[Gap]) -> tuple[Span, ...]:
    to = "ask" if view.private else "group"
    kind = view.lookup.kind(on)
    if len(on.slots) == 1:
        return view.say(f"wanted.{to}", n=kind.count(short[0].missing, short[0].slot.unit, view.lang))
    return view.say("wanted.places" if view.private else "wanted.places_group")


def join(turn: Turn, press: Press) -> None:
    """我来."""
    joining.join(turn, Wish("join", occurrence=press.post.occurrence_id, typed=not turn.pressed))


def hears(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """我来, 好的: yes. 去不了: never mind. Anything else is about something else."""
    if post.state != OPEN or post.chat_id or not any(action == "join" for action, *_ in post.actions):
        return False
    yes = command.intent == "join" and command.ref is None and not command.day and not command.who
    if yes or courtesy(words) == "heard":
        join(turn, Press(post, "join"))
    elif command.intent == "leave" and command.ref is None:
        settle(turn.session, post, turn.now)
        turn.tell("wanted.never_mind")
    else:
        return False
    return True


WANTED = PostKind(
    "wanted",
    render=wanted,
    urgency=OFFER,
    follows="always",
    means_activity=True,
    presses={"join": join},
    hears=hears,
    later=False,
)
