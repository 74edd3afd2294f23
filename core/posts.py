"""What should be on screen, and what is: posts, the copies of them that networks show, and touching them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence
from core.ids import new_id

# Urgency: what goes first when not everything can go at once.
ANSWER, ROSTER, OFFER, REMINDER, NOTICE = range(5)

OPEN, SETTLED, ENDED = "open", "settled", "ended"


class Post(SQLModel, table=True):
    """Something owed to a chat or a member: outbox, schedule and live roster at once.

    `wanted` counts the versions asked for, `shown` is the one on screen; the courier closes the gap. `sending` is the
    version of a call under way: still there after a crash, it says that the call may have arrived.
    `to` is a chat or a member (0 for the one it is not). 0 and '' stand for "none" so that the unique key works.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "chat_id", "member_id", "occurrence_id", "claim_id", "rule", "occasion"),
        Index(
            "ix_post_pending",
            "urgency",
            "not_before",
            "id",
            sqlite_where=text("pending = 1"),  # the very words of a query, or SQLite does not use it
            postgresql_where=text("pending"),
        ),
        Index("ix_post_occurrence", "community_id", "occurrence_id"),
        Index(
            "ix_post_confides",
            "community_id",
            "member_id",
            sqlite_where=text("confides = 1"),
            postgresql_where=text("confides"),
        ),
        Index("ix_post_member", "community_id", "member_id"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    chat_id: int = columns.ref(0)
    member_id: int = columns.ref(0)
    occurrence_id: int = columns.ref(0)
    claim_id: int = columns.ref(0)
    rule: str
    occasion: str = ""  # which start, which offer, which event: so a moved activity reminds anew
    urgency: int = NOTICE
    due: datetime = columns.moment()
    not_before: datetime = columns.moment()  # `due`, or later: quiet time, budget, a growing wait
    expires: datetime | None = columns.moment()
    state: str = OPEN  # OPEN: may be answered; SETTLED: answered, still edited; ENDED: nothing more is shown
    pending: bool = True  # wanted > shown and not ended, kept for the index
    life: int = 1  # which copy: a new one when the old is gone or is to stand at the bottom
    wanted: int = 1
    sending: int | None = None
    sending_since: datetime | None = columns.moment()
    shown: int = 0
    message: str | None = None  # the network's id of the copy on screen
    shown_in: int = columns.ref(0)  # the chat it is on screen in: chosen at delivery for a post to a member
    attempts: int = 0
    own: bool = False  # said in a group of the bot's own accord: it keeps quiet hours and counts in the group's budget
    confides: bool = columns.added(False)  # what is on screen, or may be, has confided words in it
    looks: str = ""  # a digest of what is on screen: an edit that would change nothing is not sent
    body: dict[str, Any] = columns.json()  # what a rule needs besides the rows it shows
    actions: list[list[str]] = columns.json(list)  # the [verb and argument, sign, label] on screen now
    offered: list[list[str]] = columns.json(list)  # those that earlier versions had


class Copy(SQLModel, table=True):
    """A message that once was put on a screen for a post: answers to old copies still find their post."""

    __table_args__ = (Index("ix_copy_post", "community_id", "post_id"),)

    community_id: int = columns.key()
    chat_id: int = columns.key()
    message: str = Field(primary_key=True)
    post_id: int = columns.ref(0)
    at: datetime = columns.moment()


SAME = select(Post).where(
    *(
        getattr(Post, name) == bindparam(name)
        for name in ("community_id", "chat_id", "member_id", "occurrence_id", "claim_id", "rule", "occasion")
    )
)


def key(post: Post) -> str:
    """The idempotency key of a post's copy: the same until acknowledged, whatever the version."""
    return f"{post.id}.{post.life}"


def ever_offered(post: Post) -> list[list[str]]:
    """Every action that any version of it had, those on screen now last."""
    return [*post.offered, *post.actions]


def want(  # noqa: PLR0913 - the columns of one row, by keyword
    session: Session,
    community_id: int,
    now: datetime,
    rule: str,
    *,
    urgency: int,
    chat_id: int = 0,
    member_id: int = 0,
    occurrence_id: int = 0,
    claim_id: int = 0,
    occasion: str = "",
    due: datetime | None = None,
    expires: datetime | None = None,
    body: dict[str, Any] | None = None,
    again: bool = False,
    own: bool = False,
    fresh: bool = False,
) -> Post:
    """Owe a post; the one already owed for the same (to, occurrence, claim, rule, occasion) is touched instead.

    `again`: put it at the bottom anew even if a copy of it stands further up. `fresh`: it cannot be owed yet, its
    occasion is an event that is taken in only now.
    """
    same: dict[str, Any] = {
        "community_id": community_id,
        "chat_id": chat_id,
        "member_id": member_id,
        "occurrence_id": occurrence_id,
        "claim_id": claim_id,
        "rule": rule,
        "occasion": occasion,
    }
    post = None if fresh else session.exec(SAME, params=same).first()
    if post is None:
        post = Post(
            **same,
            id=new_id(now),
            urgency=urgency,
            due=due or now,
            not_before=due or now,
            expires=expires,
            body=body or {},
            own=own,
        )
        session.add(post)
        return post
    if body is not None:
        post.body = body
    if again and post.message is not None:
        post.life += 1
        post.body = {**post.body, "remove": [*post.body.get("remove", []), [post.shown_in, post.message]]}
        post.message, post.sending, post.sending_since = None, None, None
    post.state = OPEN
    touch(session, [post], now)
    return post


def touch(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """What these posts show has changed: one more version of each is wanted.

    One that has nothing on screen yet keeps its time; one on screen is edited as soon as its lane allows.
    """
    for post in posts:
        if post.state == ENDED:
            continue
        post.wanted += 1
        post.pending = True
        if post.shown and post.not_before > now:
            post.not_before = now
        session.add(post)


def settle(session: Session, post: Post, now: datetime, **facts: Any) -> None:
    """A question was answered, a draft posted: show it once more, without what could be pressed."""
    post.body = {**post.body, **facts}
    post.state = SETTLED
    touch(session, [post], now)


def end(session: Session, post: Post) -> None:
    """Nothing more is shown for this post; what stands on a screen stays."""
    post.state, post.pending = ENDED, False
    session.add(post)


def standing(session: Session, community_id: int, occurrence_id: int, *rules: str) -> Sequence[Post]:
    """The posts of an occurrence that may still be shown or edited, of these rules."""
    return session.exec(
        select(Post).where(
            Post.community_id == community_id,
            Post.occurrence_id == occurrence_id,
            col(Post.rule).in_(rules),
            Post.state != ENDED,
        )
    ).all()


FOLLOWING = select(Post).where(
    Post.community_id == bindparam("community"),
    Post.occurrence_id == bindparam("occurrence"),
    col(Post.rule).in_(("roster", "offer", "readback", "remind")),
    Post.state != ENDED,
)
ROSTERS, PRESSED = col(Post.rule) == "roster", col(Post.message).is_not(None)
FOLLOWED_BY_ALL = FOLLOWING.where(ROSTERS | PRESSED)
FOLLOWED_BY = FOLLOWING.where(ROSTERS | (PRESSED & col(Post.member_id).in_(bindparam("whose", expanding=True))))


def following(
    session: Session, community_id: int, occurrence_id: int, whose: Collection[int] | None = None
) -> list[Post]:
    """The posts that follow what happens to an occurrence: its rosters, and messages to these members (None: to all)
    under which something may still be pressed.
    """
    where: dict[str, Any] = {"community": community_id, "occurrence": occurrence_id}
    with session.no_autoflush:  # what is not written yet has not been shown either
        if whose is None:
            rows = session.exec(FOLLOWED_BY_ALL, params=where).all()
        else:
            rows = session.exec(FOLLOWED_BY, params={**where, "whose": list(whose)}).all()
    return [row for row in rows if row.rule == "roster" or row.actions]


def copied(session: Session, community_id: int, chat_id: int, message: str) -> Post | None:
    """The post that a message on a screen is, or was, a copy of."""
    copy = session.get(Copy, (community_id, chat_id, message))
    return None if copy is None else session.get(Post, (community_id, copy.post_id))


def under_way(session: Session, community_id: int) -> bool:
    """Whether something may be on a screen already whose message nobody has written down yet."""
    query = select(Post.id).where(
        Post.community_id == community_id,
        col(Post.pending),
        col(Post.sending).is_not(None),
        col(Post.message).is_(None),
    )
    return session.exec(query.limit(1)).first() is not None


def newest(session: Session, community_id: int, chat_id: int) -> Post | None:
    """The post whose message was put last into a chat."""
    copy = session.exec(
        select(Copy)
        .where(Copy.community_id == community_id, Copy.chat_id == chat_id)
        .order_by(col(Copy.at).desc(), col(Copy.post_id).desc())
        .limit(1)
    ).first()
    return None if copy is None else session.get(Post, (community_id, copy.post_id))


def put_anew(session: Session, community_id: int, chat_id: int, now: datetime) -> None:
    """The copies in this chat are out of reach: rosters of what is still to come are wanted in it anew."""
    for post in session.exec(
        select(Post).where(
            Post.community_id == community_id,
            Post.chat_id == chat_id,
            Post.rule == "roster",
            Post.state != ENDED,
            col(Post.message).is_not(None),
        )
    ).all():
        occurrence = session.get(Occurrence, (community_id, post.occurrence_id))
        if occurrence is None or occurrence.starts_at is None or occurrence.ends() <= now:
            continue
        post.life += 1
        post.message, post.sending, post.sending_since, post.looks = None, None, None, ""
        touch(session, [post], now)


STILL_WORTH = timedelta(days=1)
"""How long something that nobody heard is kept for the moment at which its member opens a private chat."""


def keep(session: Session, post: Post) -> None:
    """Say this only if its member opens a private chat within the day: see `heard_at_last`."""
    post.body = {**post.body, "unheard": True}
    end(session, post)


def heard_at_last(session: Session, community_id: int, member_id: int, now: datetime) -> None:
    """A member can be reached now: what could not be told them within the last day comes after all."""
    unheard = session.exec(
        select(Post).where(
            Post.community_id == community_id,
            Post.member_id == member_id,
            Post.state == ENDED,
            col(Post.message).is_(None),
            Post.due > now - STILL_WORTH,
            Post.rule != "say",  # an answer to words long gone by helps nobody
        )
    ).all()
    newest = {
        ("offer" if post.rule == "readback" else post.rule, post.occurrence_id): post
        for post in sorted(unheard, key=lambda post: post.id)
    }
    for post in newest.values():  # of several about the same, the last is how things stand
        if post.body.get("unheard") and (post.expires is None or post.expires > now):
            post.body = {k: v for k, v in post.body.items() if k != "unheard"}
            post.state, post.not_before = OPEN, now
            touch(session, [post], now)


def after_restore(session: Session, now: datetime) -> None:
    """Called once on a database that came back from a backup: nothing that was owed then is sent blindly now.

    Rosters are put right by an edit; everything else that had fallen due before `now` is let go. What was confided and
    is to go from screens still goes.
    """
    stale = update(Post).where(col(Post.pending), col(Post.not_before) <= now, col(Post.rule) != "fade")
    session.exec(stale.where(col(Post.urgency) != ROSTER).values(pending=False, state=ENDED))
    session.exec(stale.where(col(Post.urgency) == ROSTER).values(sending=None, sending_since=None))
