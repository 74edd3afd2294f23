"""What would happen, named before it does: 确认 or 返回."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.activities import Occurrence, Series
from core.claims import roster_of
from core.deeds import changing, repeating
from core.deeds.group_line import one_line
from core.messages import Message
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import SETTLED
from core.repeating import moment
from core.rules import Refusal
from core.talk.coordinating import BREAK, SERIES, STOP, Confirm, rang_up
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
    verbs = {SERIES: ("this_one", "all_from_here"), STOP: ("confirm", "all_from_here")}.get(body.how, ("confirm",))
    return Message(lines(view.say(body.key, **body.facts), far), view.open(*verbs, "back"))


def confirmed(turn: Turn, press: Press) -> None:
    """确认: cancelled."""
    if Confirm.of(press.post).how == STOP:
        stopped(turn, press)
        return
    if Confirm.of(press.post).how == BREAK:
        left_out(turn, press)
        return
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


def stopped(turn: Turn, press: Press) -> None:
    """确认 under 停 N: no more follow."""
    body = Confirm.of(press.post)
    row = turn.session.get_one(Series, (turn.here.id, body.series))
    done = repeating.stop(turn.work, row)
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome="confirm.stopped"))
    turn.seen_done("confirm.stopped", **body.facts)


def left_out(turn: Turn, press: Press) -> None:
    """确认 under 春节停两周: these of it are called off."""
    body = Confirm.of(press.post)
    row = turn.session.get_one(Series, (turn.here.id, body.series))
    done = repeating.leave_out(turn.work, row, [moment(known_by, turn.here) for known_by in body.starts])
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome="confirm.left_out"))
    turn.seen_done("confirm.left_out", **body.facts)


def all_from_here(turn: Turn, press: Press) -> None:
    """以后都不办: this one and all that follow are called off."""
    row = turn.session.get(Occurrence, (turn.here.id, press.post.occurrence_id))
    if row is None:
        turn.refuse(Refusal("old_button"))
        return
    done = repeating.cancel_from(turn.work, roster_of(turn.session, row))
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    body = Confirm.of(press.post)
    outcome = "confirm.ended_untold" if body.far else "confirm.ended"
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome=outcome))
    turn.seen_done(outcome, **body.facts)


def back(turn: Turn, press: Press) -> None:
    """返回: nothing was done."""
    posts.settle(turn.session, press.post, turn.now, replace(Confirm.of(press.post), outcome="confirm.back"))
    turn.seen_done("confirm.back")


THIS_ONE = ("只取消这一次", "这一次", "这次", "就这一次", "只取消这次", "只这次", "onlythisone", "justthisone")
ALL = ("以后都不办了", "都取消", "全取消", "全部取消", "以后都取消", "以后都不要了", "以后不办了", "allofthem", "all")
"""What is typed in place of the labels."""
CONFIRM = PostKind(
    "confirm",
    Confirm,
    confirm,
    presses={
        **dict.fromkeys(("confirm", "this_one"), confirmed),
        "all_from_here": all_from_here,
        "back": back,
        "called": rang_up,
    },
    means={
        "this_one": Typed(words=THIS_ONE),
        "all_from_here": Typed(words=ALL),
    },
    unheard=one_line,
)
