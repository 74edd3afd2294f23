"""Who may read what is confided of a promise: one rule, asked by everything that shows it; and who has read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, or_
from sqlmodel import Session, SQLModel, col, select

from core import columns, posts
from core.activities import CANCELLED, Occurrence
from core.claims import CLAIMED, Claim
from core.ids import new_id
from core.members import Member
from core.posts import ENDED, SETTLED, Post
from core.roles import Action, Role, may

FADES = timedelta(days=1)
"""How long after the end a visitor may still read whom they went to, where the settings say nothing else."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is about to read. Nothing that anybody said makes one: only accounts and rows do.

    `neighbour`: in one of the community's groups now, or otherwise one of it. `wards`: those without an account for
    whom they speak.
    """

    id: int
    neighbour: bool = False
    role: Role | None = None
    wards: frozenset[int] = frozenset()

    def may(self, action: Action, kind: str = "") -> bool:
        """Whether they may do this, and so read what it takes: see `core.roles`."""
        return may(self.role, action, kind)

    @property
    def coordinates(self) -> bool:
        return self.may("coordinate")


NOBODY = Reader(0)
"""Whoever reads a group."""


def may_read(
    reader: Reader,
    on: Occurrence,
    claim: Claim,
    holder: int,
    now: datetime,
    opens: datetime | None = None,
    lasts: timedelta = FADES,
) -> bool:
    """Whether what is confided of this claim, which `holder` has, is for this reader.

    It belongs to the one who goes, or who speaks for them where they have no account; while they hold the place, from
    when it `opens` (None: at once) until so long after the end as it `lasts`. Not to who signed them up, nor to who
    only waits. A coordinator, who confided it, reads all, and so does whoever arranges activities of its kind.
    """
    if reader.may("arrange", on.kind):
        return True
    if opens is not None and now < opens:
        return False
    if on.state == CANCELLED or (on.starts_at is not None and now >= on.ends() + lasts):
        return False
    return reader.neighbour and claim.promised == CLAIMED and (holder == reader.id or holder in reader.wards)


# ------------------------------------------------------------ what stands on screens


def look_again(
    session: Session,
    community_id: int,
    now: datetime,
    *,
    members: Collection[int] | None = None,
    occurrence_id: int | None = None,
) -> None:
    """Show anew what stands on screens with confided words: whoever may not read them any more shall not keep them.

    `members`: what was said to these, to who speaks for them and to whom they speak for; None: to anybody.
    `occurrence_id`: what was said of this one, lists of several included; None: of any. What is as it was is not sent.
    """
    query = select(Post).where(Post.community_id == community_id, col(Post.confides), col(Post.message).is_not(None))
    if members is not None:
        query = query.where(col(Post.member_id).in_(household(session, community_id, members)))
    if occurrence_id is not None:
        query = query.where(col(Post.occurrence_id).in_((occurrence_id, 0)))
    for post in session.exec(query).all():
        if post.state == ENDED:
            post.state = SETTLED  # nothing was to be shown any more, but this must
        posts.touch(session, [post], now)


def household(session: Session, community_id: int, members: Collection[int]) -> set[int]:
    """These members, who speaks for them, and those for whom they speak."""
    rows = session.exec(
        select(Member.id, Member.proxy_id).where(
            Member.community_id == community_id,
            col(Member.proxy_id).is_not(None),
            or_(col(Member.id).in_(members), col(Member.proxy_id).in_(members)),
        )
    ).all()
    return {*members, *(id for row in rows for id in row if id is not None)}


def fade(session: Session, occurrence: Occurrence, now: datetime, lasts: timedelta = FADES) -> None:
    """Owe the moment at which what was confided of this goes from all screens: see `faded`."""
    if occurrence.starts_at is None:
        return
    post = posts.want(
        session,
        occurrence.community_id,
        now,
        "fade",
        urgency=posts.NOTICE,
        occurrence_id=occurrence.id,
        occasion="fade",
    )
    posts.put_off(session, post, occurrence.ends() + lasts)


def faded(session: Session, occurrence: Occurrence, now: datetime, lasts: timedelta = FADES) -> None:
    """It has lasted; or it is not, for the activity was moved, and its moment is owed anew."""
    if occurrence.starts_at is not None and occurrence.state != CANCELLED and now < occurrence.ends() + lasts:
        fade(session, occurrence, now, lasts)
    else:
        look_again(session, occurrence.community_id, now, occurrence_id=occurrence.id)


# ------------------------------------------------------------ who has read it


class Heard(SQLModel, table=True):
    """That a message with confided words in it was put before somebody: ids only. Rows are added and never changed."""

    __table_args__ = (Index("ix_heard_occurrence", "community_id", "occurrence_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    at: datetime = columns.moment()
    post_id: int = columns.ref(0)
    occurrence_id: int = columns.ref(0)  # 0 for a list of several
    member_id: int = columns.ref(0)  # who read it
    network: str = ""  # by which account
    account: str = ""


def heard(session: Session, post: Post, reader: int, account: tuple[str, str], now: datetime) -> None:
    """Write down that this post was put before a reader with confided words in it."""
    row = Heard(
        community_id=post.community_id,
        id=new_id(now),
        at=now,
        post_id=post.id,
        occurrence_id=post.occurrence_id,
        member_id=reader,
        network=account[0],
        account=account[1],
    )
    session.add(row)
