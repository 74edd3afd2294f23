"""Rounds: visits over days, without an hour; what visitors say of each household, and what is to be followed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Index, bindparam, or_
from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import Occurrence, Slot, slots_of
from core.claims import FINISHED, ON_THE_WAY, Claim, Roster
from core.confided import Confided
from core.here import Here
from core.manners import NINE, wall
from core.way import Rows

FINE, FOLLOW, URGENT = "fine", "follow_up", "urgent"
GRADES = (FINE, FOLLOW, URGENT)
BEFORE_THE_END = timedelta(days=3)
HEARD_WITHIN = timedelta(hours=1)
"""How long after 送到了 the next private words are the report."""


class VisitReport(SQLModel, table=True):
    """That somebody was there on a round, and what they say of it; `grade`: how it is, '' while nobody said."""

    __table_args__ = (
        Index("ix_visitreport_occurrence", "community_id", "occurrence_id"),
        Index("ix_visitreport_member", "community_id", "member_id", "id"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    slot_id: int = columns.ref(0)
    elder_id: int = columns.ref(0)
    claim_id: int = columns.ref(0)
    member_id: int = columns.ref(0)  # who was there, or spoke for who was
    at: datetime = columns.moment()
    words: Confided = columns.confided("visitreport.words")
    grade: str = ""
    closed_at: datetime | None = columns.moment()
    closed_by: int = columns.ref(0)
    handed_at: datetime | None = columns.moment()  # since when it stands on the next visitor's card
    handed_by: int = columns.added(0, BigInteger)  # the coordinator who said so


def is_round(o: Occurrence) -> bool:
    """Whether it goes over several days, without an hour."""
    return o.all_day and o.starts_at is not None and o.ends_at is not None and o.ends_at - o.starts_at > ONE_DAY


ONE_DAY = timedelta(hours=26)


def first_morning(here: Here, o: Occurrence) -> datetime:
    """Nine o'clock of its first day."""
    assert o.starts_at is not None  # noqa: S101 - a round has days
    return wall(o.starts_at.astimezone(here.tz).date(), NINE, here.tz)


def last_look(here: Here, o: Occurrence) -> datetime:
    """Nine o'clock of the day three days before its last one."""
    last = (o.ends() - timedelta(hours=2)).astimezone(here.tz).date()
    return wall(last - BEFORE_THE_END, NINE, here.tz)


def households(on: Roster) -> list[Slot]:
    return [slot for slot in on.slots if slot.max != 0]


def delivered(on: Roster) -> set[int]:
    """The households where somebody has been, by their ids."""
    return {claim.slot_id for claim in on.taking() if claim.happened == FINISHED}


def picked_up(on: Roster) -> set[int]:
    """The households for which somebody has the material, or had it when they were there, by their ids."""
    return {claim.slot_id for claim in on.taking() if claim.happened in (ON_THE_WAY, FINISHED)}


def still_to_go(on: Roster, theirs: Sequence[Claim]) -> list[Claim]:
    """Of these claims, those whose household nobody has been to."""
    done = delivered(on)
    return [claim for claim in theirs if claim.slot_id not in done]


def report(session: Session, community_id: int, id: int) -> VisitReport | None:
    return session.get(VisitReport, (community_id, id)) if id else None


def reports_of(session: Session, community_id: int, occurrence_id: int, member_id: int) -> Sequence[VisitReport]:
    """What somebody said of a round, the newest last."""
    return session.exec(
        select(VisitReport)
        .where(
            VisitReport.community_id == community_id,
            VisitReport.occurrence_id == occurrence_id,
            VisitReport.member_id == member_id,
        )
        .order_by(col(VisitReport.id))
    ).all()


LATELY = Rows(
    VisitReport,
    VisitReport.community_id == bindparam("community"),
    VisitReport.member_id == bindparam("member"),
    VisitReport.at > bindparam("since"),
    order=(col(VisitReport.id).desc(),),
)


def just_said(session: Session, community_id: int, member_id: int, now: datetime) -> VisitReport | None:
    """The newest of who said 送到了 within the hour."""
    return LATELY.first(session, community=community_id, member=member_id, since=now - HEARD_WITHIN)


NOTED = Rows(
    VisitReport,
    VisitReport.community_id == bindparam("community"),
    VisitReport.at > bindparam("since"),
    order=(col(VisitReport.id).desc(),),
)


def noted(session: Session, community_id: int, since: datetime) -> list[VisitReport]:
    """What visitors said in words since then, the newest first."""
    return [row for row in NOTED.all(session, community=community_id, since=since) if row.words]


def same_household(slot: Slot, others: Sequence[Slot]) -> Slot | None:
    """The place of another round that is this one: the same person's, else what is called and confided alike."""
    if slot.elder_id:
        return next((each for each in others if each.elder_id == slot.elder_id), None)
    alike = [each for each in others if each.label == slot.label and not each.elder_id]
    told = [each for each in alike if each.confided.privately() == slot.confided.privately()]
    return next(iter(told), alike[0] if len(alike) == 1 else None)


def handed_on(session: Session, slot: Slot, before: Occurrence | None) -> VisitReport | None:
    """The newest note of a household that a coordinator passed on to whoever goes there next; `before`: the round as
    which this one was posted, where households are found that are of nobody of the register.
    """
    mine = [col(VisitReport.slot_id) == slot.id]
    if slot.elder_id:
        mine = [col(VisitReport.elder_id) == slot.elder_id]
    elif before is not None and (twin := same_household(slot, slots_of(session, before))) is not None:
        mine.append(col(VisitReport.slot_id) == twin.id)
    here = (VisitReport.community_id == slot.community_id, col(VisitReport.handed_at).is_not(None))
    return session.exec(
        select(VisitReport).where(*here, or_(*mine)).order_by(col(VisitReport.handed_at).desc())
    ).first()
