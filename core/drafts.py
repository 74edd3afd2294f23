"""Drafts: what was read of a posting or stood there before a change, kept for whoever changes it or takes it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from datetime import time as clock
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator
from sqlmodel import Session, SQLModel

from core import columns
from core.activities import Occurrence
from core.confided import Confided
from core.ids import new_id

VERSION = 2
"""How what is kept is written now. Whoever renames or drops a field of these models raises it, and says in `SINCE` how
what is stored of the version before is read."""


def day_or_moment(value: Any) -> Any:
    """A bare day stays a day; anything longer is an aware datetime."""
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


DayOrMoment = Annotated[
    date | datetime | None,
    PlainValidator(day_or_moment),
    PlainSerializer(lambda value: None if value is None else value.isoformat()),
]


class Stored(BaseModel):
    """Part of what is kept. Read leniently: what a later version added is passed over, what is missing is empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadSlot(Stored):
    """A place that a posting wants people at: see `reading.headcounts.Wanted`."""

    label: str = ""
    max: int | None = None
    min: int | None = None
    said: str = ""


class ReadPosting(Stored):
    """What was understood of a posting: see `reading.posting.Posting`, which may change while this stays readable."""

    kind: str | None = None
    title: str | None = None
    start: DayOrMoment = None
    end: DayOrMoment = None
    report_at: datetime | None = None
    rrule: str | None = None
    time: clock | None = None
    time_end: clock | None = None
    since: date | None = None
    except_: tuple[date, ...] = ()
    place: str | None = None
    min: int | None = None
    max: int | None = None
    slots: tuple[ReadSlot, ...] = ()
    bring: str | None = None
    whom: str | None = None
    rest: str = ""
    groups: tuple[str, ...] = ()
    contact: str = ""
    ambiguous: bool = False
    daypart: str | None = None
    choices: tuple[DayOrMoment, ...] = ()
    part: str = ""
    expected: int | None = None
    audience: tuple[str, ...] = ()
    only: bool = False


class Read(Stored):
    """A posting as it was read, and what there is to say of it to who wrote it."""

    posting: ReadPosting = ReadPosting()
    question: str = ""  # what is missing or doubtful, in the language of who wrote it
    blocked: bool = False  # it cannot be posted before that is answered
    rule_words: str = ""  # the rule of a series, in words
    chain: str = ""  # the chain it was found in, whose people are put down when it is posted
    thread: tuple[int, str] = (0, "")  # the group, and the topic there, in which it was posted
    again: int = 0  # as which activity it is to be: who went there is asked first when it is posted


class SlotBefore(Stored):
    min: int | None = None
    max: int | None = None
    position: int = 0
    confided: str | None = None  # None: it could not be opened, and stays as it is
    label: str = ""
    elder: int | None = None  # who of the register; None: it was not known then


class Before(Stored):
    """What an activity was before it was changed. Only what is set here is written back."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    report_at: datetime | None = None
    all_day: bool = False
    daypart: str = ""
    title: str = ""
    place: str = ""
    bring: str = ""
    note: str = ""
    title_confided: str = ""
    place_confided: str = ""
    bring_confided: str = ""
    confided: str = ""
    state: str = ""
    draft_id: int = 0
    original: str = ""  # the start that one of a series is known by
    slots: dict[int, SlotBefore] = {}


def from_1(facts: dict[str, Any]) -> dict[str, Any]:
    """Slots before a change were lists, which say by their place what each value is."""
    if "slots" in facts:
        names = ("min", "max", "position", "confided", "label")
        facts = {**facts, "slots": {id: dict(zip(names, each, strict=False)) for id, each in facts["slots"].items()}}
    return facts


SINCE: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: from_1}
"""How to make of what a version wrote what the next would have written."""

T = TypeVar("T", Read, Before)


class Draft(SQLModel, table=True):
    """One posting as it was read, or one activity as it was before a change. Of what is posted a change adds a row."""

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    kept: Confided = columns.confided("draft.kept")  # a `Read` or a `Before` as JSON, with the version that wrote it


def keep(session: Session, o: Occurrence, what: Read | Before, now: datetime) -> int:
    """Keep it in a row of its own; returns its id."""
    row = Draft(community_id=o.community_id, id=new_id(now), occurrence_id=o.id, kept=written(what))
    session.add(row)
    return row.id


def keep_in_place(session: Session, o: Occurrence, what: Read, now: datetime) -> None:
    """Keep what was read of a draft, in place of what was read of it before: nothing leads back to that."""
    row = session.get(Draft, (o.community_id, o.draft_id))
    if row is None:
        o.draft_id = keep(session, o, what, now)
        return
    row.kept = written(what)
    session.add(row)


LOST = Read(blocked=True)
"""What was read and cannot be opened any more, for its key is gone."""


def read_of(session: Session, o: Occurrence) -> Read:
    """What was read of the posting that an activity was made from; empty where there was none, `LOST` if it is lost."""
    row = session.get(Draft, (o.community_id, o.draft_id)) if o.draft_id else None
    return Read() if row is None else kept(row, Read) or LOST


def before(session: Session, community_id: int, id: int) -> Before | None:
    """What stood there before a change; None if that cannot be known any more."""
    row = session.get(Draft, (community_id, id)) if id else None
    return None if row is None else kept(row, Before)


def kept(row: Draft, of: type[T]) -> T | None:
    """What a row holds; None if it is lost."""
    if row.kept.lost:
        return None
    facts = json.loads(row.kept.privately())
    for version in range(facts.pop("version", 1), VERSION):
        facts = SINCE[version](facts)
    return of.model_validate(facts)


def written(what: Read | Before) -> Confided:
    facts = what.model_dump(mode="json", exclude_unset=isinstance(what, Before))
    return Confided(json.dumps({"version": VERSION, **facts}))
