"""Rules by which activities repeat: the next start after a moment, by the wall clock of the community."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from core.manners import wall


def following(
    rrule: str, at: time | None, since: date, after: datetime, tz: ZoneInfo, except_days: Collection[str] = ()
) -> datetime | None:
    """The first start after `after` of a rule (RFC 5545, no DTSTART) that begins on `since`; None when it has ended.

    `at` is the wall clock's time, None for a whole day. 19:00 stays 19:00 when the clocks change.
    """
    clock = at or time(0)
    # dateutil reckons on a clock face: it is given wall time labelled UTC, so that no change of clocks interferes.
    face = datetime.combine(since, clock, UTC)
    try:
        rule = rrulestr(until_in_utc(rrule), dtstart=face)
    except ValueError:
        return None
    floor = after.astimezone(tz).replace(tzinfo=UTC)
    for found in rule.xafter(floor, count=400, inc=True):
        start = wall(found.date(), clock, tz)
        if start > after and found.date().isoformat() not in except_days:
            return start
    return None


def until_in_utc(rrule: str) -> str:
    """The rule with a bare UNTIL day counted to its end, in the form that dateutil wants beside an aware start."""
    parts = []
    for part in rrule.split(";"):
        name, _, value = part.partition("=")
        bare = name == "UNTIL" and len(value) >= 8
        parts.append(f"UNTIL={value[:8]}T235959Z" if bare else part)
    return ";".join(parts)
