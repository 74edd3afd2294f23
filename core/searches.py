"""Searches for a stand-in: for whom somebody is looked for, who was asked, and which go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, select

from core import posts
from core.activities import OPEN, Occurrence
from core.claims import Roster
from core.posts import Body, Post
from core.way import Rows


@dataclass(frozen=True, slots=True)
class Seek(Body):
    """For whom somebody is sought, and who was asked already. `found`: who stands in."""

    whose: int = 0
    asked: tuple[int, ...] = ()
    rounds: int = 0
    group: bool = False  # the group was asked
    found: int = 0


SOUGHT = Rows(
    Post,
    Post.community_id == bindparam("community"),
    Post.occurrence_id == bindparam("occurrence"),
    Post.kind == "seek",
    Post.state == posts.OPEN,
)


def sought(session: Session, o: Occurrence) -> list[Post]:
    """The searches of an activity that go on."""
    return SOUGHT.all(session, community=o.community_id, occurrence=o.id)


def is_for(post: Post, member_id: int) -> bool:
    """Whether this search is for somebody in this member's place, and nobody was found yet."""
    body = Seek.of(post)
    return body.whose == member_id and not body.found


def still_sought(session: Session, on: Roster, now: datetime) -> int:
    """For how many of those who gave their place back late nobody stands in yet."""
    o = on.occurrence
    if o.state != OPEN or o.starts_at is None or now >= o.ends():
        return 0
    room = sum(max(0, on.left(slot) or 0) for slot in on.slots)
    if not room:
        return 0
    searches = [Seek.of(post) for post in sought(session, o)]
    return min(room, sum(not body.found and not on.of(body.whose) for body in searches))


def open_searches(session: Session, community_id: int) -> list[int]:
    """The activities for which somebody is sought now."""
    rows = session.exec(
        select(Post.occurrence_id)
        .where(Post.community_id == community_id, Post.kind == "seek", Post.state == posts.OPEN)
        .distinct()
    ).all()
    return list(rows)
