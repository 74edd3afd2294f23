"""Consent, purpose by purpose: who agreed to what, when, to which sentence, and when they took it back. Ids only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Index
from sqlmodel import Session, SQLModel, col, or_, select

from core import columns
from core.ids import new_id
from core.members import Member

if TYPE_CHECKING:
    from core.work import Work

REGISTER: Final = "register"
"""Of an elder: that the register knows them. Without it nothing of them is kept."""
VISITORS: Final = "visitors"
"""Of an elder: that who visits them reads their name, door and hints."""


class Consent(SQLModel, table=True):
    """That somebody agreed: a neighbour (`member_id`), or somebody of the register (`elder_id`)."""

    __table_args__ = (
        Index("ix_consent_member", "community_id", "member_id"),
        Index("ix_consent_elder", "community_id", "elder_id"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    purpose: str
    member_id: int = columns.ref(0)
    elder_id: int = columns.ref(0)
    text: str = "1"  # which version of the sentence they heard
    at: datetime = columns.moment()
    taken_by: int = columns.ref(0)  # before whom: themselves, or the coordinator who asked them
    ended_at: datetime | None = columns.moment()
    ended_by: int = columns.ref(0)


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody agreed to before consents were rows: whose it is, before whom, and when."""

    member: int
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a neighbour may agree to. `consent.what.<name>` of the catalogues says it, `consent.stop.<name>` ends it.

    `stops`: does at once what taking it back means for this member. `held`: who agrees by what older rows say.
    """

    name: str
    stops: Callable[[Work, int], None]
    held: Callable[[Session, int], Sequence[Held]]
    text: str = "1"


def give(
    work: Work, purpose: str, text: str = "1", *, member: int = 0, elder: int = 0, at: datetime | None = None
) -> None:
    """Somebody agrees from now on, or agreed `at` a moment. Who does already is asked nothing anew."""
    if holds(work.session, work.here.id, purpose, member=member, elder=elder, text=text):
        return
    end(work, purpose, member=member, elder=elder)
    row = Consent(
        community_id=work.here.id,
        id=new_id(work.now),
        purpose=purpose,
        member_id=member,
        elder_id=elder,
        text=text,
        at=at or work.now,
        taken_by=work.by.member,
    )
    work.session.add(row)
    work.session.flush()


def end(work: Work, *purposes: str, member: int = 0, elder: int = 0) -> None:
    """They took it back: of these purposes, of all where none is said."""
    for row in given(work.session, work.here.id, member=member, elder=elder):
        if row.ended_at is None and (not purposes or row.purpose in purposes):
            row.ended_at, row.ended_by = work.now, work.by.member
            work.session.add(row)
    work.session.flush()


def given(session: Session, community_id: int, *, member: int = 0, elder: int = 0) -> Sequence[Consent]:
    """All that somebody ever agreed to, the oldest first."""
    merged = select(Member.id).where(Member.community_id == community_id, Member.merged_into == member)
    theirs = or_(col(Consent.member_id) == member, col(Consent.member_id).in_(merged))
    whose = col(Consent.elder_id) == elder if elder else theirs
    return session.exec(
        select(Consent).where(Consent.community_id == community_id, whose).order_by(col(Consent.at), col(Consent.id))
    ).all()


def holds(
    session: Session, community_id: int, purpose: str, *, member: int = 0, elder: int = 0, text: str = ""
) -> bool:
    """Whether somebody agrees to this now; `text`: to this version of its sentence."""
    rows = given(session, community_id, member=member, elder=elder)
    return any(r.purpose == purpose and r.ended_at is None and (not text or r.text == text) for r in rows)
