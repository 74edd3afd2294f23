"""Of which community somebody who is in several speaks privately: asked once, and changed by saying so."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel

from core import columns
from core.messages import Person


class SpokenOf(SQLModel, table=True):
    """The community that an account speaks of in its private chat with the bot."""

    network: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    community_id: int = columns.ref(0)  # 0: they were asked, and have not answered
    at: datetime = columns.moment()


def spoken_of(session: Session, person: Person) -> int | None:
    """The community that they speak of; 0 where they were asked and have not answered, None where nobody asked."""
    row = session.get(SpokenOf, (person.network, person.id))
    return None if row is None else row.community_id


def speak_of(session: Session, person: Person, community_id: int, now: datetime) -> None:
    """From now on they speak of this one; 0: they are being asked."""
    row = session.get(SpokenOf, (person.network, person.id)) or SpokenOf(network=person.network, account=person.id)
    row.community_id, row.at = community_id, now
    session.add(row)
