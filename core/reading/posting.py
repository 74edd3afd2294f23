"""A posting as understood: what shall take place, when, where, with how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from core.reading.dishes import COURSES
from core.reading.headcounts import Wanted
from core.reading.question import Question

EVERYBODY = "*"
"""Among the names of lists: 全体."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What was understood of a posting; None for what it does not say.

    `start` and `end` are dates, or aware datetimes in the zone of `base`. A rule (`rrule`) has `time`, `time_end`,
    `since` and `except_` instead. `report_at`: be there. `whom` is who is visited and nobody else's business: it is
    never part of `title`. `question`: what must be asked; with `ambiguous` there is a best reading all the same.
    """

    kind: str | None = None
    title: str | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    report_at: datetime | None = None
    rrule: str | None = None
    time: clock | None = None
    time_end: clock | None = None
    since: date | None = None
    except_: tuple[date, ...] = ()
    place: str | None = None
    min: int | None = None
    max: int | None = None
    slots: tuple[Wanted, ...] = ()
    bring: str | None = None
    whom: str | None = None
    rest: str = ""
    groups: tuple[str, ...] = ()
    question: Question | None = None
    ambiguous: bool = False
    contact: str = ""  # whom to ring up, a line each: for those who promised, and nobody else
    expected: int | None = None  # how many come to eat, where dishes are brought
    choices: tuple[date | datetime, ...] = ()  # the starts of which one is meant, where `question` leaves two
    daypart: str | None = None  # morning, evening: said where no hour was, so that an hour told later is in it
    audience: tuple[str, ...] = ()  # the lists for which it is, as they are called; EVERYBODY for all
    only: bool = False  # and for nobody else
    part: str = ""  # the same more exactly, to be said back: forenoon, after_lunch


_ROW = (
    "kind", "title", "start", "end", "report_at", "rrule", "time", "time_end", "place", "min", "max", "slots", "bring",
    "question",
)  # fmt: skip


def as_row(posting: Posting, lang: str = "zh") -> dict[str, Any]:
    """The posting as one plain JSON object, local times without a zone."""
    if posting.kind is None:
        return dict.fromkeys(_ROW)
    return {
        "kind": posting.kind,
        "title": posting.title,
        "start": _iso(posting.start),
        "end": _iso(posting.end),
        "report_at": _iso(posting.report_at),
        "rrule": posting.rrule,
        "time": posting.time.strftime("%H:%M") if posting.time else None,
        "time_end": posting.time_end.strftime("%H:%M") if posting.time_end else None,
        "place": posting.place,
        "min": posting.min,
        "max": posting.max,
        "slots": [{"label": _label(slot, lang), "max": slot.max} for slot in posting.slots] or None,
        "bring": posting.bring,
        "question": posting.question.words(lang) if posting.question else None,
    }


def _label(slot: Wanted, lang: str) -> str:
    if slot.label.isdigit():
        return f"第{slot.label}户" if lang == "zh" else f"Household {slot.label}"
    if course := COURSES.get(slot.label):
        return slot.said or (course.label if lang == "zh" else slot.label)
    return slot.label


def _iso(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None
