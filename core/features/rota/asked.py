"""Who can when, next month: with `[rota] ask` it may be asked once; a press for each part of the day, or none."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core import posts
from core.deeds.ladders import by_day
from core.deeds.passing import coordinators_of
from core.features.rota.parts import PARTS, Parts, answers
from core.features.rota.rows import month_of
from core.features.rota.settings import Table
from core.manners import NINE, wall
from core.messages import Bold, Message
from core.posts import NOTICE, OPEN, Body, Post
from core.posts.kind import PostKind, Press, Typed
from core.reading import Command
from core.reading.parts import Written
from core.rules import Refusal
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.work import Work

DAY = 25
"""Of the month, on which a coordinator is asked whether to ask for the next."""
WORDS = Written(__file__, "said.toml")
_SAID = {part: re.compile(WORDS.regex(part), re.IGNORECASE) for part in (*PARTS, "any", "none")}
_OTHER = re.compile(WORDS.regex("other"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfMonth(Body):
    """A month (ISO, its first day); what a coordinator made of it: sent or left."""

    first: str = ""
    outcome: str = ""
    n: int = 0


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


# ------------------------------------------------------------ a coordinator is asked, and asks


def look_next(work: Work) -> None:
    """At each start: on the 25th at nine a coordinator is asked, where that is set."""
    if not work.here.settings(Table).ask:
        return
    today = work.now.astimezone(work.here.tz).date()
    due = wall(today.replace(day=DAY), NINE, work.here.tz)
    if due <= work.now:
        due = wall(next_month(today).replace(day=DAY), NINE, work.here.tz)
    work.owe_at("rota.monthly", due, occasion=f"{due.astimezone(work.here.tz):%Y%m}")


def monthly(work: Work, _post: Post) -> None:
    """It is the 25th: a card for each coordinator; and the same again next month."""
    if not work.here.settings(Table).ask:
        return
    look_next(work)
    first = next_month(work.now.astimezone(work.here.tz).date())
    if not answers(work.session, work.here, first):
        for id in coordinators_of(work):
            body = OfMonth(first=first.isoformat())
            work.owe("rota.may_ask", member_id=id, occasion=f"{first:%Y%m}", body=body)


def ask_all(work: Work, first: date) -> int:
    """Each who does duty is asked once, by day: who was asked before of this month is not asked again. Returns how many
    were asked now.
    """
    before = {post.member_id for post in answers(work.session, work.here, first)}
    last = next_month(first) - timedelta(days=1)
    days = (last - first).days + 1
    whom = [who.id for who in month_of(work, first, last).people if len(who.away) < days and who.id not in before]
    for id in whom:
        work.owe_at(
            "rota.when",
            by_day(work, work.now),
            member_id=id,
            occasion=f"{first:%Y%m}",
            expires=wall(last + timedelta(days=1), NINE, work.here.tz),
            body=Parts(first=first.isoformat()),
        )
    return len(whom)


def who_can(turn: Turn, _wish: Wish, rest: str) -> bool:
    """问问谁什么时候能来: who was not asked yet is; and what was said so far."""
    if not turn.here.settings(Table).ask:
        turn.tell("rota.when.off")
        return True
    today = turn.local.date()
    this = re.search(WORDS.regex("this_month"), rest, re.IGNORECASE) is not None
    first = today.replace(day=1) if this else next_month(today)
    ask_all(turn.work, first)
    turn.privately("rota.answers", body=OfMonth(first=first.isoformat()))
    return True


def may_ask(view: View) -> Message | None:
    """To a coordinator, on the 25th: shall they be asked?"""
    body = OfMonth.of(view.post)
    if not view.lookup.reader(view.reader).coordinates:
        return None
    if body.outcome:
        return Message(view.say(f"rota.when.{body.outcome}", month=month(view, body.first), n=body.n))
    return Message(view.say("rota.when.shall_i", month=month(view, body.first)), view.open("send_rota", "discard"))


def month(view: View, first: str) -> str:
    day = date.fromisoformat(first or "2000-01-01")
    return view.text(f"rota.when.month_{day.month}")


def send(turn: Turn, press: Press) -> None:
    body = OfMonth.of(press.post)
    if not turn.coordinates or body.outcome:
        turn.refuse(Refusal("answered" if turn.coordinates else "coordinators_only"))
        return
    n = ask_all(turn.work, date.fromisoformat(body.first))
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome="sent", n=n))
    turn.seen_done("rota.sent", n=n)


def leave(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(OfMonth.of(press.post), outcome="left"))
    turn.seen_done("rota.dropped")


# ------------------------------------------------------------ who was asked answers


def when_can(view: View) -> Message | None:
    """To who does duty: in which part of the day can they, that month? What they pressed is said back."""
    body = Parts.of(view.post)
    said = view.text("list.comma").join(view.text(f"rota.when.{part}") for part in PARTS if part in body.parts)
    noted = view.say("rota.when.said_can", parts=said) if body.answer == "can" else ()
    noted = view.say("rota.when.said_none") if body.answer == "none" else noted
    left = [part for part in PARTS if part not in body.parts]
    pressed = view.open(*(f"can_{part}" for part in left), *(() if body.answer == "none" else ("can_not",)))
    return Message(lines(view.say("rota.when.question", month=month(view, body.first)), noted), pressed)


def note(turn: Turn, post: Post, parts: Collection[str], answer: str) -> None:
    body = replace(Parts.of(post), parts=tuple(part for part in PARTS if part in parts), answer=answer)
    post.body = body.stored()
    posts.touch(turn.session, [post], turn.now)
    turn.seen_done("rota.when.thanks")


def can(turn: Turn, press: Press) -> None:
    """早上: that too."""
    note(turn, press.post, {*Parts.of(press.post).parts, press.verb.removeprefix("can_")}, "can")


def can_not(turn: Turn, press: Press) -> None:
    note(turn, press.post, (), "none")


def hears(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """早上和晚上可以, 都行, 这个月不行: in words."""
    if post.state != OPEN or len(words) > 40 or _OTHER.search(words) or command.ref is not None:
        return False
    parts = [part for part in PARTS if _SAID[part].search(words)]
    if _SAID["none"].search(words):
        left = [part for part in PARTS if part not in parts] if parts else []
        note(turn, post, left, "can" if left else "none")
    elif parts or _SAID["any"].search(words):
        note(turn, post, parts or PARTS, "can")
    else:
        return False
    return True


def told(view: View) -> Message | None:
    """To a coordinator: who said what, and of how many nothing is known."""
    body = OfMonth.of(view.post)
    if not view.lookup.reader(view.reader).coordinates:
        return None
    rows = answers(view.lookup.session, view.lookup.here, date.fromisoformat(body.first))
    said = [(view.lookup.name(post.member_id), Parts.of(post)) for post in rows]
    comma = view.text("list.comma")
    by_part = {part: [name for name, each in said if part in each.parts] for part in PARTS}
    by_part["none"] = [name for name, each in said if each.answer == "none"]
    silent = sum(not each.answer for _, each in said)
    return Message(
        lines(
            (Bold(view.text("rota.when.head", month=month(view, body.first), n=len(said))),),
            *(
                view.say("rota.when.line", part=view.text(f"rota.when.{part}"), names=comma.join(names))
                for part, names in by_part.items()
                if names
            ),
            view.say("rota.when.silent", n=silent) if silent else (),
        )
    )


CAN = {f"can_{part}": can for part in PARTS}
MONTHLY = PostKind("rota.monthly", act=monthly, urgency=NOTICE, restored=True)
MAY_ASK = PostKind(
    "rota.may_ask",
    OfMonth,
    may_ask,
    urgency=NOTICE,
    presses={"send_rota": send, "discard": leave},
    means={"send_rota": Typed(words=("发", "发吧", "问吧", "send", "sendit", "ask"))},
)
WHEN = PostKind("rota.when", Parts, when_can, urgency=NOTICE, presses={**CAN, "can_not": can_not}, hears=hears)
ANSWERS = PostKind("rota.answers", OfMonth, told, later=False)
ALL = (MONTHLY, MAY_ASK, WHEN, ANSWERS)
