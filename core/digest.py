"""The digest: what happened, what comes, what came of matters. And who has it privately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field as PydanticField
from sqlmodel import Session, SQLModel, col, delete, select

from core import columns
from core.activities import CANCELLED, DISCARDED, DRAFT, Occurrence
from core.claims import THERE, Claim
from core.matters import ENDED as CLOSED
from core.matters import FOLLOWED, Matter, MatterStep, in_states, steps_of
from core.members import member
from core.settings import Table

DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"


class Digesting(Table):
    """When a draft of the digest comes by itself."""

    weekly: str = PydanticField(
        "", pattern=rf"(?i)^(?:{DAY} (?:[01]\d|2[0-3]):[0-5]\d)?$",
        description="a weekday and an hour, or an empty text", examples=['"Friday 16:00"'],
    )  # fmt: skip


class DigestReader(SQLModel, table=True):
    """Somebody who has each digest privately."""

    community_id: int = columns.key()
    member_id: int = columns.key()
    at: datetime = columns.moment()


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: they have it no longer."""
    mine = (col(DigestReader.community_id) == community_id, col(DigestReader.member_id) == member_id)
    session.execute(delete(DigestReader).where(*mine))


@dataclass(frozen=True, slots=True)
class Held:
    """An activity that was held, how many heads were there, and which people."""

    occurrence: Occurrence
    heads: int
    people: frozenset[int]


def readers(session: Session, community_id: int) -> list[int]:
    """Who has it privately, each person once."""
    rows = session.exec(select(DigestReader).where(DigestReader.community_id == community_id)).all()
    return list(dict.fromkeys(member(session, community_id, row.member_id).id for row in rows))


def between(session: Session, community_id: int, since: datetime, until: datetime) -> Sequence[Occurrence]:
    """What was posted and begins from then until then, soonest first; what was called off is not among it."""
    return session.exec(
        select(Occurrence)
        .where(
            Occurrence.community_id == community_id,
            col(Occurrence.number).is_not(None),
            col(Occurrence.state).not_in((CANCELLED, DISCARDED, DRAFT)),
            col(Occurrence.starts_at) >= since,
            col(Occurrence.starts_at) < until,
        )
        .order_by(col(Occurrence.starts_at), col(Occurrence.number))
    ).all()


def held(session: Session, community_id: int, since: datetime, until: datetime) -> list[Held]:
    """What was held in this time. Only who was there counts: nobody is taken for present, nor for absent."""
    found = between(session, community_id, since, until)
    claims = session.exec(
        select(Claim).where(
            Claim.community_id == community_id,
            col(Claim.occurrence_id).in_([o.id for o in found]),
            col(Claim.happened).in_(THERE),
        )
    ).all()
    out = []
    for o in found:
        mine = [claim for claim in claims if claim.occurrence_id == o.id]
        out.append(Held(o, len(mine), frozenset(member(session, community_id, claim.member_id).id for claim in mine)))
    return out


def stepped(session: Session, community_id: int, since: datetime, until: datetime) -> list[tuple[Matter, MatterStep]]:
    """Public matters of which something came in this time, each with the newest step that everybody may read."""
    out = []
    for row in in_states(session, community_id, *FOLLOWED, *CLOSED):
        if not row.public or row.stepped_at < since:
            continue
        steps = [each for each in steps_of(session, community_id, row.id) if each.words and since <= each.at < until]
        if steps:
            out.append((row, steps[-1]))
    return out
