"""What would happen, named before it does: 确认 or 返回."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.activities import Occurrence
from core.claims import roster_of
from core.deeds import changing
from core.deeds.group_line import one_line
from core.messages import Message
from core.posts.kind import PostKind, Press
from core.posts.row import SETTLED
from core.rules import Refusal
from core.talk.coordinating import Confirm, rang_up
from core.turn import Turn
from core.views.calls import to_call
from core.views.view import View, lines


def confirm(view: View) -> Message | None:
    body = Confirm.of(view.post)
    if view.post.state == SETTLED:
        on = view.lookup.roster(view.post.occurrence_id)
        calls, press = to_call(view, on, body) if on is not None else ((), ())
        return Message(lines(view.say(body.outcome or "confirm.back", **body.facts), calls), press)
    far = view.say("confirm.untold", n=body.far) if body.far else ()
    return Message(lines(view.say(body.key, **body.facts), far), view.open("confirm", "back"))


def confirmed(turn: Turn, press: Press) -> None:
    """确认: cancelled."""
    row = turn.session.get_one(Occurrence, (turn.here.id, press.post.occurrence_id))
    on = roster_of(turn.session, row)
    done = changing.cancel(turn.work, on)
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    body = Confirm.of(press.post)
    how = "_untold" if body.far else "" if on.claims else "_empty"
    outcome = f"confirm.cancelled{how}"
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome=outcome))
    turn.seen_done(outcome, what=body.facts["what"])


def back(turn: Turn, press: Press) -> None:
    """返回: nothing was done."""
    posts.settle(turn.session, press.post, turn.now, replace(Confirm.of(press.post), outcome="confirm.back"))
    turn.seen_done("confirm.back")


CONFIRM = PostKind(
    "confirm", Confirm, confirm, presses={"confirm": confirmed, "back": back, "called": rang_up}, unheard=one_line
)
