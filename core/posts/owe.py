"""Owing: what should be on a screen, once more when it changes, and nothing more when it is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from core.activities import Occurrence
from core.ids import new_id
from core.members import KnownChat
from core.posts.body import Body
from core.posts.find import elsewhere
from core.posts.kind import PostKind
from core.posts.row import ENDED, OPEN, ROSTER, SETTLED, Copy, Post
from core.way import New, Rewrite, Rows, Statement

SAME = Rows(
    Post,
    *(
        getattr(Post, name) == bindparam(name)
        for name in ("community_id", "chat_id", "member_id", "occurrence_id", "claim_id", "kind", "occasion")
    ),
)
NEW = New(Post)
VERSION = Rewrite(Post, "wanted", "pending", "not_before")


def want(  # noqa: PLR0913 - the columns of one row, by keyword
    session: Session,
    community_id: int,
    now: datetime,
    kind: str,
    *,
    urgency: int,
    chat_id: int = 0,
    member_id: int = 0,
    occurrence_id: int = 0,
    claim_id: int = 0,
    occasion: str = "",
    due: datetime | None = None,
    expires: datetime | None = None,
    body: Body | None = None,
    again: bool = False,
    own: bool = False,
    fresh: bool = False,
) -> Post:
    """Owe a post; the one already owed for the same (to, occurrence, claim, kind, occasion) is touched instead.

    `again`: put it at the bottom anew even if a copy of it stands further up. `fresh`: it cannot be owed yet, its
    occasion is an event that is taken in only now.
    """
    same: dict[str, Any] = {
        "community_id": community_id,
        "chat_id": chat_id,
        "member_id": member_id,
        "occurrence_id": occurrence_id,
        "claim_id": claim_id,
        "kind": kind,
        "occasion": occasion,
    }
    said = {} if body is None else body.stored()
    more = {"urgency": urgency, "due": due or now, "not_before": due or now, "expires": expires, "own": own}
    write = NEW.row if fresh else NEW.unless_there
    new = write(session, **same, **more, id=new_id(now), body=said)
    if new is not None:
        return new
    post = SAME.first(session, **same)
    assert post is not None  # noqa: S101 - it is there: else it had been written
    _want_again(session, post, now, body, below=again)
    return post


def _want_again(session: Session, post: Post, now: datetime, body: Body | None, *, below: bool) -> None:
    if body is not None:
        post.body = body.stored()
    if below and post.message is not None:
        put_below(post)
    post.state = OPEN
    touch(session, [post], now)


def put_off(session: Session, post: Post, to: datetime) -> None:
    """It comes at that moment, whenever it was to come before."""
    post.due = post.not_before = to
    session.add(post)


def owed(
    session: Session, community_id: int, kind: str, *, member_id: int, occurrence_id: int, occasion: str
) -> Post | None:
    """The post already owed to a member for this occurrence and occasion."""
    where = {"member_id": member_id, "occurrence_id": occurrence_id, "occasion": occasion, "chat_id": 0, "claim_id": 0}
    return SAME.first(session, community_id=community_id, kind=kind, **where)


OWED_TO = Statement(
    select(col(Post.member_id)).where(
        Post.community_id == bindparam("community"),
        Post.occurrence_id == bindparam("occurrence"),
        Post.kind == bindparam("kind"),
    )
)


def members_owed(session: Session, community_id: int, occurrence_id: int, kind: str) -> set[int]:
    """The members to whom a post of this kind is, or was, owed for this occurrence."""
    where = {"community": community_id, "occurrence": occurrence_id, "kind": kind}
    return {id for (id,) in OWED_TO.rows(session, where)}


def put_below(post: Post) -> None:
    """Put it at the bottom anew; the copy that stands further up is taken away."""
    post.life += 1
    post.body = {**post.body, "remove": [*post.body.get("remove", []), [post.shown_in, post.message]]}
    post.message, post.sending, post.sending_since = None, None, None


def touch(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """What these posts show has changed: one more version of each is wanted.

    One that has nothing on screen yet keeps its time; one on screen is edited as soon as its lane allows.
    """
    for post in posts:
        if post.state != ENDED:
            sooner = bool(post.shown) and post.not_before > now
            VERSION.write(session, post, post.wanted + 1, True, now if sooner else post.not_before)


def settle(session: Session, post: Post, now: datetime, body: Body | None = None) -> None:
    """A question was answered, a draft posted: show it once more, without what could be pressed. `body`: how it was."""
    if body is not None:
        post.body = body.stored()
    post.state = SETTLED
    touch(session, [post], now)


GONE = {"gone": True}
"""The body of a post of which nothing is kept."""


def take_down(session: Session, post: Post, now: datetime) -> None:
    """Nothing of what it said is kept; where it stands on a screen, it says so."""
    post.body, post.actions, post.offered = dict(GONE), [], []
    post.state = ENDED if post.message is None else SETTLED
    post.pending = False
    session.add(post)
    session.flush()
    touch(session, [post], now)


def end(session: Session, post: Post) -> None:
    """Nothing more is shown for this post; what stands on a screen stays."""
    post.state, post.pending = ENDED, False
    session.add(post)


def put_anew(session: Session, kinds: Mapping[str, PostKind], chat: KnownChat, now: datetime) -> None:
    """A chat is about to have another id, and messages there other names: the copies in it are out of reach. What is
    still looked at or pressed is wanted there anew, and nothing more comes of the rest: an edit could meet another
    message that has the same number.
    """
    here = (Post.community_id == chat.community_id, Post.chat_id == chat.id, col(Post.message).is_not(None))
    for post in session.exec(select(Post).where(*here, Post.state != ENDED)).all():
        if not looked_at(session, kinds.get(post.kind), post, now):
            end(session, post)
            continue
        post.life += 1
        post.message, post.sending, post.sending_since, post.looks = None, None, None, ""
        post.body = {name: value for name, value in post.body.items() if name != "replies_to"}
        touch(session, [post], now)
    session.flush()
    copies = update(Copy).where(col(Copy.community_id) == chat.community_id, col(Copy.chat_id) == chat.id)
    session.exec(copies.values(message=elsewhere(chat.address, "") + col(Copy.message)))


def looked_at(session: Session, kind: PostKind | None, post: Post, now: datetime) -> bool:
    """Whether people still look at a message, or press what it offers."""
    if post.urgency != ROSTER:
        return bool(post.actions)
    occurrence = session.get(Occurrence, (post.community_id, post.occurrence_id))
    if occurrence is not None:
        return occurrence.starts_at is not None and occurrence.ends() > now
    return kind is None or kind.stays is None or kind.stays(session, post, now)


STILL_WORTH = timedelta(days=1)
"""How long something that nobody heard is kept for the moment at which its member opens a private chat."""


def keep(session: Session, post: Post, news: str) -> None:
    """Say this only if its member opens a private chat within the day, and it is the last news of this: see
    `heard_at_last`.
    """
    post.body = {**post.body, "unheard": news}
    end(session, post)


def heard_at_last(session: Session, community_id: int, member_id: int, now: datetime) -> list[Post]:
    """A member can be reached now: what could not be told them within the last day comes after all. What that is, the
    first to be read first.
    """
    unheard = session.exec(
        select(Post).where(
            Post.community_id == community_id,
            Post.member_id == member_id,
            Post.state == ENDED,
            col(Post.message).is_(None),
            Post.due > now - STILL_WORTH,
        )
    ).all()
    kept = [post for post in unheard if post.body.get("unheard")]
    newest = {(post.body["unheard"], post.occurrence_id): post for post in sorted(kept, key=lambda post: post.id)}
    # of several about the same, the last is how things stand
    told = [post for post in newest.values() if post.expires is None or post.expires > now]
    for post in told:
        post.body = {k: v for k, v in post.body.items() if k != "unheard"}
        post.state, post.not_before = OPEN, now
        touch(session, [post], now)
    return sorted(told, key=lambda post: (post.urgency, post.id))


def after_restore(session: Session, now: datetime, still: Collection[str]) -> None:
    """Called once on a database that came back from a backup: nothing that was owed then is sent blindly now.

    Rosters are put right by an edit; everything else that had fallen due before `now` is let go, but for kinds that are
    owed `still`.
    """
    stale = update(Post).where(col(Post.pending), col(Post.not_before) <= now, col(Post.kind).not_in(still))
    session.exec(stale.where(col(Post.urgency) != ROSTER).values(pending=False, state=ENDED))
    session.exec(stale.where(col(Post.urgency) == ROSTER).values(sending=None, sending_since=None))
