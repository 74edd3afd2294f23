"""Seeking a stand-in for who leaves late: those who know this duty are asked, three at a time, then the group once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import CANCELLED, CLOSED, OPEN, Occurrence
from core.away import away_on
from core.claims import CLAIMED, LIVE, REPLACED, WITHDRAWN, Claim, Roster, roster_of
from core.deeds.ladders import by_day
from core.deeds.passing import reachable
from core.deeds.spared import asked_enough
from core.members import groups, member, members
from core.posts import NOTICE, OFFER, Post
from core.searches import Seek, sought
from core.work import Work

AT_ONCE = 3
"""So many are asked at one time."""
ROUND = timedelta(minutes=10)
"""After so long without an answer the next are asked."""
KNOWN_FOR = timedelta(days=180)
"""Who did this duty within this time knows it."""
FAIR_OVER = timedelta(days=60)
"""Who served least within this time is asked first."""
LAST_MOMENT = timedelta(minutes=15)
"""So shortly before the start nobody is asked any more."""


def begin(work: Work, on: Roster, left: Sequence[Claim]) -> None:
    """Somebody gave their place back late, and nobody waits for it: look for a stand-in."""
    o = on.occurrence
    if o.starts_at is None or o.state != OPEN or work.now > o.starts_at - LAST_MOMENT:
        return
    for claim in left:
        if claim.ordinal == 0:
            work.owe(
                "seek",
                occurrence_id=o.id,
                claim_id=claim.id,
                occasion=str(claim.changes),
                due=by_day(work, work.now, o.starts_at - LAST_MOMENT),
                expires=o.starts_at,
                body=Seek(whose=claim.member_id),
            )


def ask_on(work: Work, post: Post) -> None:
    """The next round: three who know the duty, else the group, once; nothing where somebody was found meanwhile."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.starts_at is None or o.state != OPEN or work.now > o.starts_at - LAST_MOMENT:
        return
    on, body = roster_of(work.session, o), Seek.of(post)
    if body.found or not any(on.room(slot) for slot in on.slots) or on.of(body.whose):
        return
    asked = {*body.asked, body.whose, *all_asked(work, o)}
    who = [id for id in those_who_know(work, on) if id not in asked][:AT_ONCE]
    for id in who:
        work.owe(
            "stand_in",
            member_id=id,
            occurrence_id=o.id,
            claim_id=post.claim_id,
            occasion=post.occasion,
            expires=o.starts_at,
            body=Seek(whose=body.whose),
        )
    more = replace(body, asked=(*body.asked, *who), rounds=body.rounds + 1)
    patient = not body.rounds and work.now + 2 * ROUND < o.starts_at - LAST_MOMENT
    if not who and not patient:  # nobody knows it: the group is asked after ten minutes
        if body.group:
            return
        ask_group(work, on, body)
        more = replace(more, group=True)
    again(work, post, o, more)


def again(work: Work, post: Post, o: Occurrence, body: Seek) -> None:
    """The search goes on: its next round is due in ten minutes, by day. After the group was asked there is none."""
    post.body, post.state = body.stored(), posts.OPEN
    assert o.starts_at is not None  # noqa: S101 - it has a start
    due = o.starts_at if body.group else by_day(work, work.now + ROUND, o.starts_at - LAST_MOMENT)
    post.pending = True
    posts.put_off(work.session, post, due)


def all_asked(work: Work, o: Occurrence) -> set[int]:
    """Whoever was asked already, by this search or another."""
    return {id for post in sought(work.session, o) for id in Seek.of(post).asked}


def ask_group(work: Work, on: Roster, body: Seek) -> None:
    for chat in groups(work.session, work.here.id):
        if not on.occurrence.chats or chat.id in on.occurrence.chats:
            work.owe(
                "stand_in",
                chat_id=chat.id,
                occurrence_id=on.occurrence.id,
                occasion="group",
                expires=on.occurrence.starts_at,
                urgency=NOTICE,
                body=Seek(whose=body.whose),
                own=True,
            )


