"""What is organised: series, their occurrences, and the slots in which people promise to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final, Literal

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, bindparam, text
from sqlmodel import AutoString, Field, Session, SQLModel, col, func, select

from core import columns
from core.confided import Confided
from core.way import Rows

State = Literal["draft", "open", "closed", "cancelled", "discarded", "ahead", "pattern"]
"""How an activity stands. Of a series: `ahead` is one promised before its roster is up, `pattern` what all that follow
are made like.
"""
DRAFT: Final = "draft"
OPEN: Final = "open"
CLOSED: Final = "closed"
CANCELLED: Final = "cancelled"
DISCARDED: Final = "discarded"
AHEAD: Final = "ahead"
PATTERN: Final = "pattern"

PERSON = "person"
ASIDE = "aside"
"""The unit of people who are counted apart: they come, and fill none of the places that are wanted."""

CHECK_IN_BEFORE = timedelta(minutes=30)
CHECK_IN_AFTER = timedelta(hours=3)
USUAL_LENGTH = timedelta(hours=2)  # of an activity whose end nobody said
LONGEST_OVER = timedelta(days=2)  # before this moment nothing can count any more, by whichever of its ends


class Series(SQLModel, table=True):
    """A rule by which occurrences follow one another; a single activity is a series of one, without a rule."""

    community_id: int = columns.key()
    id: int = columns.key()
    kind: str
    rrule: str | None = None  # RFC 5545, without DTSTART
    first: str = ""  # local start of the first occurrence, ISO without offset
    except_days: list[str] = columns.json(list)  # local dates on which it does not happen
    stopped: bool = False

    @property
    def repeats(self) -> bool:
        """Whether another follows, as far as anybody has said."""
        return self.rrule is not None and not self.stopped


def over(starts: datetime, ends: datetime | None, *, all_day: bool) -> datetime:
    """When something is over, said or usual."""
    return ends or starts + (timedelta(days=1) if all_day else USUAL_LENGTH)


class Occurrence(SQLModel, table=True):
    """One dated activity. Its key is its series and original local start: moving it is an override of its own row."""

    __table_args__ = (
        ForeignKeyConstraint(["community_id", "series_id"], ["series.community_id", "series.id"]),
        UniqueConstraint("community_id", "number"),
        UniqueConstraint("community_id", "series_id", "original"),
        Index("ix_occurrence_state", "community_id", "state"),
        Index(
            "ix_occurrence_shown_with",
            "community_id",
            "shown_with",
            sqlite_where=text("shown_with != 0"),
            postgresql_where=text("shown_with != 0"),
        ),
        Index(
            "ix_occurrence_coming",  # what is over stays open for ever, and costs nothing: it is found by its end
            "community_id",
            text("coalesce(ends_at, starts_at)"),
            sqlite_where=text("state IN ('open', 'closed')"),
            postgresql_where=text("state IN ('open', 'closed')"),
        ),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    series_id: int | None = columns.ref()  # None while a draft
    original: str = ""  # the local start it was first given
    shown_with: int = columns.added(
        0, BigInteger
    )  # in whose roster it stands in the groups, where a week is in one message
    number: int | None = None  # 1, 2, 3 ... in the order of posting; None while a draft
    kind: str
    state: State = Field(default=DRAFT, sa_type=AutoString)
    title: str = ""
    starts_at: datetime | None = columns.moment()
    ends_at: datetime | None = columns.moment()
    report_at: datetime | None = columns.moment()  # be there; not the start
    all_day: bool = False  # a day was said and no hour
    daypart: str = columns.added("")  # nor an hour, but 上午: a key of `reading.times.parts.PARTS`
    place: str = ""
    bring: str = ""
    note: str = ""  # free text
    # What everybody may know stands above; for those who promised, privately, this stands in its place.
    title_confided: Confided = columns.confided("occurrence.title_confided", later=True)
    place_confided: Confided = columns.confided("occurrence.place_confided", later=True)
    bring_confided: Confided = columns.confided("occurrence.bring_confided", later=True)
    confided: Confided = columns.confided("occurrence.confided")  # who is visited, what to know
    chats: list[int] = columns.json(list)  # groups it is posted to; empty: all
    made_by: int = columns.ref(0)
    draft_id: int = columns.added(0, BigInteger)  # what was read of it: see `core.drafts`
    bidden: str = columns.added("")  # for whom it is, if not for all: see `core.invited`

    def ends(self) -> datetime:
        """When it is over, said or usual. Only for one that has a start."""
        assert self.starts_at is not None  # noqa: S101 - a draft without a start is never asked
        return over(self.starts_at, self.ends_at, all_day=self.all_day)

    def check_in(self) -> tuple[datetime, datetime]:
        """From when to when 到了 and 平安结束 count: 30 minutes before to 3 hours after."""
        assert self.starts_at is not None  # noqa: S101 - as above
        return (self.report_at or self.starts_at) - CHECK_IN_BEFORE, self.ends() + CHECK_IN_AFTER


RETIRED = 1_000
"""The position of a slot that was taken away by a change: its row stays, for claims may point to it, and 撤销 brings it
back; it is seen only as long as somebody is on it."""


class Slot(SQLModel, table=True):
    """One thing wanted of an occurrence: a role, a household, a building, a course of a meal."""

    __table_args__ = (
        ForeignKeyConstraint(["community_id", "occurrence_id"], ["occurrence.community_id", "occurrence.id"]),
        Index("ix_slot_occurrence", "community_id", "occurrence_id", "position"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    position: int = 0
    label: str = ""  # what everybody may see: "" where there is only one, "3号楼", "cold"
    confided: Confided = columns.confided("slot.confided")  # the whole of it, for those who promised
    min: int | None = None
    max: int | None = None  # None: no limit
    unit: str = PERSON  # or what its kind counts instead, such as "dish"
    elder_id: int = columns.added(0, BigInteger)  # who of the register is visited there, 0 for nobody of it

    @property
    def of_things(self) -> bool:
        """Whether each claim brings a thing, and things are counted instead of people."""
        return self.unit not in (PERSON, ASIDE)


# Statements of the way of every claim are made once: making one takes longer than running it.
OF_ACTIVITY = (Slot.community_id == bindparam("community"), Slot.occurrence_id == bindparam("occurrence"))
SLOTS = Rows(Slot, *OF_ACTIVITY)
HELD_SLOTS = Rows(Slot, *OF_ACTIVITY, order=(col(Slot.id),), lock=True)
POSTED = (
    Occurrence.community_id == bindparam("community"),
    text("occurrence.state IN ('open', 'closed')"),  # the very words of its index, or SQLite does not use it
    func.coalesce(Occurrence.ends_at, Occurrence.starts_at) > bindparam("since", type_=columns.Moment()),
)
POSTED_ROWS = Rows(Occurrence, *POSTED)
NUMBERED = Rows(Occurrence, Occurrence.community_id == bindparam("community"), Occurrence.number == bindparam("number"))


def holds_all(session: Session) -> bool:
    """Whether nobody else can write as long as this transaction lasts: on SQLite, which has one writer."""
    return session.get_bind().dialect.name == "sqlite"


def slots_of(session: Session, occurrence: Occurrence, *, lock: bool = False) -> list[Slot]:
    """The slots in their order. `lock`: held until the transaction ends, taken in the order of their ids.

    SQLite's BEGIN IMMEDIATE already holds everything, and asked for that order it would look at every slot there is.
    Elsewhere, without it, a count and an insert of two transactions would interleave into "2/1".
    """
    statement = HELD_SLOTS if lock and not holds_all(session) else SLOTS
    rows = statement.all(session, community=occurrence.community_id, occurrence=occurrence.id)
    return sorted(rows, key=lambda slot: slot.position)


def posted(session: Session, community_id: int, now: datetime) -> Sequence[Occurrence]:
    """Occurrences that stand in a group and are not over, soonest first: what "open" means to those who ask."""
    rows = POSTED_ROWS.all(session, community=community_id, since=now - LONGEST_OVER)
    found = [(row.starts_at, row.number or 0, row) for row in rows if row.starts_at is not None]
    return [row for *_, row in sorted(found, key=itemgetter(0, 1)) if now < row.check_in()[1]]


def numbered(session: Session, community_id: int, number: int) -> Occurrence | None:
    return NUMBERED.first(session, community=community_id, number=number)


def next_number(session: Session, community_id: int) -> int:
    last = session.exec(select(func.max(Occurrence.number)).where(Occurrence.community_id == community_id)).one()
    return (last or 0) + 1
