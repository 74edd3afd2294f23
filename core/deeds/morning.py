"""报平安: arranged and ended; each morning's question, and whom it goes to while no answer comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from core import consents, posts
from core.away import away_on
from core.deeds.ladders import Climb, Ladder, Rung
from core.deeds.passing import coordinators_of, pass_on, reachable
from core.deeds.whole import deed
from core.members import accounts_of, member
from core.morning import ASKED, DAY, PURPOSE, Arranged, Arrangement, Morning, arrangement, next_morning
from core.posts import OFFER, REMINDER, Post, Say
from core.rules import Refusal
from core.work import Work

OVER = 99
"""A rung that no ladder has: nothing more is done."""
JUST_BEFORE = timedelta(minutes=1)
"""An account's last use is written down once a minute."""
KEPT = timedelta(hours=12)
"""So long the question may be answered."""


@deed
def arrange(work: Work, member_id: int, at: time, neighbour: int = 0) -> Post | Refusal:
    """From the next morning on they are asked at this time. Once more: the newest word counts."""
    if not may_arrange(work, member_id):
        return Refusal("coordinators_only")
    was = arrangement(work.session, work.here.id, member_id)
    if not neighbour and was is not None:
        neighbour = Arranged.of(was).neighbour
    if work.here.manners.quiet is not None:  # nobody is woken by a kind question
        due = next_morning(work.here, at, work.now)
        at = work.here.manners.quiet.until(due, work.here.tz).astimezone(work.here.tz).time().replace(tzinfo=None)
    body = Arranged(at=at.isoformat("minutes"), neighbour=neighbour, by=work.by.member)
    post = work.owe(DAY, member_id=was.member_id if was else member_id, occasion="well", body=body)
    post.pending = True
    posts.put_off(work.session, post, next_morning(work.here, at, work.now))
    consents.give(work, PURPOSE, member=member_id)
    work.log("well_on", member=member_id)
    return post


def may_arrange(work: Work, member_id: int) -> bool:
    """Whose word it is: theirs, or a coordinator's who has their word."""
    return work.by.member == member_id or work.coordinates


@deed
def look_in(work: Work, post: Post, neighbour: int) -> None:
    """This neighbour is asked first where no answer comes; 0: nobody."""
    post.body = replace(Arranged.of(post), neighbour=neighbour).stored()
    work.session.add(post)


@deed
def stop(work: Work, post: Post) -> Refusal | None:
    """They are asked no more, from this moment on."""
    id = member(work.session, work.here.id, post.member_id).id
    if not may_arrange(work, id):
        return Refusal("coordinators_only")
    posts.end(work.session, post)
    consents.end(work, PURPOSE, member=id)
    work.log("well_off", member=id)
    return None


def stops(work: Work, member_id: int) -> None:
    """They take it back themselves: nobody asks them any more."""
    day = arrangement(work.session, work.here.id, member_id)
    if day is not None:
        stop(work, day)


def not_reached(work: Work, post: Post) -> None:
    """Who is to be asked cannot even be told so: nothing is arranged, and who arranged it reads why."""
    body = Arrangement.of(post)
    day = arrangement(work.session, work.here.id, body.whose)
    if not body.by or day is None:
        return
    posts.end(work.session, day)
    consents.end(work, PURPOSE, member=body.whose)
    facts = {"name": member(work.session, work.here.id, body.whose).name}
    work.owe(
        "say", member_id=body.by, occasion=f"unheard:{post.occasion}", body=Say(key="well.no_private", facts=facts)
    )


# ------------------------------------------------------------ each morning


def each_day(work: Work, post: Post) -> None:
    """Somebody's morning: it is asked, and owed again for tomorrow."""
    arranged = Arranged.of(post)
    id = member(work.session, work.here.id, post.member_id).id
    post.state, post.pending = posts.OPEN, True
    posts.put_off(work.session, post, next_morning(work.here, arranged.hour, work.now))
    if id not in away_on(work.session, work.here, work.now):
        WELL.begin(work, work.now, member_id=id, occasion=today(work))


def today(work: Work) -> str:
    return work.now.astimezone(work.here.tz).date().isoformat()


Waited = tuple[Post, Post | None]
"""What is arranged, and this morning's question."""


def no_answer(work: Work, post: Post) -> Waited | None:
    """Whether it is wanted still, and no word came since it was asked."""
    arranged = arrangement(work.session, work.here.id, member(work.session, work.here.id, post.member_id).id)
    if arranged is None:
        return None
    asked = question(work, post.member_id, post.occasion)
    if asked is None:
        return arranged, None
    if Morning.of(asked).answer:
        return None
    if spoke(work, post.member_id, since=asked.due):
        answer(work, asked, "spoke")
        return None
    return arranged, asked


