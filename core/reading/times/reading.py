"""What a text turned out to say about time."""

from __future__ import annotations

import datetime as clock
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from core.reading.question import Question

Daypart = Literal["morning", "noon", "afternoon", "evening", "night", "smallhours"]


@dataclass(frozen=True, slots=True)
class TimeReading:
    """One time as understood. `kind` None: no time, or one that cannot be (then `question` says so).

    `start` and `end` are dates when `gran` is `day` (both included) and aware datetimes in the community's zone when it
    is `time`; either may be None in an open range (周五前, 8点以后). A rule has `rrule` (RFC 5545 without DTSTART), the
    clock times `time` and `time_end`, and what was said of its beginning and its gaps in `since` and `except_`.
    `spans` are the words used, as offsets into the text as it was written.
    `daypart` is set when only a part of the day was said; `start` and `end` are then our guess.
    """

    kind: Literal["instant", "range", "recurring"] | None = None
    gran: Literal["day", "time"] | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    rrule: str | None = None
    time: clock.time | None = None
    time_end: clock.time | None = None
    since: date | None = None
    except_: tuple[date, ...] = ()
    confidence: float = 0.0
    question: Question | None = None
    spans: tuple[tuple[int, int], ...] = ()
    daypart: Daypart | None = None
    bare: bool = False  # the hour was said without its half of the day, which is our guess

    def words(self, text: str) -> str:
        """The words used, out of the text that was read."""
        return " ".join(text[start:end] for start, end in self.spans)


def as_row(reading: TimeReading, lang: str = "zh", text: str = "") -> dict[str, Any]:
    """The reading as one plain JSON object, local times without a zone."""
    return {
        "kind": reading.kind,
        "gran": reading.gran,
        "start": _iso(reading.start),
        "end": _iso(reading.end),
        "rrule": reading.rrule,
        "time": reading.time.strftime("%H:%M") if reading.time else None,
        "time_end": reading.time_end.strftime("%H:%M") if reading.time_end else None,
        "from": reading.since.isoformat() if reading.since else None,
        "except": [day.isoformat() for day in reading.except_],
        "confidence": round(reading.confidence, 2),
        "question": reading.question.words(lang) if reading.question else None,
        "words": [text[start:end] for start, end in reading.spans] if text else [list(span) for span in reading.spans],
    }


def _iso(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None
