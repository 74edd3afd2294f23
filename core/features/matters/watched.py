"""Green watch: who is there is asked of what was found, 还在 or 好了; and the coordinator is told."""

from __future__ import annotations

from core import matters, posts
from core.deeds import matters as deeds
from core.deeds import watching
from core.features.matters.shown import bold_line, the_matter
from core.matters import Matter
from core.messages import Message
from core.posts.kind import PostKind, Press
from core.posts.row import ANSWER, NOTICE
from core.rules import Refusal
from core.turn import Turn
from core.views.view import View, lines


def green(view: View) -> Message | None:
    """还在吗？"""
    row = the_matter(view)
    if row is None:
        return None
    if not row.followed:
        return Message(lines(bold_line(view, row), view.say("matters.green.well")))
    if view.post.state != posts.OPEN:
        return Message(lines(bold_line(view, row), view.say("matters.green.still")))
    return Message(lines(bold_line(view, row), view.say("matters.green.ask")), view.open("still_there", "well"))


def looked_at(turn: Turn, press: Press) -> Matter | None:
    """The matter that was looked at; None if it is closed already, which is said."""
    row = matters.matter(turn.session, turn.here.id, press.post.occurrence_id, lock=True)
    if row is None or not row.followed or press.post.state != posts.OPEN:
        turn.refuse(Refusal("answered"))
        return None
    return row


def still_there(turn: Turn, press: Press) -> None:
    """还在."""
    row = looked_at(turn, press)
    if row is not None:
        watching.still_there(turn.work, row)
        posts.settle(turn.session, press.post, turn.now)
        turn.seen_done("matters.green.still")


def well(turn: Turn, press: Press) -> None:
    """好了."""
    row = looked_at(turn, press)
    if row is not None:
        deeds.well(turn.work, row)
        posts.settle(turn.session, press.post, turn.now)
        turn.seen_done("matters.green.well")


def still(view: View) -> Message | None:
    """To the coordinator: a watcher looked, and it is still there."""
    row = the_matter(view)
    return None if row is None else Message(lines(bold_line(view, row), view.say("matters.green.told")))


GREEN = PostKind("matters.green", render=green, urgency=ANSWER, presses={"still_there": still_there, "well": well})
STILL = PostKind("matters.still", render=still, urgency=NOTICE)
HELD = PostKind("matters.held", act=watching.act, urgency=NOTICE, restored=True)
