"""报平安: who wants to be asked each morning whether they are well, when, and which neighbour looks in on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from core.consents import Held
from core.here import Here
from core.manners import NINE, wall
from core.members import member
from core.posts import ENDED, NOTICE, Body, Post

DAY = "well.day"
"""The kind of the post that stands for what was arranged: due each morning, and owed as long as it is wanted."""
PURPOSE = "morning"
ASKED = "well.ask"
"""The kind of the morning's question."""


@dataclass(frozen=True, slots=True)
class Arranged(Body):
    """At what time of day (ISO), which neighbour, if any, and who arranged it."""

    at: str = ""
    neighbour: int = 0
    by: int = 0

    @property
    def hour(self) -> time:
        return time.fromisoformat(self.at) if self.at else NINE


@dataclass(frozen=True, slots=True)
class Morning(Body):
    """One morning's question: how it was answered ('' not yet; well, unwell, seen), by whom, and whether it was asked
    again.
    """

    day: str = ""
    answer: str = ""
    by: int = 0
    again: bool = False
    whom: tuple[int, ...] = ()  # to whom it went because no answer came


@dataclass(frozen=True, slots=True)
class Arrangement(Body):
    """What is said back of an arrangement: whose mornings, and who arranged it for them; else 0."""

    whose: int = 0
    by: int = 0


def arrangements(session: Session, community_id: int) -> Sequence[Post]:
    """All that stand."""
    same = select(Post).where(Post.urgency == NOTICE, col(Post.pending))  # by their index: few are pending
    return session.exec(same.where(Post.community_id == community_id, Post.kind == DAY)).all()


def held(session: Session, community_id: int) -> list[Held]:
    """Who is asked each morning, and who arranged it for them."""
    found = arrangements(session, community_id)
    return [Held(member(session, community_id, p.member_id).id, Arranged.of(p).by, p.due) for p in found]


def arrangement(session: Session, community_id: int, member_id: int) -> Post | None:
    """What is arranged for this member, if anything."""
    for post in arrangements(session, community_id):
        if member(session, community_id, post.member_id).id == member_id:
            return post
    return None


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: they are asked nothing, and look in on nobody."""
    for post in arrangements(session, community_id):
        body = Arranged.of(post)
        if member(session, community_id, post.member_id).id == member_id:
            post.body, post.state, post.pending = {}, ENDED, False
        elif member_id in (body.neighbour, body.by):
            keeps = 0 if body.neighbour == member_id else body.neighbour
            post.body = Arranged(at=body.at, neighbour=keeps).stored()
        session.add(post)


def next_morning(here: Here, at: time, after: datetime) -> datetime:
    """The next moment after this at which clocks here show that time."""
    day = after.astimezone(here.tz).date()
    today = wall(day, at, here.tz)
    return today if today > after else wall(day + timedelta(days=1), at, here.tz)
