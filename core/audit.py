"""The log: who did what for whom. Ids and verbs only, never names or texts; rows are added and never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Session, SQLModel

from core import columns
from core.ids import new_id
from core.way import New


class AuditLine(SQLModel, table=True):
    """One change, told in ids."""

    __tablename__ = "deed"
    __table_args__ = (Index("ix_deed_occurrence", "community_id", "occurrence_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    at: datetime = columns.moment()
    verb: str
    by_network: str = ""  # the account that spoke
    by_account: str = ""
    by_member: int = columns.ref(0)
    for_member: int = columns.ref(0)
    occurrence_id: int = columns.ref(0)
    claim_id: int = columns.ref(0)
    chat_id: int = columns.added(0, BigInteger)  # of what is done to a group


NEW = New(AuditLine)


def record(
    session: Session,
    community_id: int,
    now: datetime,
    verb: str,
    by: tuple[str, str, int] = ("", "", 0),
    for_member: int = 0,
    occurrence_id: int = 0,
    claim_id: int = 0,
    chat_id: int = 0,
) -> None:
    """Add a line, at once. `by` is network, account and member of the one who spoke; empty for the bot itself."""
    NEW.line(
        session,
        community_id=community_id,
        id=new_id(now),
        at=now,
        verb=verb,
        by_network=by[0],
        by_account=by[1],
        by_member=by[2],
        for_member=for_member,
        occurrence_id=occurrence_id,
        claim_id=claim_id,
        chat_id=chat_id,
    )
