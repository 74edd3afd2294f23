"""Finding posts: those of an activity, those that follow what happens to it, the one a message is a copy of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from core.posts.body import Body
from core.posts.kind import PostKind
from core.posts.row import ENDED, Copy, Post


def standing(session: Session, community_id: int, occurrence_id: int, *kinds: str) -> Sequence[Post]:
    """The posts of an occurrence that may still be shown or edited, of these kinds."""
    return session.exec(
        select(Post).where(
            Post.community_id == community_id,
            Post.occurrence_id == occurrence_id,
            col(Post.kind).in_(kinds),
            Post.state != ENDED,
        )
    ).all()


def standing_in(session: Session, community_id: int, chat_id: int, kind: str) -> dict[int, str]:
    """The occurrences of which a post of this kind stands in a chat, or is about to, each with the topic it is in."""
    rows = session.exec(
        select(Post).where(
            Post.community_id == community_id, Post.chat_id == chat_id, Post.kind == kind, Post.state != ENDED
        )
    ).all()
    return {row.occurrence_id: Body.of(row).thread for row in rows}


FOLLOWING = select(Post).where(
    Post.community_id == bindparam("community"),
    Post.occurrence_id == bindparam("occurrence"),
    Post.state != ENDED,
)
ROSTERS = col(Post.kind).in_(bindparam("always", expanding=True))
PRESSED = col(Post.kind).in_(bindparam("offering", expanding=True)) & col(Post.message).is_not(None)
FOLLOWED_BY_ALL = FOLLOWING.where(ROSTERS | PRESSED)
FOLLOWED_BY = FOLLOWING.where(ROSTERS | (PRESSED & col(Post.member_id).in_(bindparam("whose", expanding=True))))


def following(
    session: Session,
    community_id: int,
    occurrence_id: int,
    kinds: Iterable[PostKind],
    whose: Collection[int] | None = None,
) -> list[Post]:
    """The posts that follow what happens to an occurrence: those of these kinds that always do, and messages to these
    members (None: to all) of those that do while something may be pressed.
    """
    by = {how: [kind.name for kind in kinds if kind.follows == how] for how in ("always", "offering")}
    where: dict[str, Any] = {"community": community_id, "occurrence": occurrence_id, **by}
    with session.no_autoflush:  # what is not written yet has not been shown either
        if whose is None:
            rows = session.exec(FOLLOWED_BY_ALL, params=where).all()
        else:
            rows = session.exec(FOLLOWED_BY, params={**where, "whose": list(whose)}).all()
    return [row for row in rows if row.kind in by["always"] or row.actions]


def copied(session: Session, community_id: int, chat_id: int, message: str) -> Post | None:
    """The post that a message on a screen is, or was, a copy of."""
    copy = session.get(Copy, (community_id, chat_id, message))
    return None if copy is None else session.get(Post, (community_id, copy.post_id))


def under_way(session: Session, community_id: int, chat_id: int, *member_ids: int) -> bool:
    """Whether something for this chat, or for one of these members, may be on a screen already whose message nobody has
    written down yet.
    """
    query = select(Post.id).where(
        Post.community_id == community_id,
        (col(Post.chat_id) == chat_id) | col(Post.member_id).in_(member_ids),
        col(Post.pending),
        col(Post.sending).is_not(None),
        col(Post.message).is_(None),
    )
    return session.exec(query.limit(1)).first() is not None


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


def _lately(session: Session, community_id: int, chat_id: int, many: int) -> list[tuple[Post, datetime]]:
    copies = session.exec(
        select(Copy)
        .where(Copy.community_id == community_id, Copy.chat_id == chat_id)
        .order_by(col(Copy.at).desc(), col(Copy.post_id).desc())
        .limit(many)
    ).all()
    found = [(session.get(Post, (community_id, copy.post_id)), copy.at) for copy in copies]
    return [(post, at) for post, at in found if post is not None]
