"""The live roster of an activity: in its groups for as long as it is read, and with whoever asks for it."""

from __future__ import annotations

from core.deeds.group_line import one_line
from core.posts.kind import PostKind, Press
from core.posts.row import ROSTER as FIRST
from core.talk import excusing, joining, leaving
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.board import roster


def join(turn: Turn, press: Press) -> None:
    """我来: whoever presses."""
    joining.join(turn, Wish("join", occurrence=press.post.occurrence_id, typed=not turn.pressed))


def leave(turn: Turn, press: Press) -> None:
    """退出: whoever presses."""
    leaving.leave(turn, Wish("leave", occurrence=press.post.occurrence_id, typed=not turn.pressed))


def excuse(turn: Turn, press: Press) -> None:
    """请假: whoever presses."""
    excusing.excuse(turn, Wish("excuse", occurrence=press.post.occurrence_id, typed=not turn.pressed))


ROSTER = PostKind(
    "roster",
    render=roster,
    urgency=FIRST,
    pins=True,
    follows="always",
    means_activity=True,
    presses={"join": join, "leave": leave, "excuse": excuse},
    unheard=one_line,
)
