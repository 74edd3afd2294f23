"""Everybody who served in a year is asked once, privately, whether they are named; the list has those who agreed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from core import posts
from core.deeds.ladders import by_day
from core.deeds.passing import reachable
from core.here import Here
from core.hours import of_year, records
from core.messages import Bold, Message
from core.posts import NOTICE, Body, Post
from core.posts.kind import PostKind, Press, Typed
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines

_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Thanks(Body):
    """The list of a year; or, with `answer`, what one of those said who are asked."""

    year: int = 0
    answer: str = ""  # agree or keep


def served(session: Session, here: Here, year: int) -> list[int]:
    """Who was there in that year, each once."""
    rows = records(session, here, of_year(here, year), here.lang)
    return list(dict.fromkeys(row.member for row in rows if not row.brought))


def asked(session: Session, here: Here, year: int) -> Sequence[Post]:
    """Those who were asked of that year, by their posts."""
    return session.exec(
        select(Post).where(Post.community_id == here.id, Post.kind == "thanks.ask", Post.occasion == str(year))
    ).all()


def thank(turn: Turn, _wish: Wish, rest: str) -> bool:
    """感谢名单 2026: who was not asked yet is, by day; and the list as it is so far."""
    said = _YEAR.search(rest)
    year = int(said[0]) if said else turn.local.year
    whom = served(turn.session, turn.here, year)
    if not whom:
        turn.tell("thanks.none", year=str(year))
        return True
    before = {post.member_id for post in asked(turn.session, turn.here, year)}
    for id in whom:
        if id not in before and reachable(turn.work, id):
            due = by_day(turn.work, turn.now)
            turn.work.owe_at("thanks.ask", due, member_id=id, occasion=str(year), body=Thanks(year=year))
    turn.privately("thanks.list", body=Thanks(year=year))
    return True


def ask(view: View) -> Message | None:
    body = Thanks.of(view.post)
    facts = {"year": str(body.year), "community": view.lookup.here.community.name}
    if body.answer:
        return Message(lines(view.say(f"thanks.{body.answer}", **facts)))
    return Message(
        lines(view.say("thanks.ask", **facts), view.say("thanks.question")), view.open("name_me", "leave_me_out")
    )


def listed(view: View) -> Message | None:
    """Names in the order of the alphabet, and how many were not heard of."""
    if not view.lookup.reader(view.reader).may("records"):
        return None
    lookup, year = view.lookup, Thanks.of(view.post).year
    there = set(served(lookup.session, lookup.here, year))
    rows = [post for post in asked(lookup.session, lookup.here, year) if post.member_id in there]
    names = sorted(lookup.name(post.member_id) for post in rows if Thanks.of(post).answer == "agreed")
    waiting = sum(not Thanks.of(post).answer for post in rows)
    facts = {"n": len(there), "agreed": len(names), "waiting": waiting, "unasked": len(there) - len(rows)}
    return Message(
        lines(
            (Bold(view.text("thanks.head", community=lookup.here.community.name, year=str(year))),),
            (view.text("list.comma").join(names),) if names else (),
            view.say("thanks.counts", **facts),
            view.say("thanks.again") if waiting else (),
        )
    )


def answered(turn: Turn, press: Press, answer: str) -> None:
    body = replace(Thanks.of(press.post), answer=answer)
    posts.settle(turn.session, press.post, turn.now, body)
    turn.seen_done(f"thanks.{answer}", year=str(body.year), community=turn.here.community.name)


def name_me(turn: Turn, press: Press) -> None:
    answered(turn, press, "agreed")


def leave_me_out(turn: Turn, press: Press) -> None:
    answered(turn, press, "kept_out")


ASK = PostKind(
    "thanks.ask",
    Thanks,
    ask,
    urgency=NOTICE,
    presses={"name_me": name_me, "leave_me_out": leave_me_out},
    means={
        "name_me": Typed(words=("可以", "好", "好的", "写吧", "写上", "yes", "fine"), intents=("agree", "yes")),
        "leave_me_out": Typed(words=("不写", "别写", "不要写", "不必了", "no", "rathernot"), intents=("no",)),
    },
)
LIST = PostKind("thanks.list", Thanks, listed)
