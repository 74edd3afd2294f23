"""An action day is called off, or one part of it: how much of it is asked first, and everybody is told once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import posts, when
from core.activities import CANCELLED, Occurrence
from core.claims import Roster, roster_of
from core.deeds import changing
from core.deeds.group_line import one_line
from core.features.action import rows
from core.features.action.rows import ActionDay
from core.messages import Message, Span
from core.posts import Body, Press
from core.posts.kind import PostKind, Typed
from core.posts.row import OPEN
from core.reading import read_command
from core.rules import Refusal
from core.talk.asking import ask, look_private
from core.talk.coordinating import far
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.views.view import View, lines
from core.words import text


@dataclass(frozen=True, slots=True)
class Off(Body):
    """How many have joined, how many of them cannot be told, and how it was answered: whole, part or back."""

    n: int = 0
    far: int = 0
    outcome: str = ""


# ------------------------------------------------------------ asked


def hear(turn: Turn, words: str) -> bool:
    """取消 in answer to the overview."""
    answered = turn.answered
    if answered is None or answered.kind != rows.OVERVIEW or not turn.coordinates:
        return False
    command = read_command(words, context="reply", kinds=turn.kinds, lang=turn.lang)
    day = rows.the_day(turn.session, turn.here.id, answered.claim_id)
    if command.intent != "cancel" or command.ref is not None or day is None:
        return False
    ask_whole(turn, day)
    return True


def carry(turn: Turn, wish: Wish, words: str) -> bool:
    """取消行动日. False: neighbours said it to one another."""
    if not turn.coordinates:
        if turn.chat.private:
            turn.refuse(Refusal("coordinators_only"))
        return turn.chat.private
    days = [rows.the_day(turn.session, turn.here.id, wish.slot)] if wish.slot else named(turn, words)
    found = [day for day in days if day is not None]
    if len(found) == 1:
        ask_whole(turn, found[0])
    elif found:
        ask(turn, "action.which", [(called(turn, day), Wish("cancel_day", slot=day.id)) for day in found[:9]])
    elif turn.chat.private:
        turn.tell("action.none_to_cancel")
    else:
        return False
    return True


def named(turn: Turn, words: str) -> list[ActionDay]:
    """Those to come; that of this title alone, where one is said."""
    days = [day for day in rows.coming(turn.work) if len(standing(turn, day)) > 0]
    said = [day for day in days if day.title and day.title in words]
    return said or days


def called(turn: Turn, day: ActionDay) -> str:
    """'集中行动日 迎新年 12月5日周六'."""
    starts = next((o.starts_at for o in standing(turn, day) if o.starts_at is not None), None)
    on = when.day(starts, turn.here.tz, turn.lang, turn.now) if starts is not None else ""
    return " ".join(f"{text(turn.lang, 'action.head', title=day.title)} {on}".split())


def standing(turn: Turn, day: ActionDay) -> list[Occurrence]:
    """Its parts that are not called off."""
    return [o for o in rows.parts(turn.session, turn.here.id, day.id) if o.state != CANCELLED]


def ask_whole(turn: Turn, day: ActionDay, part: Roster | None = None) -> None:
    """What would happen is named, and how much of it is to be called off is asked."""
    rosters = [roster_of(turn.session, o) for o in standing(turn, day)]
    if not rosters:
        turn.tell("action.off_already", title=day.title)
        return
    turn.meant = Meant.SURELY
    body = Off(n=len({c.member_id for on in rosters for c in on.claims}), far=far(turn, *rosters))
    turn.privately(
        "action.off", claim_id=day.id, occurrence_id=part.occurrence.id if part is not None else 0, body=body
    )
    look_private(turn)


def cancels(turn: Turn, on: Roster) -> bool:
    """取消 N of one that is part of a day of which more stands: all of it, or this part?"""
    day = rows.day_of(turn.session, turn.here.id, on.occurrence.id)
    if day is None or not day.posted or len(standing(turn, day)) < 2 or not turn.coordinates:
        return False
    ask_whole(turn, day, on)
    return True


# ------------------------------------------------------------ shown


def asked(view: View) -> Message | None:
    """要取消“巡逻 #1 …”吗？ 整天都取消 · 只这一项."""
    lookup, body = view.lookup, Off.of(view.post)
    day = rows.the_day(lookup.session, lookup.here.id, view.post.claim_id)
    if day is None:
        return None
    found = rows.parts(lookup.session, lookup.here.id, day.id)
    part = lookup.roster(view.post.occurrence_id) if view.post.occurrence_id else None
    what = f"{view.text('action.head', title=day.title)} {day_words(view, found)}".strip()
    if body.outcome:
        return Message(view.say(f"action.off_{body.outcome}", what=what, n=len(found), part=part_words(view, part)))
    still = len([o for o in found if o.state != CANCELLED])
    facts: dict[str, str | int] = {"what": what, "n": still, "people": body.n, "part": part_words(view, part)}
    told: tuple[Span, ...] = view.say("action.off_people" if body.n else "action.off_nobody", **facts)
    far_off = view.say("confirm.untold", n=body.far) if body.far else ()
    verbs = ("whole_day", "only_this") if part is not None else ("confirm",)
    question = view.say("action.off_part" if part is not None else "action.off_all", **facts)
    return Message(lines(question, told, far_off), view.open(*verbs, "back"))


