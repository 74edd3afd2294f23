"""What a bot account has already taken in: events, and how they were answered."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, delete, tuple_
from sqlmodel import Field, Session, SQLModel, col, select

from core import columns
from core.messages import Answer
from core.way import New, Rows

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


TAKEN_IN = Rows(Seen, Seen.bot == bindparam("bot"), Seen.event == bindparam("event"))
NEW = New(Seen)


def answered(session: Session, bot: str, event: str) -> Answer | None:
    """How this event was answered when it was taken in, perhaps by another version; None if it was not."""
    row = TAKEN_IN.first(session, bot=bot, event=event)
    if row is None:
        return None
    known = {field.name for field in fields(Answer)}
    return Answer(**{name: value for name, value in row.answer.items() if name in known})


def about(session: Session, bot: str, event: str) -> int:
    """The activity that this event drafted or acted on; 0 for none."""
    row = TAKEN_IN.first(session, bot=bot, event=event)
    return 0 if row is None else row.occurrence_id or 0


EARLIER = Rows(
    Seen,
    Seen.bot == bindparam("bot"),
    Seen.chat == bindparam("chat"),
    Seen.message == bindparam("message"),
    order=(col(Seen.at).desc(), col(Seen.event).desc()),
)


def earlier(session: Session, bot: str, chat: str, message: str) -> Seen | None:
    """What was made of a person's words when they were first said (or last edited)."""
    return EARLIER.first(session, bot=bot, chat=chat, message=message)


MOST = 1_000
"""So many rows are dropped in one transaction, for others wait behind it."""
OLDEST = select(Seen.bot, Seen.event).where(col(Seen.at) < bindparam("before", type_=columns.Moment())).limit(MOST)
FORGET = delete(Seen).where(tuple_(col(Seen.bot), col(Seen.event)).in_(OLDEST))


def forget_old(session: Session, before: datetime) -> int:
    """Drop what was seen before this moment, at most `MOST` rows; how many it was. Networks deliver again within hours,
    not weeks.
    """
    return session.connection().execute(FORGET, {"before": before}).rowcount
