"""Ladders: what is done step after step while something does not come: a person, a word, an answer, a volunteer.

One post that is never shown climbs it: at each rung it looks whether it is still waited for, does what the rung says,
and is owed again for the next. So nothing has to be cancelled, and a restart in the middle changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from core import posts
from core.posts import Body, Post
from core.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Climb(Body):
    """Since when it is waited (ISO), the rung that is next, and of whom the coordinator was told by it so far."""

    since: str = ""
    rung: int = 0
    asked: tuple[int, ...] = ()

    @property
    def began(self) -> datetime | None:
        return datetime.fromisoformat(self.since) if self.since else None


@dataclass(frozen=True, slots=True)
class Rung(Generic[T]):
    """So long after it began, this is done with what is waited for. What it returns is kept, if anything."""

    after: timedelta
    do: Callable[[Work, Post, T], Climb | None]


@dataclass(frozen=True, slots=True)
class Ladder(Generic[T]):
    """The rungs of one kind of waiting. `kind` is that of the post which climbs it.

    `waits`: what is waited for still, None when it came or does not matter any more. `wakes`: also in the quiet time,
    for those whom it asks are on duty; else what falls into the night waits for the morning, unless that is too late
    (`latest`: after that moment there is no use in it).
    """

    kind: str
    rungs: tuple[Rung[T], ...]
    waits: Callable[[Work, Post], T | None]
    wakes: bool = False
    latest: Callable[[Work, Post], datetime | None] = lambda _work, _post: None

    def begin(self, work: Work, since: datetime, **where: Any) -> Post:
        """Owe the post that climbs it, from `since` on. One that waits, or waited, for the same begins anew."""
        post = work.owe(self.kind, body=Climb(since=since.isoformat()), **where)
        posts.put_off(work.session, post, self.by_day(work, post, since + self.rungs[0].after))
        return post

    def climb(self, work: Work, post: Post) -> None:
        """Do what the next rung says, if it is waited for still, and owe the one after it."""
        body = Climb.of(post)
        what = self.waits(work, post)
        began = body.began
        if what is None or began is None or body.rung >= len(self.rungs):
            return
        rung = self.rungs[body.rung]
        body = rung.do(work, post, what) or Climb.of(post)
        post.body = replace(body, rung=body.rung + 1).stored()
        work.session.add(post)
        if body.rung + 1 >= len(self.rungs):
            return
        following = self.rungs[body.rung + 1].after
        by_plan = began + following
        at_least = work.now + (following - rung.after)  # whoever was asked late has their time all the same
        post.state, post.pending = posts.OPEN, True
        posts.put_off(work.session, post, self.by_day(work, post, max(by_plan, at_least)))

    def by_day(self, work: Work, post: Post, at: datetime) -> datetime:
        """When people may be asked: not in the quiet time, unless it would be too late in the morning."""
        return at if self.wakes else by_day(work, at, self.latest(work, post))


def by_day(work: Work, at: datetime, latest: datetime | None = None) -> datetime:
    """That moment, or the end of the quiet time it is in, if that is no later than `latest`."""
    quiet = work.here.manners.quiet
    morning = at if quiet is None else quiet.until(at, work.here.tz)
    return at if latest is not None and morning > latest else morning
