"""A post: something owed to a chat or a member, and the copies of it that networks show."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import AutoString, Field, SQLModel

from core import columns

# Urgency: what goes first when not everything can go at once.
ANSWER, ROSTER, OFFER, REMINDER, NOTICE = range(5)

HARMLESS = frozenset(
    ("reminder", "about", "verb", "claims", "waited", "was", "origin", "overheard", "remove", "put", "unheard",
     "undone", "thread", "before", "older", "page", "account", "ask", "answer", "marked", "others", "asked",
     "replies_to", "gone", "greets", "aloud", "beneath")
)  # fmt: skip
"""What a body may say unsealed: ids and verbs. Everything else may be somebody's words."""

State = Literal["open", "settled", "ended"]
"""It may be answered; it was answered, and is still edited; nothing more of it is shown."""
OPEN: Final = "open"
SETTLED: Final = "settled"
ENDED: Final = "ended"


class Post(SQLModel, table=True):
    """Something owed to a chat or a member: outbox, schedule and live roster at once.

    `wanted` counts the versions asked for, `shown` is the one on screen; the courier closes the gap. `sending` is the
    version of a call under way: still there after a crash, it says that the call may have arrived.
    `to` is a chat or a member (0 for the one it is not). 0 and '' stand for "none" so that the unique key works.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "chat_id", "member_id", "occurrence_id", "claim_id", "kind", "occasion"),
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
        Index("ix_post_member", "community_id", "member_id", "due"),
        Index("ix_post_chat", "community_id", "chat_id", "kind", "due"),
        Index(
            "ix_post_under_way",
            "community_id",
            sqlite_where=text("pending = 1 AND sending IS NOT NULL AND message IS NULL"),
            postgresql_where=text("pending AND sending IS NOT NULL AND message IS NULL"),
        ),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    chat_id: int = columns.ref(0)
    member_id: int = columns.ref(0)
    occurrence_id: int = columns.ref(0)
    claim_id: int = columns.ref(0)
    kind: str
    occasion: str = ""  # which start, which offer, which event: so a moved activity reminds anew
    urgency: int = NOTICE
    due: datetime = columns.moment()
    not_before: datetime = columns.moment()  # `due`, or later: quiet time, budget, a growing wait
    expires: datetime | None = columns.moment()
    state: State = Field(default=OPEN, sa_type=AutoString)
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
    body: dict[str, Any] = columns.body("post.body", HARMLESS)  # what a kind needs besides the rows it shows
    actions: list[list[str]] = columns.json(list)  # the [verb and argument, sign, label] on screen now
    offered: list[list[str]] = columns.json(list)  # those that earlier versions had


class Copy(SQLModel, table=True):
    """A message that once was put on a screen for a post: answers to old copies still find their post."""

    __table_args__ = (
        Index("ix_copy_post", "community_id", "post_id"),
        Index("ix_copy_newest", "community_id", "chat_id", "at", "post_id"),
    )

    community_id: int = columns.key()
    chat_id: int = columns.key()
    message: str = Field(primary_key=True)
    post_id: int = columns.ref(0)
    at: datetime = columns.moment()


def key(post: Post) -> str:
    """The idempotency key of a post's copy: the same until acknowledged, whatever the version."""
    return f"{post.id}.{post.life}"


def ever_offered(post: Post) -> list[list[str]]:
    """Every action that any version of it had, those on screen now last."""
    return [*post.offered, *post.actions]