def question(work: Work, member_id: int, day: str) -> Post | None:
    return posts.owed(work.session, work.here.id, ASKED, member_id=member_id, occurrence_id=0, occasion=day)


def spoke(work: Work, member_id: int, since: datetime) -> bool:
    """Whether they wrote or pressed anything since, or just before: who does so is up."""
    accounts = accounts_of(work.session, work.here.id, member_id)
    return any(account.last_used > since - JUST_BEFORE for account in accounts)


def ask(work: Work, post: Post, _waited: Waited) -> None:
    """Are you well?"""
    work.owe(
        ASKED,
        urgency=REMINDER,
        member_id=post.member_id,
        occasion=post.occasion,
        expires=work.now + KEPT,
        body=Morning(day=post.occasion),
    )


def ask_again(work: Work, _post: Post, waited: Waited) -> None:
    """Once more, below everything else."""
    asked = waited[1]
    if asked is None:
        return
    asked.body = replace(Morning.of(asked), again=True).stored()
    if asked.message is not None:
        posts.put_below(asked)
    posts.touch(work.session, [asked], work.now)


def ask_neighbour(work: Work, post: Post, waited: Waited) -> Climb | None:
    """The neighbour whom they named, quietly; where they named nobody, or nobody can be told, the coordinator."""
    neighbour = Arranged.of(waited[0]).neighbour
    gone = away_on(work.session, work.here, work.now)
    if not neighbour or neighbour in gone or not reachable(work, neighbour):
        tell(work, post, waited)
        return replace(Climb.of(post), rung=OVER)
    tell_one(work, post, waited, neighbour, "neighbour")
    return None


def tell(work: Work, post: Post, waited: Waited) -> None:
    """The coordinators: nothing is known of them today."""
    for id in coordinators_of(work):
        if id != post.member_id:
            tell_one(work, post, waited, id, "coordinator")


def tell_one(work: Work, post: Post, waited: Waited, to: int, sort: str) -> None:
    asked = waited[1]
    if asked is None:
        return
    work.owe(
        "well.silent",
        urgency=OFFER,
        member_id=to,
        claim_id=asked.id,
        occasion=f"{sort}:{post.occasion}",
        body=Morning(day=post.occasion, whom=(post.member_id,), by=Arranged.of(waited[0]).neighbour),
    )
    body = Morning.of(asked)
    asked.body = replace(body, whom=(*body.whom, to)).stored()
    work.session.add(asked)


WELL: Ladder[Waited] = Ladder(
    "well.waits",
    (
        Rung(timedelta(0), ask),
        Rung(timedelta(hours=1), ask_again),
        Rung(timedelta(hours=1, minutes=30), ask_neighbour),
        Rung(timedelta(hours=2), tell),
    ),
    no_answer,
)


def answer(work: Work, asked: Post, how: str) -> None:
    """A word came: from them, or from whoever looked in on them. Whoever was told reads it where they were told."""
    body = Morning.of(asked)
    if body.answer:
        return
    posts.settle(work.session, asked, work.now, replace(body, answer=how, by=work.by.member))
    told = [
        post
        for sort in ("neighbour", "coordinator")
        for id in body.whom
        if (post := silent_post(work, id, sort, asked)) is not None
    ]
    posts.touch(work.session, told, work.now)


def silent_post(work: Work, member_id: int, sort: str, asked: Post) -> Post | None:
    key = {"member_id": member_id, "occurrence_id": 0, "claim_id": asked.id, "chat_id": 0}
    same = {"community_id": work.here.id, "kind": "well.silent", "occasion": f"{sort}:{Morning.of(asked).day}", **key}
    return posts.SAME.first(work.session, **same)


def unwell(work: Work, asked: Post, words: str) -> list[int]:
    """They say that something is wrong: coordinators and the neighbour read it at once. Returns whom it reaches."""
    neighbour = arrangement(work.session, work.here.id, work.by.member)
    who = Arranged.of(neighbour).neighbour if neighbour is not None else 0
    coordinators = coordinators_of(work)
    reached = [*pass_on(work, words, "urgent", coordinators)]
    if who and who not in coordinators:
        reached += pass_on(work, words, "help", [who])
    answer(work, asked, "unwell")
    return reached


def sooner(work: Work, asked: Post) -> None:
    """Whoever looked in did not meet them: the coordinators are told now."""
    waits = posts.owed(
        work.session, work.here.id, WELL.kind, member_id=asked.member_id, occurrence_id=0, occasion=asked.occasion
    )
    if waits is not None and waits.pending:
        posts.put_off(work.session, waits, work.now)
