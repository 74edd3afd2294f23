"""Looking after who is on duty: who is not there, or not back, is asked; then their partner; then the coordinator."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlmodel import select

from core import posts
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, LATE, ON_THE_WAY, PRESENT, UNKNOWN, Happened, Roster, roster_of
from core.deeds.ladders import Climb, Ladder, Rung
from core.deeds.passing import coordinators_of
from core.members import accounts_of, member
from core.news import Calls, Passed
from core.posts import OFFER, Body, Post
from core.reminders import stamp
from core.work import Work

About = Literal["arrived", "back"]
NOT_YET: dict[About, tuple[Happened, ...]] = {"arrived": (UNKNOWN, ON_THE_WAY), "back": (PRESENT, LATE, ON_THE_WAY)}
"""What is known of somebody from whom a word is waited for: that they are there, that they are back."""
FEW = 3
"""Where more are together with somebody, none of them is asked: nobody looks out for one of many."""
STILL = timedelta(minutes=40)
"""So long after the start it is looked once more, for those who had said that they were coming."""


@dataclass(frozen=True, slots=True)
class AnyWord(Body):
    """Whether somebody is there (`arrived`), or `back`. `whose`: of whom it is asked. `moves`: how often their claims
    had been moved when it was asked; `said` that all is well, in words.
    """

    about: str = "arrived"
    whose: int = 0
    moves: int = 0
    said: bool = False


@dataclass(frozen=True, slots=True)
class NoWord(Calls):
    """From whom no word came, to be rung up."""

    about: str = "arrived"
    whom: tuple[int, ...] = ()


Waited = tuple[Roster, list[int]]


def silent(on: Roster, about: About) -> list[int]:
    """Of whom it is not known that they are there, or back."""
    mine = (c for c in on.taking() if c.promised == CLAIMED and not (c.guest_of or c.ordinal))
    return list(dict.fromkeys(c.member_id for c in mine if c.happened in NOT_YET[about]))


def moves(on: Roster, member_id: int) -> int:
    return sum(claim.changes for claim in on.of(member_id))


def waited_for(work: Work, post: Post, about: About) -> Waited | None:
    """The activity, and who has not said a word; None where everybody has, or it is cancelled or was moved."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.starts_at is None or o.state not in (OPEN, CLOSED) or not watched(work, o):
        return None
    if Climb.of(post).began != (o.starts_at if about == "arrived" else o.ends()):
        return None  # it was moved since
    if work.now > (o.ends() if about == "arrived" else o.check_in()[1]):
        return None
    on = roster_of(work.session, o)
    found = [id for id in silent(on, about) if may_say_a_word(work, id)]
    return (on, found) if found else None


def may_say_a_word(work: Work, member_id: int) -> bool:
    """Whether a word can come from them, or from who speaks for them. Who has no telephone was to be rung up anyway."""
    who = member(work.session, work.here.id, member_id)
    ids = [who.id, *([who.proxy_id] if who.proxy_id else [])]
    return any(accounts_of(work.session, work.here.id, id) for id in ids)


def watched(work: Work, o: Occurrence) -> bool:
    """Whether those who go are looked after: it has an hour, and they are few and by themselves."""
    kind = work.kind(o)
    return kind.on_duty and not o.all_day and not kind.rounds(o)


def answers(work: Work, on: Roster, about: About) -> dict[int, Post]:
    """What each was asked themselves."""
    asked = posts.standing(work.session, work.here.id, on.occurrence.id, "any_word")
    now = stamp(on.occurrence.starts_at)
    theirs = [(p, AnyWord.of(p)) for p in asked if p.occasion.endswith(now)]
    return {p.member_id: p for p, body in theirs if body.about == about and body.whose == p.member_id}


def unanswered(work: Work, on: Roster, whom: Sequence[int], about: About) -> list[int]:
    """Those who were asked and have not said a word since."""
    asked = answers(work, on, about)
    found = []
    for id in whom:
        post = asked.get(id)
        body = AnyWord.of(post) if post is not None else AnyWord()
        if not body.said and (post is None or body.moves == moves(on, id)):
            found.append(id)
    return found


def expected_later(work: Work, o: Occurrence) -> set[int]:
    """Who has said that they come late: the coordinator knows it."""
    rows = work.session.exec(
        select(Post).where(Post.community_id == work.here.id, Post.occurrence_id == o.id, Post.kind == "passed")
    ).all()
    return {body.whose for post in rows if (body := Passed.of(post)).key == "late"}


# ------------------------------------------------------------ the rungs


def ask_them(work: Work, _post: Post, waited: Waited, about: About = "arrived") -> None:
    """Each of them quietly."""
    on, whom = waited
    late = expected_later(work, on.occurrence) if about == "arrived" else set()
    for id in whom:
        if id not in late:
            ask(work, on, id, id, about)


