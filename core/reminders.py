"""Reminders: what tells one from another, and until when it is worth saying."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from core.activities import Occurrence
from core.here import Here
from core.manners import USUAL, Reminder, wall


def occasion(reminder: Reminder, occurrence: Occurrence) -> str:
    """What tells this reminder from another: its name and the start it reminds of, so that a moved one reminds anew."""
    return f"{reminder.name}@{stamp(occurrence.starts_at)}"


@lru_cache(256)
def stamp(moment: datetime | None) -> str:
    """A moment as it stands in an occasion: in UTC, whatever zone it was said in."""
    return "" if moment is None else f"{moment.astimezone(UTC):%Y%m%dT%H%M}"


def reminders_of(here: Here, occurrence: Occurrence) -> tuple[Reminder, ...]:
    """The reminders of an occurrence. Where what is confided comes later than all of them, one more brings it."""
    if here.kind(occurrence).rounds(occurrence):
        return ()  # it has no hour: see `core.deeds.round_times`
    usual = here.manners.reminders.get(occurrence.kind, USUAL)
    begins = occurrence.report_at or occurrence.starts_at
    opening = here.kind(occurrence).opening(here, occurrence)
    if opening is None or begins is None:
        return usual
    opens = opening.due(begins, here.tz)
    brought = any(reminder.due(begins, here.tz) >= opens for reminder in usual if not unsaid(reminder, occurrence))
    return usual if brought else (*usual, opening)


def unsaid(reminder: Reminder, occurrence: Occurrence) -> bool:
    """Whether it is not said of this one: an hour before midnight helps nobody."""
    return occurrence.all_day and reminder.before is not None


def expiry(reminder: Reminder, occurrence: Occurrence, here: Here) -> datetime:
    """After this a reminder is not sent: 明天 must not be said on the day itself, nor anything after the start."""
    starts = occurrence.starts_at
    assert starts is not None  # noqa: S101 - only scheduled ones have reminders
    if reminder.days is None or reminder.days == 0:
        return starts
    return min(starts, wall(starts.astimezone(here.tz).date(), datetime.min.time(), here.tz))