def day_words(view: View, found: list[Occurrence]) -> str:
    """The day it is on, or was to be."""
    on = [o for o in found if o.state != CANCELLED] or found
    starts = next((o.starts_at for o in on if o.starts_at is not None), None)
    return when.day(starts, view.lookup.here.tz, view.lang, view.lookup.now) if starts is not None else ""


def part_words(view: View, part: Roster | None) -> str:
    if part is None:
        return ""
    kind = view.lookup.kind(part)
    return f"{kind.title(part.occurrence, view.lang)} #{part.occurrence.number} {view.lookup.when(part, view.lang)}"


# ------------------------------------------------------------ pressed


def whole_day(turn: Turn, press: Press) -> None:
    """整天都取消: whoever is in several parts is told once."""
    day = rows.the_day(turn.session, turn.here.id, press.post.claim_id)
    if still_open(turn, press):
        done = rows.call_off(turn.work, day) if day is not None else Refusal("old_button")
        settle(turn, press, "whole", done)


def only_this(turn: Turn, press: Press) -> None:
    """只这一项."""
    row = turn.session.get(Occurrence, (turn.here.id, press.post.occurrence_id))
    if still_open(turn, press):
        done = changing.cancel(turn.work, roster_of(turn.session, row)) if row is not None else Refusal("old_button")
        settle(turn, press, "one", done if isinstance(done, Refusal) else None)


def back(turn: Turn, press: Press) -> None:
    if still_open(turn, press):
        settle(turn, press, "back", None)


def still_open(turn: Turn, press: Press) -> bool:
    """Whether it was not answered yet: a second press, and one on an old screen, does nothing."""
    if Off.of(press.post).outcome or press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return False
    return True


def settle(turn: Turn, press: Press, outcome: str, refused: Refusal | None) -> None:
    if refused is not None:
        turn.refuse(refused)
        return
    posts.settle(turn.session, press.post, turn.now, replace(Off.of(press.post), outcome=outcome))
    turn.seen_done("confirm.back" if outcome == "back" else "action.off_done")


WHOLE = ("整天", "整天取消", "都取消", "全取消", "全部取消", "全都取消", "allofit", "all", "thewholeday", "wholeday")
ONE = ("只取消这一项", "这一项", "就这一项", "只这项", "只取消这个", "justthispart", "thispart", "thisone", "onlythis")
"""What is typed in place of the labels."""
OFF = PostKind(
    "action.off",
    Off,
    asked,
    presses={**dict.fromkeys(("whole_day", "confirm"), whole_day), "only_this": only_this, "back": back},
    means={"whole_day": Typed(words=WHOLE), "only_this": Typed(words=ONE)},
    unheard=one_line,
)
