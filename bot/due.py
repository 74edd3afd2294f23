"""What is due: posts of the communities that are served whose time has come, and when the next one's does."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, union_all
from sqlmodel import Session

from core.columns import Moment
from core.plain import Plain, among
from core.posts import ANSWER, NOTICE, ROSTER, Post

POSTS = Plain(Post)
P = POSTS.columns
BUSY = among(P.id, "busy")
OURS = among(P.community_id + 0, "ours")  # not by an index of communities: posts are looked for by their time
URGENCIES = range(ANSWER, NOTICE + 1)
NOW, ROOM = bindparam("now", type_=Moment()), bindparam("room", type_=Integer())


def soonest(room: Any, *conditions: Any) -> list[Any]:
    """So many posts of each urgency, in their order: one index range for each, however many posts there are. A query
    over all of them would sort what is pending.
    """
    return [
        POSTS.where(P.pending, P.urgency == urgency, *conditions, OURS, order=(P.not_before, P.id))
        .limit(room)
        .subquery()
        .select()
        for urgency in URGENCIES
    ]


LOOK = union_all(*soonest(ROOM, P.not_before <= NOW, ~BUSY), *soonest(1, P.not_before > NOW))


class Due(NamedTuple):
    """Posts that are due, by how pressing they are, then due; and when the next falls due that is not due yet."""

    posts: list[Post]
    next: datetime | None


def by_community(due: Iterable[Post]) -> dict[int, list[Post]]:
    """Posts by whose they are: what they show is looked up together."""
    found: dict[int, list[Post]] = {}
    for post in due:
        found.setdefault(post.community_id, []).append(post)
    return found


def due_posts(session: Session, communities: Collection[int], now: datetime, busy: Collection[int], room: int) -> Due:
    """Pending posts of these communities whose time has come, so many at most."""
    found = POSTS.all(session, LOOK, now=now, room=room, busy=busy, ours=communities)
    rows = [post for post in found if post.not_before <= now]
    rows.sort(key=lambda post: (pressing(post), post.not_before, post.id))  # a union has no order of its own
    later = (post.not_before for post in found if post.not_before > now)
    return Due(rows[:room], min(later, default=None))


def pressing(post: Post) -> int:
    """By what posts leave. A roster that everybody sees is put right before anybody is told anything: where a network
    lets few calls through, one edit answers all of them.
    """
    return ANSWER - 1 if post.urgency == ROSTER and post.message is not None else post.urgency
