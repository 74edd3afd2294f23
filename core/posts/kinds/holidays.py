"""Public holidays on which a series falls: asked once, when it is posted, whether it takes place then."""

from __future__ import annotations

from dataclasses import replace

from core import posts, when
from core.activities import Series
from core.deeds import repeating
from core.messages import Message
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import OFFER
from core.reading.parts import feast_name
from core.repeating import moment
from core.rules import Refusal
from core.talk.breaks import Holidays
from core.turn import Turn
from core.views.view import View, lines

AS_USUAL = ("照旧", "照常巡逻", "照常进行", "不停", "正常", "asalways", "keepit", "keepthem")
PAUSE = ("停", "停一次", "放假", "都停", "停吧", "休息", "pauseit", "skipit", "skipthem")
"""What is typed in place of the labels."""


def holidays(view: View) -> Message | None:
    body = Holidays.of(view.post)
    if not view.lookup.reader(view.reader).coordinates:
        return None
    if body.answer:
        return Message(view.say(f"holidays.{body.answer}"))
    tz, comma = view.lookup.here.tz, view.text("list.comma")
    names = comma.join(feast_name(name, view.lang) for name in body.names)
    starts = [moment(known_by, view.lookup.here) for known_by in body.starts]
    days = comma.join(when.day(start, tz, view.lang, view.lookup.now) for start in starts)
    text = lines(
        view.say("holidays.first", names=names),
        view.say("holidays.days", days=days),
        view.say("holidays.question"),
    )
    return Message(text, view.open("pause_holidays", "as_usual"))


def pause(turn: Turn, press: Press) -> None:
    """放假停: those days are called off."""
    body = Holidays.of(press.post)
    row = turn.session.get(Series, (turn.here.id, body.series))
    if row is None or body.answer:
        turn.refuse(Refusal("old_button"))
        return
    came = repeating.leave_out(turn.work, row, [moment(known_by, turn.here) for known_by in body.starts])
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    settled(turn, press, "paused")


def as_usual(turn: Turn, press: Press) -> None:
    """照常: nothing is changed."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    settled(turn, press, "kept")


def settled(turn: Turn, press: Press, answer: str) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Holidays.of(press.post), answer=answer))
    turn.seen_done(f"holidays.{answer}")


HOLIDAYS = PostKind(
    "holidays",
    Holidays,
    holidays,
    urgency=OFFER,
    presses={"pause_holidays": pause, "as_usual": as_usual},
    means={"pause_holidays": Typed(words=PAUSE), "as_usual": Typed(words=AS_USUAL)},
)
