"""A coordinator's desk: what needs a word today, and what comes. Values over rows, for one who arranges.

What is public anyhow stands on it, names on rosters among that; what is confided is only in the drafts of who wrote
them and in words that were passed on to who reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlmodel import col, func, select, text

from core.activities import AHEAD, LONGEST_OVER, POSTED_ROWS, Occurrence
from core.activities import DRAFT as WAITS
from core.claims import OFFERED, UNKNOWN, Roster
from core.deeds.looking_after import NoWord, silent, watched
from core.deeds.underfilled import still_short
from core.news import Calls, Passed
from core.posts import ENDED, OPEN, Change, Post
from core.posts.kinds.looking_after import about_of
from core.repeating import local, pattern_of, repeating, starts
from core.roles import Action, may
from core.rules import stands
from core.views.calls import to_ring
from core.views.drafts import DraftShown
from core.views.lookup import Lookup
from core.work import Work

Sort = Literal[
    "urgent", "help", "back", "arrived", "call", "untold", "passed", "offer", "empty", "thin", "roll", "draft"
]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""What may need a word, what cannot wait before what can."""

Ring = Literal["call", "arrived", "back"]
TO_RING: tuple[Ring, ...] = get_args(Ring)
EMPTY_WITHIN, THIN_WITHIN = timedelta(days=7), timedelta(days=2)
"""So long before the start it is a word's worth that nobody, or too few, have promised."""
NOT_BACK = timedelta(minutes=30)
"""So long after the end 平安结束 is waited for: then they are asked themselves."""
PASSED_FOR, DRAFT_FOR, UNTOLD_FOR = timedelta(days=2), timedelta(days=14), timedelta(days=3)
"""So long words that were passed on, drafts, and people whom nobody could tell stand there."""
TO_ANSWER = frozenset({"said", "urgent", "help", "leave", "late", "roll"})
"""As what words are passed on that wait for an answer."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that needs a word today: of what sort, about which activity, because of whom, and the post that offers
    what is to be done about it.
    """

    sort: Sort
    on: Roster | None = None
    whom: tuple[int, ...] = ()
    post: Post | None = None
    missing: int = 0

    @property
    def starts(self) -> datetime | None:
        return self.on.occurrence.starts_at if self.on is not None else None


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that takes place: with its roster, or, of a series, as its rule says and `like` what it is."""

    starts: datetime
    like: Occurrence
    on: Roster | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What one member of a community sees who may arrange something there."""

    lookup: Lookup
    member_id: int

    @property
    def open(self) -> bool:
        """Whether they have one."""
        return self.may("arrange")

    def may(self, action: Action, kind: str = "") -> bool:
        return may(self.lookup.roles().get(self.member_id), action, kind)

    def errands(self) -> list[Errand]:
        """What needs a word, by how long it can wait."""
        rosters = self._rosters()
        found = [
            *self._mine(),
            *self._without_a_word(rosters),
            *(each for on in rosters for each in self._of(on)),
        ]
        later = datetime.max.replace(tzinfo=self.lookup.now.tzinfo)
        return sorted(found, key=lambda each: (SORTS.index(each.sort), each.starts or later))

    def roster(self, number: int) -> Roster | None:
        """The activity of this number, where they arrange such."""
        row = self.lookup.session.exec(
            select(Occurrence).where(Occurrence.community_id == self.lookup.here.id, Occurrence.number == number)
        ).first()
        on = self.lookup.roster(row.id) if row is not None else None
        return on if on is not None and self.may("arrange", on.occurrence.kind) and stands(on) is None else None

    def _rosters(self) -> list[Roster]:
        """What is up and not long over, soonest first, of the kinds that they arrange."""
        lookup = self.lookup
        rows = POSTED_ROWS.all(lookup.session, community=lookup.here.id, since=lookup.now - LONGEST_OVER)
        rows = [row for row in rows if row.starts_at is not None and self.may("arrange", row.kind)]
        lookup.expect_rosters({row.id for row in rows})
        lookup.expect(lookup.people({row.id for row in rows}))
        found = [on for row in rows if (on := lookup.roster(row.id)) is not None]
        return sorted(found, key=lambda on: (on.occurrence.starts_at or lookup.now, on.occurrence.number or 0))

    def _of(self, on: Roster) -> Iterator[Errand]:
        """What one activity lacks, by its roster alone."""
        o, now, lookup = on.occurrence, self.lookup.now, self.lookup
        if o.starts_at is None:
            return
        if now >= o.ends():
            if not lookup.kind(on).rounds(o) and any(c.happened == UNKNOWN for c in on.taking()):
                yield Errand("roll", on)
            return
        offered = tuple(dict.fromkeys(c.member_id for c in on.taking() if c.promised == OFFERED))
        if offered:
            yield Errand("offer", on, offered)
        if not now < o.starts_at <= now + EMPTY_WITHIN:
            return
        missing = sum(gap.missing for gap in still_short(lookup.session, lookup.here, on))
        if missing and not on.filling():
            yield Errand("empty", on, missing=missing)
        elif missing and o.starts_at <= now + THIN_WITHIN:
            yield Errand("thin", on, missing=missing)

    def _without_a_word(self, rosters: Sequence[Roster]) -> Iterator[Errand]:
        """Who is to be rung up: whom no chat reaches, who did not come, who did not say 平安结束."""
        lookup = self.lookup
        by_id = {on.occurrence.id: on for on in rosters}
        rows = lookup.session.exec(
            select(Post).where(
                Post.community_id == lookup.here.id,
                col(Post.occurrence_id).in_(list(by_id)),
                col(Post.kind).in_(("call", "no_word")),
                Post.state == OPEN,
                Post.due <= lookup.now,
            )
        ).all()
        posts: dict[tuple[int, Sort], list[Post]] = {}
        for post in rows:
            sort: Sort = "call" if post.kind == "call" else about_of(NoWord.of(post))
            posts.setdefault((post.occurrence_id, sort), []).append(post)
        for on in rosters:
            for sort in TO_RING:
                there = posts.get((on.occurrence.id, sort), [])
                if whom := self._to_ring(on, sort, there):
                    own = next((post for post in there if post.member_id == self.member_id), None)
                    yield Errand(sort, on, tuple(whom), own or next(iter(there), None))

    def _to_ring(self, on: Roster, sort: Ring, there: Sequence[Post]) -> list[int]:
        """Those who were not rung up yet. Whoever of the coordinators did it, it is done."""
        o, lookup = on.occurrence, self.lookup
        rang = {id for post in there for id in Calls.of(post).rang}
        if sort == "call":
            unread = [id for post in there for id in Calls.of(post).unread]
            found = to_ring(lookup, on, unread) if there and lookup.now < o.ends() else []
        else:
            told = {id for post in there for id in NoWord.of(post).whom}
            late = sort == "back" and lookup.now >= o.ends() + NOT_BACK and watched(self._work, o)
            ids = silent(on, sort) if told or late else []
            found = [id for id in ids if id in told or (late and lookup.recipient(id) is not None)]
        return [id for id in found if id not in rang]

    @property
    def _work(self) -> Work:
        """To ask deeds how they see it. Nothing is done with it."""
        return Work(self.lookup.session, self.lookup.here, self.lookup.now)

    def _mine(self) -> Iterator[Errand]:
        """What was put before them alone: drafts, words passed on, whom nobody could tell."""
        lookup = self.lookup
        rows = lookup.session.exec(
            select(Post)
            .where(
                Post.community_id == lookup.here.id,
                Post.member_id == self.member_id,
                Post.due > lookup.now - DRAFT_FOR,
                Post.due <= lookup.now,
                Post.state != ENDED,
            )
            .order_by(col(Post.id))
        ).all()
        lookup.expect_rosters({post.occurrence_id for post in rows if post.kind == "draft" and post.state == OPEN})
        for post in rows:
            if (found := self._of_post(post)) is not None:
                yield found

    def _of_post(self, post: Post) -> Errand | None:
        now, kind = self.lookup.now, self.lookup.here.posts.get(post.kind)
        if post.kind == "draft":
            return self._draft(post)
        if post.kind == "passed" and post.state == OPEN and post.due > now - PASSED_FOR:
            body = Passed.of(post)
            if body.key not in TO_ANSWER or body.answers or not (body.key == "help" or self.may("coordinate")):
                return None
            sort: Sort = body.key if body.key in ("urgent", "help") else "passed"  # type: ignore[assignment]  # both are
            on = self.lookup.roster(post.occurrence_id) if post.occurrence_id else None
            return Errand(sort, on, (body.whose,), post)
        if kind is not None and issubclass(kind.body, Change) and post.due > now - UNTOLD_FOR:
            change = Change.of(post)
            on = self.lookup.roster(post.occurrence_id) if change.untold and not change.called else None
            return Errand("untold", on, change.untold, post) if on is not None else None
        return None

    def _draft(self, post: Post) -> Errand | None:
        on = self.lookup.roster(post.occurrence_id) if post.state == OPEN else None
        if on is None or DraftShown.of(post).older or on.occurrence.state != WAITS:
            return None
        o = on.occurrence
        past = o.starts_at is not None and o.ends() <= self.lookup.now
        return Errand("draft", on, post=post) if not past and self.may("arrange", o.kind) else None

    # ------------------------------------------------------------ what comes

    def planned(self, first: datetime, until: datetime) -> list[Planned]:
        """What takes place between two moments: what is up, what was promised ahead, and what a series says."""
        session, here = self.lookup.session, self.lookup.here
        ours = select(Occurrence).where(Occurrence.community_id == here.id, col(Occurrence.starts_at) < until)
        over = func.coalesce(Occurrence.ends_at, Occurrence.starts_at)
        up = ours.where(text("occurrence.state IN ('open', 'closed')"), over >= first)  # as its index has it
        ahead = ours.where(Occurrence.state == AHEAD, col(Occurrence.starts_at) >= first)
        rows = [*session.exec(up).all(), *session.exec(ahead).all()]
        self.lookup.expect_rosters({row.id for row in rows})
        found = [Planned(row.starts_at, row, self.lookup.roster(row.id)) for row in rows if row.starts_at is not None]
        return sorted([*found, *self._by_rule(first, until)], key=lambda each: each.starts)

    def _by_rule(self, first: datetime, until: datetime) -> Iterator[Planned]:
        """What series say of days for which there is no row yet."""
        session, here = self.lookup.session, self.lookup.here
        series = repeating(session, here.id)
        made = session.exec(
            select(Occurrence.series_id, Occurrence.original).where(
                Occurrence.community_id == here.id, col(Occurrence.series_id).in_([row.id for row in series])
            )
        ).all()
        there = set(made)
        for row in series:
            like = pattern_of(session, row)
            for start in starts(session, here, row, max(first, self.lookup.now), until) if like is not None else ():
                if like is not None and (row.id, local(start, here)) not in there:
                    yield Planned(start, like)
