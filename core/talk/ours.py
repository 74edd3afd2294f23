"""Whether a group is ours: what a coordinator answers, and what they hear then."""

from __future__ import annotations

from datetime import datetime

from core import posts
from core.deeds.cut_off import welcome
from core.deeds.groups import SECOND_THOUGHTS, By, Ours, ask, bind, refuse
from core.members import CONFIRMED, SETTINGS, KnownChat
from core.posts import Post
from core.rules import Refusal
from core.turn import Turn


def answer(turn: Turn, post: Post, verb: str) -> None:
    """是我们的群, 不是, or, within a day of the first, 不是我们的群. Who answers first decides."""
    session = turn.session
    chat = session.get(KnownChat, (turn.here.id, Ours.of(post).chat))
    by = (*turn.work.by.account, turn.member.id)
    if not turn.may("groups"):
        turn.refuse(Refusal("coordinators_only"))
    elif chat is None or (chat.closed and not chat.refused):
        turn.tell("ours.away")
    elif verb == "disown":
        disown(turn, post, chat, by)
    elif post.state != posts.OPEN or chat.bound or chat.refused:
        turn.refuse(Refusal("answered"))
    else:
        if verb == "ours":
            bind(session, chat, CONFIRMED, turn.now, by)
            welcome(session, turn.here, chat, turn.now)
        else:
            refuse(session, chat, turn.now, by)
        turn.tell("ours.noted_yes" if verb == "ours" else "ours.noted_no")
        session.flush()
        ask(session, turn.here, turn.now)


def disown(turn: Turn, post: Post, chat: KnownChat, by: By) -> None:
    """It was confirmed by mistake: the bot leaves it after all."""
    if not chat.bound:
        turn.refuse(Refusal("answered"))
    elif chat.bound == SETTINGS:
        turn.tell("ours.settings")
    elif turn.now - datetime.fromisoformat(Ours.of(post).at) > SECOND_THOUGHTS:
        turn.tell("ours.late")
    else:
        refuse(turn.session, chat, turn.now, by)
        turn.tell("ours.noted_no")
