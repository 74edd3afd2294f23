"""Finding posts: those of an activity, those that follow what happens to it, the one a message is a copy of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, or_, outerjoin
from sqlmodel import Session, col, select

from core.plain import among
from core.posts.body import Body
from core.posts.kind import PostKind
from core.posts.row import ENDED, Copy, Post
from core.way import Beside, Rows, Statement

OF_ACTIVITY = (
    Post.community_id == bindparam("community"),
    Post.occurrence_id == bindparam("occurrence"),
    Post.state != ENDED,
)
STANDING = Rows(Post, *OF_ACTIVITY, among(Post.kind, "kinds", String))
STANDING_IN = Rows(
    Post,
    Post.community_id == bindparam("community"),
    Post.chat_id == bindparam("chat"),
    Post.kind == bindparam("kind"),
    Post.state != ENDED,
)


def standing(session: Session, community_id: int, occurrence_id: int, *kinds: str) -> Sequence[Post]:
    """The posts of an occurrence that may still be shown or edited, of these kinds."""
    return STANDING.all(session, community=community_id, occurrence=occurrence_id, kinds=kinds)


def standing_in(session: Session, community_id: int, chat_id: int, kind: str) -> dict[int, str]:
    """The occurrences of which a post of this kind stands in a chat, or is about to, each with the topic it is in."""
    rows = STANDING_IN.all(session, community=community_id, chat=chat_id, kind=kind)
    return {row.occurrence_id: Body.of(row).thread for row in rows}


ROSTERS = among(Post.kind, "always", String)
PRESSED = and_(among(Post.kind, "offering", String), col(Post.message).is_not(None))
FOLLOWED_BY_ALL = Rows(Post, *OF_ACTIVITY, or_(ROSTERS, PRESSED))
FOLLOWED_BY = Rows(Post, *OF_ACTIVITY, or_(ROSTERS, and_(PRESSED, among(Post.member_id, "whose"))))


def following(
    session: Session,
    community_id: int,
    occurrence_id: int,
    kinds: Iterable[PostKind],
    whose: Collection[int] | None = None,
    also: Collection[str] = (),
) -> list[Post]:
    """The posts that follow what happens to an occurrence: those of these kinds that always do, and messages to these
    members (None: to all) of those that do while something may be pressed. `also`: the names of further kinds.
    """
    by = {how: [kind.name for kind in kinds if kind.follows == how] for how in ("always", "offering")}
    by["always"] += also
    where: dict[str, Any] = {"community": community_id, "occurrence": occurrence_id, **by}
    with session.no_autoflush:  # what is not written yet has not been shown either
        if whose is None:
            rows = FOLLOWED_BY_ALL.all(session, **where)
        else:
            rows = FOLLOWED_BY.all(session, **where, whose=whose)
    return [row for row in rows if row.kind in by["always"] or row.actions]


LATELY_OWED = Rows(
    Post,
    Post.community_id == bindparam("community"),
    Post.member_id == bindparam("member"),
    Post.occurrence_id == bindparam("occurrence"),
    Post.kind == bindparam("kind"),
    Post.due > bindparam("since"),
)


def lately_owed(
    session: Session, community_id: int, kind: str, *, member_id: int, occurrence_id: int, since: datetime
) -> list[Post]:
    """The posts of this kind to a member about an occurrence that have fallen due since then."""
    return LATELY_OWED.all(
        session, community=community_id, kind=kind, member=member_id, occurrence=occurrence_id, since=since
    )


OF_COPIES = outerjoin(Copy, Post, (col(Post.community_id) == Copy.community_id) & (col(Post.id) == Copy.post_id))
COPIED = Beside(
    (Copy, Post),
    lambda both: both.select_from(OF_COPIES).where(
        Copy.community_id == bindparam("community"),
        Copy.chat_id == bindparam("chat"),
        Copy.message == bindparam("message"),
    ),
)


def elsewhere(address: str, message: str) -> str:
    """By what a message is known that stands where its chat was before it moved: messages have other names now."""
    return f"{address}/{message}"


def copied(session: Session, community_id: int, chat_id: int, message: str) -> Post | None:
    """The post that a message on a screen is, or was, a copy of."""
    found = COPIED.first(session, community=community_id, chat=chat_id, message=message)
    return None if found is None else found[1]


UNDER_WAY = Statement(
    select(Post.id)
    .where(
        Post.community_id == bindparam("community"),
        or_(col(Post.chat_id) == bindparam("chat"), among(Post.member_id, "members")),
        col(Post.pending),
        col(Post.sending).is_not(None),
        col(Post.message).is_(None),
    )
    .limit(1)
)


def under_way(session: Session, community_id: int, chat_id: int, *member_ids: int) -> bool:
    """Whether something for this chat, or for one of these members, may be on a screen already whose message nobody has
    written down yet.
    """
    where = {"community": community_id, "chat": chat_id, "members": member_ids}
    return bool(UNDER_WAY.rows(session, where))


def newest(session: Session, community_id: int, chat_id: int) -> Post | None:
    """The post whose message was put last into a chat."""
    last = _lately(session, community_id, chat_id, 1)
    return last[0][0] if last else None


SEEN = 6
"""So far up a chat it is looked for what is still waited for."""


def newest_besides(
    session: Session, community_id: int, chat_id: int, kinds: Collection[str], since: datetime
) -> Post | None:
    """The same, those of these kinds left aside as long as what they leave was put there after `since`."""
    for n, (post, at) in enumerate(_lately(session, community_id, chat_id, SEEN)):
        if n and at < since:
            return None
        if post.kind not in kinds:
            return post
    return None


LATELY = Beside(
    (Copy, Post),
    lambda both: (
        both.select_from(OF_COPIES)
        .where(Copy.community_id == bindparam("community"), Copy.chat_id == bindparam("chat"))
        .order_by(col(Copy.at).desc(), col(Copy.post_id).desc())
        .limit(bindparam("many", type_=Integer()))
    ),
)


def _lately(session: Session, community_id: int, chat_id: int, many: int) -> list[tuple[Post, datetime]]:
    found = LATELY.all(session, community=community_id, chat=chat_id, many=many)
    return [(post, copy.at) for copy, post in found if post is not None]
