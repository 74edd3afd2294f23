"""Hours: what was served, by whom and when, as it was recorded; added up by nobody but whoever asks for their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col

from core.activities import CLOSED, OPEN, Occurrence
from core.attendance import Attendance, attendance_of, served, span
from core.claims import ON_ROSTERS, TAKING, THERE, Claim, roster_of
from core.here import Here
from core.manners import wall
from core.members import member


@dataclass(frozen=True, slots=True)
class Served:
    """One head's being there: who, at what, from when to when (aware, UTC), for how long, as what, and by whose word.

    `added`: recorded after the check-in was over. `claim` is its id. `brought`: the head is of somebody whom the member
    brought along.
    """

    claim: int
    member: int
    brought: bool
    name: str
    title: str
    number: int
    begins: datetime
    ends: datetime
    hours: timedelta
    role: str
    recorded_by: str
    confirmed_by: str
    added: bool
    unit: bool = False  # one of so many of a partner unit, who have no names


def of_year(here: Here, year: int) -> tuple[datetime, datetime]:
    """The moments between which a year lies here."""
    return wall(date(year, 1, 1), time(0), here.tz), wall(date(year + 1, 1, 1), time(0), here.tz)


def of_days(here: Here, first: date, last: date) -> tuple[datetime, datetime]:
    """The moments between which these days lie, both included."""
    return wall(first, time(0), here.tz), wall(last + timedelta(days=1), time(0), here.tz)


def records(
    session: Session, here: Here, between: tuple[datetime, datetime], lang: str, whose: Collection[int] | None = None
) -> list[Served]:
    """All that was served between two moments, in the order of time; of these members only, if said."""
    rows = attended(session, here, between, whose)
    rosters = {o.id: roster_of(session, o) for o in {o.id: o for o, _, _ in rows}.values()}
    out: list[Served] = []
    for o, claim, row in rows:
        on = rosters[o.id]
        begins, ends = span(o, row)
        unit = member(session, here.id, claim.member_id).unit
        slot = on.slot(claim.slot_id)
        out.append(
            Served(
                claim=claim.id,
                member=member(session, here.id, claim.member_id).id,
                brought=not unit and brought(claim),
                name=name_of(session, here, claim),
                title=here.kind(o).title(o, lang),
                number=o.number or 0,
                begins=begins,
                ends=ends,
                hours=served(o, claim, row),
                role=here.kind(o).slot_name(on, slot, lang) if slot is not None else "",
                recorded_by=member(session, here.id, row.by_member).name if row is not None and row.by_member else "",
                confirmed_by=member(session, here.id, row.confirmed_by).name if row and row.confirmed_by else "",
                added=row is not None and row.added,
                unit=unit,
            )
        )
    return out


def attended(
    session: Session, here: Here, between: tuple[datetime, datetime], whose: Collection[int] | None = None
) -> list[tuple[Occurrence, Claim, Attendance | None]]:
    """The claims of those who were there between two moments, in the order of time, each with what was recorded."""
    query = ON_ROSTERS.where(
        Occurrence.community_id == here.id,
        col(Occurrence.state).in_((OPEN, CLOSED)),
        col(Occurrence.starts_at) >= between[0],
        col(Occurrence.starts_at) < between[1],
        col(Claim.promised).in_(TAKING),
        col(Claim.happened).in_(THERE),
    ).order_by(col(Occurrence.starts_at), col(Claim.position))
    rows = session.exec(query if whose is None else query.where(col(Claim.member_id).in_(whose))).all()
    known = attendance_of(session, here.id, [claim.id for _, claim in rows])
    return [(o, claim, known.get(claim.id)) for o, claim in rows]


def sum_of(session: Session, here: Here, between: tuple[datetime, datetime], member_id: int) -> tuple[timedelta, int]:
    """For how long a member was there themselves between two moments, and how often."""
    rows = attended(session, here, between, [member_id])
    each = [served(o, claim, row) for o, claim, row in rows if not brought(claim)]
    return sum(each, timedelta(0)), len(each)


def brought(claim: Claim) -> bool:
    """Whether it is of somebody whom its member brings along."""
    return claim.guest_of is not None or claim.ordinal != 0


def name_of(session: Session, here: Here, claim: Claim) -> str:
    """Whose being there it is: who brings somebody, and whom."""
    who = member(session, here.id, claim.member_id)
    return f"{who.name}+{claim.name or 1}" if brought(claim) and not who.unit else who.name


def total(rows: Sequence[Served]) -> timedelta:
    return sum((row.hours for row in rows), timedelta(0))


def own(rows: Sequence[Served], member_id: int) -> list[Served]:
    """Those of a member themselves, without the people they brought."""
    return [row for row in rows if row.member == member_id and not row.brought]
