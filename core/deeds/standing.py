"""Messages that stand: what is said again about the same thing edits the one that is there, and seldom rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from core import posts
from core.activities import CANCELLED, Occurrence
from core.claims import Roster, by_id, roster_of
from core.news import FOLLOWING, MOVED, Notice, Told, as_it_is
from core.posts import ENDED, NOTICE, OPEN, Body, Post
from core.work import Work

FRESH = timedelta(minutes=10)
"""A message this young is edited. Nobody's telephone rings twice within it about one thing."""
AT_ONCE = 2
"""So many may be said one after another: somebody joins, and leaves. From the third on it is to and fro."""
TO_AND_FRO = frozenset({"join", "wait", "leave"})


def soon(work: Work, on: Roster) -> bool:
    starts = on.occurrence.starts_at
    return starts is not None and starts - work.here.manners.late <= work.now < on.occurrence.ends()


def stand(
    work: Work, member_id: int, on: Roster, key: str, *, whose: int = 0, urgency: int | None = None, **facts: str | int
) -> None:
    """Owe a member the one notice of this kind about an occurrence (and `whose` doing), however often it is news."""
    body = Notice(key=key, facts=facts, whose=whose)
    where: dict[str, Any] = {"member_id": member_id, "occurrence_id": on.occurrence.id, "occasion": f"{key}:{whose}"}
    post = posts.owed(work.session, work.here.id, "notice", **where)
    if post is not None:
        renew(work.session, post, work.now, body)
        return
    work.owe("notice", urgency=urgency, expires=on.occurrence.ends(), body=body, fresh=True, **where)


def follow(work: Work, on: Roster, there: Sequence[Post]) -> None:
    """The occurrence changed: those notices among its posts that say how things stand are to say it anew, a place taken
    again perhaps.
    """
    if soon(work, on):
        notices = [post for post in there if post.kind == "notice"]
        posts.touch(work.session, [post for post in notices if Notice.of(post).key in FOLLOWING], work.now)


def crowded(
    work: Work, member_id: int, kind: str, occurrence: Occurrence, body: Body, within: timedelta = FRESH
) -> Post | None:
    """The message to edit instead of one more of the same sort, if `AT_ONCE` of them are there since `within`.

    None where the speaker's network cannot edit: nothing would be seen.
    """
    if not work.edits:
        return None
    recent = posts.lately_owed(
        work.session, work.here.id, kind, member_id=member_id, occurrence_id=occurrence.id, since=work.now - within
    )
    if len(recent) < AT_ONCE:
        return None
    wanted = sort(work, body)
    alike = [post for post in recent if sort(work, type(body).of(post)) == wanted] if wanted else []
    return max(alike, key=lambda post: post.id) if len(alike) >= AT_ONCE else None


def sort(work: Work, body: Body) -> tuple[Any, ...]:
    """What a message is about, so that another of its sort may stand in its place; () for one that stands by itself."""
    match body:
        case Notice(key=key) if key in MOVED:
            return ("moved",)
        case Told(verb=verb, claims=claims, by=by) if verb in TO_AND_FRO:
            theirs = by_id(work.session, work.here.id, [id for id, _ in claims])
            return (by, *sorted({(claim.member_id, claim.ordinal, claim.thing) for claim in theirs}))
    return ()


def renew(session: Session, post: Post, now: datetime, body: Body, *, below: bool = False, rings: bool = True) -> None:
    """The post says this now: by an edit while it is fresh, else anew at the bottom.

    `rings`: what an edit said is said anew, if it is still so, when the message is fresh no more. `below`: put it at
    the bottom in any case.
    """
    there = Body.of(post)
    put = datetime.fromisoformat(there.put) if there.put else post.due
    if post.state == ENDED:
        put = now
    elif post.message is not None and (below or now - put >= FRESH):
        posts.put_below(post)
        put = now
    elif rings:
        timer = posts.want(
            session,
            post.community_id,
            now,
            "again",
            urgency=NOTICE,
            member_id=post.member_id,
            occurrence_id=post.occurrence_id,
            occasion=str(post.id),
            due=put + FRESH,
            expires=post.expires,
        )
        posts.put_off(session, timer, put + FRESH)
    post.body = replace(body, remove=Body.of(post).remove, put=put.isoformat()).stored()
    post.state = OPEN
    posts.touch(session, [post], now)


def ring(session: Session, timer: Post, now: datetime) -> None:
    """Put anew what was edited meanwhile, if it is still so: whoever saw the first may have seen it taken back."""
    post = session.get(Post, (timer.community_id, int(timer.occasion)))
    row = session.get(Occurrence, (timer.community_id, timer.occurrence_id))
    if post is None or row is None or post.state != OPEN or post.message is None:
        return
    if row.state == CANCELLED or (row.starts_at is not None and row.starts_at <= now):
        return
    notice = Notice.of(post)
    if notice.key and as_it_is(roster_of(session, row), notice, post.member_id) != notice.key:
        return
    posts.put_below(post)
    post.body = {**post.body, "put": now.isoformat()}
    posts.touch(session, [post], now)
