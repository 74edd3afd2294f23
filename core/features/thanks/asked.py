"""Everybody who served in a year is asked once, privately, whether they are named; the list has those who agreed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from core import consents, posts
from core.consents import Held
from core.deeds.consenting import take_back
from core.deeds.ladders import by_day
from core.deeds.passing import reachable
from core.here import Here
from core.hours import of_year, records
from core.members import member
from core.messages import Bold, Message
from core.posts import NOTICE, Body, Post
from core.posts.kind import PostKind, Press, Typed
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.work import Work

PURPOSE = "thanks"
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
    show(turn.work)
    if answer == "agreed":
        consents.give(turn.work, PURPOSE, member=turn.member.id)
    elif not agreed(turn.session, turn.here.id, turn.member.id):
        consents.end(turn.work, PURPOSE, member=turn.member.id)
    turn.seen_done(f"thanks.{answer}", year=str(body.year), community=turn.here.community.name)


def agreed(session: Session, community_id: int, member_id: int = 0) -> list[Post]:
    """Where somebody (0: anybody) agreed to be named, of any year."""
    rows = session.exec(select(Post).where(Post.community_id == community_id, Post.kind == "thanks.ask")).all()
    mine = [post for post in rows if not member_id or member(session, community_id, post.member_id).id == member_id]
    return [post for post in mine if Thanks.of(post).answer == "agreed"]


def held(session: Session, community_id: int) -> list[Held]:
    found = {member(session, community_id, post.member_id).id: post for post in agreed(session, community_id)}
    return [Held(id, id, post.due) for id, post in found.items()]


def stops(work: Work, member_id: int) -> None:
    """They are named on no list from now on, of whichever year."""
    for post in agreed(work.session, work.here.id, member_id):
        posts.settle(work.session, post, work.now, replace(Thanks.of(post), answer="kept_out"))
    show(work)


def show(work: Work) -> None:
    """Lists that stand on a coordinator's screen name who agrees now."""
    lists = select(Post).where(Post.community_id == work.here.id, Post.kind == "thanks.list")
    posts.touch(work.session, work.session.exec(lists).all(), work.now)


def off(turn: Turn, _wish: Wish, _rest: str) -> bool:
    """别写我的名字."""
    if not turn.chat.private:
        return False
    had = agreed(turn.session, turn.here.id, turn.member.id)
    if had:
        take_back(turn.work, turn.here.purposes[PURPOSE], turn.member.id)
    turn.tell("thanks.off" if had else "thanks.off_already")
    return True


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