def those_who_know(work: Work, on: Roster) -> list[int]:
    """Members who did this duty lately and can be asked, who served least first; nobody who is busy at that hour."""
    o = on.occurrence
    assert o.starts_at is not None  # noqa: S101 - what has no start is not left late
    rows = work.session.exec(
        select(Claim.member_id, Occurrence.starts_at)
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id),
        )
        .where(
            Claim.community_id == work.here.id,
            Claim.promised == CLAIMED,
            Occurrence.kind == o.kind,
            Occurrence.state != CANCELLED,
            col(Occurrence.starts_at) > work.now - KNOWN_FOR,
            col(Occurrence.starts_at) <= work.now,
        )
    ).all()
    served: dict[int, int] = {}
    for id, starts in rows:
        who = member(work.session, work.here.id, id).id
        served[who] = served.get(who, 0) + (starts is not None and starts > work.now - FAIR_OVER)
    here = {m.id: m for m in members(work.session, work.here.id)}
    busy = busy_then(work, o) | gave_back(work, o) | away_on(work.session, work.here, work.now, o.starts_at)
    able = [
        id
        for id in served
        if id in here
        and not (here[id].quiet or here[id].unit)
        and id not in busy
        and not on.of(id)
        and reachable(work, id)
    ]
    able = [id for id in able if not asked_enough(work, id)]
    return sorted(able, key=lambda who: (served[who], here[who].name, who))


def gave_back(work: Work, o: Occurrence) -> set[int]:
    """Who had promised this and cannot come, or gave the place to another."""
    rows = work.session.exec(
        select(Claim.member_id).where(
            Claim.community_id == work.here.id,
            Claim.occurrence_id == o.id,
            col(Claim.promised).in_((WITHDRAWN, REPLACED)),
            col(Claim.guest_of).is_(None),
        )
    ).all()
    return {member(work.session, work.here.id, id).id for id in rows if id}


def busy_then(work: Work, o: Occurrence) -> set[int]:
    """Who has promised something else at that time."""
    assert o.starts_at is not None  # noqa: S101 - as above
    rows = work.session.exec(
        select(Claim.member_id)
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id),
        )
        .where(
            Claim.community_id == work.here.id,
            col(Claim.promised).in_(LIVE),
            col(Occurrence.state).in_((OPEN, CLOSED)),
            Occurrence.id != o.id,
            col(Occurrence.starts_at) < o.ends(),
            col(Occurrence.starts_at) > o.starts_at - timedelta(hours=3),
        )
    ).all()
    return set(rows)


def filled(work: Work, on: Roster, new: Collection[Claim], there: Sequence[Post]) -> None:
    """Somebody came onto a roster for which a stand-in is sought: who left and the coordinator are told who it is.

    `there`: the posts of the activity, searches among them.
    """
    came = [c for c in new if c.promised == CLAIMED and c.ordinal == 0]
    going_on = [post for post in there if post.kind == "seek" and post.state == posts.OPEN] if came else []
    searches = [post for post in going_on if not Seek.of(post).found]
    for post, claim in zip(searches, came, strict=False):
        body = Seek.of(post)
        post.body = replace(body, found=claim.member_id).stored()
        posts.end(work.session, post)
        if claim.member_id == body.whose:
            continue
        told = {body.whose: "notice.stood_in"}
        if on.occurrence.made_by and body.whose != on.occurrence.made_by:
            told[on.occurrence.made_by] = "notice.stood_in_for"
        for id, key in told.items():
            if id != work.by.member:
                work.owe(
                    "stood_in",
                    urgency=OFFER,
                    member_id=id,
                    occurrence_id=on.occurrence.id,
                    claim_id=claim.id,
                    occasion=key,
                    body=Seek(whose=body.whose, found=claim.member_id),
                )
        work.log("stand_in", on.occurrence, member=claim.member_id, claim=claim.id)
    if searches:
        asked = posts.standing(work.session, work.here.id, on.occurrence.id, "stand_in")
        posts.touch(work.session, asked, work.now)
