"""What a bot account has already taken in: events, and how they were answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, delete, insert, tuple_
from sqlmodel import Field, Session, SQLModel, col, select

from core import columns

NOTHING, DRAFTED, ACTED, FAILED, ASIDE, MATTER = "nothing", "drafted", "acted", "failed", "aside", "matter"
NOWHERE = "nowhere"
"""They named an activity that there is not."""


class Seen(SQLModel, table=True):
    """An event that was taken in. Delivered again, it is answered again from here and does nothing."""

    __table_args__ = (Index("ix_seen_message", "bot", "chat", "message"), Index("ix_seen_at", "at"))

    bot: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    at: datetime = columns.moment()
    chat: str = ""
    message: str = ""  # of words said: where an edit of them points
    outcome: str = NOTHING
    occurrence_id: int = columns.ref(0)  # what it drafted or acted on
    answer: dict[str, Any] = columns.json()


ANSWER = select(col(Seen.answer)).where(Seen.bot == bindparam("bot"), Seen.event == bindparam("event"))
NEW = insert(Seen)


def answered(session: Session, bot: str, event: str) -> dict[str, Any] | None:
    """How this event was answered when it was taken in; None if it was not."""
    row = session.connection().execute(ANSWER, {"bot": bot, "event": event}).first()
    return None if row is None else row[0]


def earlier(session: Session, bot: str, chat: str, message: str) -> Seen | None:
    """What was made of a person's words when they were first said (or last edited)."""
    return session.exec(
        select(Seen)
        .where(Seen.bot == bot, Seen.chat == chat, Seen.message == message)
        .order_by(col(Seen.at).desc(), col(Seen.event).desc())
    ).first()


MOST = 1_000
"""So many rows are dropped in one transaction, for others wait behind it."""
OLDEST = select(Seen.bot, Seen.event).where(col(Seen.at) < bindparam("before", type_=columns.Moment())).limit(MOST)
FORGET = delete(Seen).where(tuple_(col(Seen.bot), col(Seen.event)).in_(OLDEST))


def forget_old(session: Session, before: datetime) -> int:
    """Drop what was seen before this moment, at most `MOST` rows; how many it was. Networks deliver again within hours,
    not weeks.
    """
    return session.connection().execute(FORGET, {"before": before}).rowcount
