"""Events that a process did not live through: how often each was tried, and which are set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, Literal, get_args

from sqlmodel import AutoString, Field, Session, SQLModel, col, delete, select

from core import columns
from core.confided import Confided
from core.db import next_number
from core.messages import Attached, Chat, Event, Person
from core.seen import Seen

MOST = 2
"""How often an event may cost a process its life before it is set aside."""
State = Literal["counted", "aside", "again"]
"""It may be delivered again; it is tried by hand only; the operator wants it tried once more."""
COUNTED: Final = "counted"
ASIDE: Final = "aside"
AGAIN: Final = "again"
SORTS: dict[str, type[Any]] = {each.__name__.casefold(): each for each in get_args(Event)}


class Attempt(SQLModel, table=True):
    """An event at which a process ended before it was taken in."""

    bot: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    attempts: int = 0
    life: str = ""  # the attempt that was counted last: none is counted twice
    state: State = Field(default=COUNTED, sa_type=AutoString)
    at: datetime = columns.moment()
    number: int = 0  # of those set aside: how the operator calls it
    network: str = ""
    sort: str = ""
    private: bool = False
    words: Confided = columns.confided("attempt.words")  # the whole event: it is not delivered again


def count(session: Session, bot: str, event: str, life: str, now: datetime) -> int:
    """A process ended while it took this event in. How often that has happened. Tried by hand, it is aside again."""
    row = session.get(Attempt, (bot, event)) or Attempt(bot=bot, event=event, at=now)
    if row.life != life:
        row.attempts += 1
        row.life = life
    if row.state == AGAIN:
        row.state = ASIDE
    session.add(row)
    return row.attempts


def counted(session: Session) -> dict[tuple[str, str], int]:
    """How often those were tried that may be delivered again."""
    rows = session.exec(select(Attempt).where(Attempt.state == COUNTED)).all()
    return {(row.bot, row.event): row.attempts for row in rows}


def put_aside(session: Session, bot: str, event: Event, network: str, now: datetime) -> None:
    """From here on it is tried when the operator says so, and not before."""
    row = session.get_one(Attempt, (bot, event.event))
    row.state, row.at, row.number = ASIDE, now, next_number(session, "attempt")
    row.network, row.sort, row.private = network, sort_of(event), event.chat.private
    row.words = Confided(json.dumps(asdict(event)))
    session.add(row)


def taken_in(session: Session, bot: str, event: str) -> None:
    """It was taken in after all."""
    session.connection().execute(delete(Attempt).where(col(Attempt.bot) == bot, col(Attempt.event) == event))


def reopen(session: Session, bot: str, event: str) -> None:
    """It was set aside and is taken in now as if it came for the first time."""
    taken_in(session, bot, event)
    session.connection().execute(delete(Seen).where(col(Seen.bot) == bot, col(Seen.event) == event))


def forget_old(session: Session, before: datetime) -> None:
    session.connection().execute(delete(Attempt).where(col(Attempt.at) < before))


# ------------------------------------------------------------ for the operator


def aside(session: Session) -> Sequence[Attempt]:
    """What was set aside, oldest first."""
    return session.exec(select(Attempt).where(Attempt.number > 0).order_by(col(Attempt.number))).all()


def numbered(session: Session, number: int) -> Attempt | None:
    return session.exec(select(Attempt).where(Attempt.number == number, Attempt.number > 0)).first()


def to_try(session: Session) -> list[tuple[str, Event]]:
    """What the operator wants tried again: the account that it came to, and the event."""
    rows = session.exec(select(Attempt).where(Attempt.state == AGAIN).order_by(col(Attempt.number))).all()
    return [(row.bot, event) for row in rows if (event := event_of(row)) is not None]


# ------------------------------------------------------------ as it is kept


def sort_of(event: Event) -> str:
    return type(event).__name__.casefold()


def event_of(row: Attempt) -> Event | None:
    """The event itself; None if the key that opens it is gone."""
    said = row.words.privately()
    return event_from(row.sort, json.loads(said)) if said else None


def event_from(sort: str, facts: dict[str, Any]) -> Event:
    """An event of this sort, by what it says as a dictionary."""
    for name, made in (("chat", Chat), ("to", Chat), ("person", Person)):
        if facts.get(name) is not None:
            facts[name] = made(**facts[name])
    if facts.get("attached") is not None:
        facts["attached"] = Attached(**facts["attached"])
    if "mentions" in facts:
        facts["mentions"] = tuple(Person(**each) for each in facts["mentions"])
    event: Event = SORTS[sort](**facts)
    return event