def ask(work: Work, on: Roster, to: int, whose: int, about: About) -> None:
    o = on.occurrence
    work.owe(
        "any_word",
        urgency=OFFER,
        member_id=to,
        occurrence_id=o.id,
        claim_id=0 if to == whose else next((c.id for c in on.of(whose)), 0),
        occasion=f"{about}@{stamp(o.starts_at)}",
        expires=o.check_in()[1],
        body=AnyWord(about=about, whose=whose, moves=moves(on, whose)),
    )


def ask_partner(work: Work, _post: Post, waited: Waited, about: About = "arrived") -> None:
    """Who is on duty with them."""
    on, whom = waited
    late = expected_later(work, on.occurrence) if about == "arrived" else set()
    together = list(dict.fromkeys(c.member_id for c in on.taking() if c.promised == CLAIMED))
    if len(together) > FEW + 1:
        return
    for whose in unanswered(work, on, [id for id in whom if id not in late], about):
        for id in together:
            if id != whose:
                ask(work, on, id, whose, about)


def tell(work: Work, post: Post, waited: Waited, about: About = "arrived") -> Climb:
    """The coordinator: who did not answer, to be rung up. Who said that they were late is asked now."""
    on, whom = waited
    late = expected_later(work, on.occurrence) if about == "arrived" else set()
    told = unanswered(work, on, [id for id in whom if id not in late], about)
    say(work, on, told, about)
    for id in whom:
        if id in late:
            ask(work, on, id, id, about)
    body = Climb.of(post)
    return Climb(since=body.since, rung=body.rung, asked=tuple(told))


def tell_again(work: Work, post: Post, waited: Waited) -> None:
    """Who had said that they were coming, and has not come."""
    on, whom = waited
    say(work, on, [id for id in whom if id not in Climb.of(post).asked], "arrived", "again")


def say(work: Work, on: Roster, whom: Collection[int], about: About, sort: str = "") -> None:
    if not whom:
        return
    o = on.occurrence
    all_of_them = coordinators_of(work, on)
    others = [id for id in all_of_them if id not in whom]
    for id in others or [id for id in coordinators_of(work) if id not in whom] or all_of_them:
        work.owe(
            "no_word",
            urgency=OFFER,
            member_id=id,
            occurrence_id=o.id,
            occasion=f"{about}{sort}@{stamp(o.starts_at)}",
            body=NoWord(about=about, whom=tuple(whom), asks=True),
        )


ARRIVED: Ladder[Waited] = Ladder(
    "arrivals",
    (
        Rung(timedelta(minutes=10), ask_them),
        Rung(timedelta(minutes=15), ask_partner),
        Rung(timedelta(minutes=20), tell),
        Rung(STILL, tell_again),
    ),
    lambda work, post: waited_for(work, post, "arrived"),
    wakes=True,
)
BACK: Ladder[Waited] = Ladder(
    "returns",
    (
        Rung(timedelta(minutes=30), lambda work, post, waited: ask_them(work, post, waited, "back")),
        Rung(timedelta(minutes=35), lambda work, post, waited: ask_partner(work, post, waited, "back")),
        Rung(timedelta(minutes=40), lambda work, post, waited: tell(work, post, waited, "back")),
    ),
    lambda work, post: waited_for(work, post, "back"),
    wakes=True,
)


def look_after(work: Work, o: Occurrence) -> None:
    """Owe the moments at which it is looked who is there and who is back."""
    if o.starts_at is None or not watched(work, o):
        return
    for ladder, since in ((ARRIVED, o.starts_at), (BACK, o.ends())):
        if since + ladder.rungs[0].after > work.now:
            ladder.begin(work, since, occurrence_id=o.id, occasion="look")
    work.owe_at("set_out", (o.report_at or o.starts_at) - SET_OUT, occurrence_id=o.id, occasion="look")


SET_OUT = timedelta(minutes=30)
"""So long before they are to be there 我出发了 is offered."""


def offer_setting_out(work: Work, post: Post) -> None:
    """我出发了 stands under the reminders from now on."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.starts_at is None:
        return
    reminders = posts.standing(work.session, work.here.id, o.id, "remind")
    posts.touch(work.session, [p for p in reminders if p.message is not None and p.actions], work.now)


def said_well(work: Work, post: Post) -> None:
    """Who was asked says that all is well: nobody else is asked."""
    body = AnyWord.of(post)
    posts.settle(work.session, post, work.now, AnyWord(about=body.about, whose=body.whose, moves=body.moves, said=True))


def not_seen(work: Work, post: Post) -> None:
    """Who is with them has not seen them: the coordinator is told at once."""
    body = AnyWord.of(post)
    posts.settle(work.session, post, work.now, body)
    kind = ARRIVED.kind if body.about == "arrived" else BACK.kind
    for row in posts.standing(work.session, work.here.id, post.occurrence_id, kind):
        if row.pending and Climb.of(row).rung == 2:
            posts.put_off(work.session, row, work.now)
