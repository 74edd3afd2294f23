"""The book of meetings, as a paper one has them: date, place, who kept the minutes, who was there, who was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.claims import Roster, roster_of
from core.confided import Confided
from core.here import Here
from core.invited import invited_to
from core.members import member
from core.minutes import MinutesPicture, minutes_of, pictures_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting of the book. What was confided stays a value that cannot be printed."""

    on: Roster
    host: str
    keepers: tuple[str, ...]
    present: tuple[str, ...]
    excused: tuple[tuple[str, Confided], ...]
    minutes: tuple[Confided, ...]
    pictures: tuple[MinutesPicture, ...]


def book(session: Session, here: Here, since: datetime, until: datetime) -> list[Entry]:
    """The meetings that began in this time, in their order."""
    rows = meetings(session, here.id, since)
    return [entry(session, here, o) for o in rows if o.starts_at is not None and o.starts_at < until]


def meetings(session: Session, community_id: int, since: datetime) -> Sequence[Occurrence]:
    """The meetings that begin at this moment or later, soonest first; none that was called off."""
    return session.exec(
        select(Occurrence)
        .where(
            Occurrence.community_id == community_id,
            Occurrence.kind == "meeting",
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.number).is_not(None),
            col(Occurrence.starts_at) >= since,
        )
        .order_by(col(Occurrence.starts_at))
    ).all()


def entry(session: Session, here: Here, o: Occurrence) -> Entry:
    on = roster_of(session, o)
    parts = minutes_of(session, here.id, o.id)
    reasons = {row.member_id: row.reason for row in invited_to(session, here.id, o.id)}

    def name(id: int) -> str:
        return member(session, here.id, id).name if id else ""

    return Entry(
        on=on,
        host=name(o.made_by),
        keepers=tuple(dict.fromkeys(name(part.by_member) for part in parts)),
        present=tuple(name(claim.member_id) for claim in on.present()),
        excused=tuple((name(id), reasons[id]) for id in on.excused()),
        minutes=tuple(part.words for part in parts),
        pictures=tuple(pictures_of(session, here.id, o.id)),
    )
