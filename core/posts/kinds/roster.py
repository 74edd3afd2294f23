"""The live roster of an activity: in its groups for as long as it is read, and with whoever asks for it."""

from __future__ import annotations

from core.deeds.group_line import one_line
from core.messages import Message
from core.posts.kind import Pictured, PostKind, Press
from core.posts.row import ROSTER as FIRST
from core.talk import excusing, joining, leaving
from core.talk.choosing import of_week
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.board import roster
from core.views.view import View
from core.views.week import week
from core.weeks import week_of


def shown(view: View) -> Message | None:
    """The roster of one; in a group that of all days of its week, where they stand in one message."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is not None and view.post.chat_id and on.occurrence.shown_with == on.occurrence.id:
        return week(view, week_of(view.lookup.session, on.occurrence))
    return roster(view)


def wish(turn: Turn, press: Press, verb: str) -> Wish:
    """What a press wants: of a week, which day is still to be found out."""
    return of_week(turn, Wish(verb, occurrence=press.post.occurrence_id, typed=not turn.pressed), press.post)


def join(turn: Turn, press: Press) -> None:
    """我来: whoever presses."""
    joining.join(turn, wish(turn, press, "join"))


def leave(turn: Turn, press: Press) -> None:
    """退出: whoever presses."""
    leaving.leave(turn, wish(turn, press, "leave"))


def excuse(turn: Turn, press: Press) -> None:
    """请假: whoever presses."""
    excusing.excuse(turn, wish(turn, press, "excuse"))


ROSTER = PostKind(
    "roster",
    render=shown,
    urgency=FIRST,
    pins=True,
    follows="always",
    means_activity=True,
    presses={"join": join, "leave": leave, "excuse": excuse},
    unheard=one_line,
    pictured=Pictured(
        "(?:报名)?(?:名单|花名册|名册|报名表|报名情况)",
        "(?:sign-?up )?(?:roster|list|sheet)|sign-?ups?|who is coming",
        "roster.stamp",
        of_activity=True,
    ),
)
