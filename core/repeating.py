"""What repeats: the occurrences of a series that there are, and when others begin by its rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from core import series
from core.activities import AHEAD, CLOSED, OPEN, PATTERN, Occurrence, Series
from core.here import Here
from core.manners import wall

HORIZON = timedelta(days=92)
"""So far ahead somebody may promise."""
SHOWN = timedelta(weeks=4)
"""So far ahead 活动 shows what is to come."""


def local(moment: datetime, here: Here) -> str:
    """A moment by the clocks of the community: what one of a series is known by for ever."""
    return moment.astimezone(here.tz).strftime("%Y-%m-%dT%H:%M")


def moment(known_by: str, here: Here) -> datetime:
    """The start that one of a series is known by."""
    at = datetime.fromisoformat(known_by)
    return wall(at.date(), at.time(), here.tz)


def repeating(session: Session, community_id: int) -> list[Series]:
    """The series of which another follows."""
    rows = session.exec(
        select(Series).where(
            Series.community_id == community_id, col(Series.rrule).is_not(None), col(Series.stopped).is_(False)
        )
    ).all()
    return sorted(rows, key=lambda row: row.id)


def series_of(session: Session, o: Occurrence) -> Series | None:
    """The series that one belongs to, where it is one of several."""
    row = session.get(Series, (o.community_id, o.series_id)) if o.series_id else None
    return row if row is not None and row.rrule is not None else None


def occurrences(session: Session, row: Series) -> list[Occurrence]:
    """All of a series that were ever made, in the order in which they were to be."""
    rows = session.exec(
        select(Occurrence).where(
            Occurrence.community_id == row.community_id,
            Occurrence.series_id == row.id,
            Occurrence.state != PATTERN,
            Occurrence.original != "",
        )
    ).all()
    return sorted(rows, key=lambda o: o.original)


def later(session: Session, row: Series, than: datetime) -> list[Occurrence]:
    """Those that are up, or were promised ahead, and begin later."""
    return [
        o
        for o in occurrences(session, row)
        if o.state in (OPEN, CLOSED, AHEAD) and o.starts_at is not None and o.starts_at > than
    ]


def pattern_of(session: Session, row: Series) -> Occurrence | None:
    """What all that follow are made like; of a series from before that was kept, the last that was put up."""
    found = session.exec(
        select(Occurrence).where(
            Occurrence.community_id == row.community_id, Occurrence.series_id == row.id, Occurrence.state == PATTERN
        )
    ).first()
    return found or next((o for o in reversed(occurrences(session, row)) if o.starts_at is not None), None)


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def on_weekdays(row: Series) -> set[int]:
    """The weekdays of a rule, Monday as 0; empty for one that names none."""
    rule = dict(part.split("=", 1) for part in (row.rrule or "").split(";"))
    return {WEEKDAYS.index(day) for day in rule.get("BYDAY", "").split(",") if day in WEEKDAYS}


def made(session: Session, here: Here, row: Series, start: datetime) -> Occurrence | None:
    """The one that was to begin then, if there is a row of it: it may have been moved or called off since."""
    return session.exec(
        select(Occurrence).where(
            Occurrence.community_id == row.community_id,
            Occurrence.series_id == row.id,
            Occurrence.original == local(start, here),
        )
    ).first()


# ------------------------------------------------------------ when it is


def clock(row: Series, like: Occurrence) -> time | None:
    """At what time of day it begins; None for a whole day."""
    if like.all_day:
        return None
    return datetime.fromisoformat(row.first or like.original).time().replace(tzinfo=None)


def starts(session: Session, here: Here, row: Series, after: datetime, until: datetime) -> Iterator[datetime]:
    """When it begins by its rule, after one moment and up to another; those called off are among them."""
    like = pattern_of(session, row)
    if like is None or not row.repeats or row.rrule is None:
        return
    since = datetime.fromisoformat(row.first or like.original).date()
    yield from series.between(row.rrule, clock(row, like), since, (after, until), here.tz, row.except_days)


def on_days(session: Session, here: Here, row: Series, days: tuple[date, ...], now: datetime) -> list[datetime]:
    """The starts still to come on these days."""
    if not days:
        return []
    last = min(wall(max(days) + timedelta(days=1), time(0), here.tz), now + HORIZON)
    return [s for s in starts(session, here, row, now, last) if s.astimezone(here.tz).date() in days]


def coming(session: Session, here: Here, row: Series, now: datetime) -> list[tuple[datetime, Occurrence | None]]:
    """Those of the next weeks that take place and whose roster is not up, with their rows where there are."""
    found = [(start, made(session, here, row, start)) for start in starts(session, here, row, now, now + SHOWN)]
    return [(start, o) for start, o in found if o is None or o.state == AHEAD]
