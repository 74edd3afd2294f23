"""Rules by which activities repeat: the next start after a moment, by the wall clock of the community."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from core import moon
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
    if LUNAR in rrule.split(";"):
        return _by_moon(rrule, clock, since, after, tz, except_days)
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


def between(
    rrule: str,
    at: time | None,
    since: date,
    span: tuple[datetime, datetime],
    tz: ZoneInfo,
    except_days: Collection[str] = (),
) -> Iterator[datetime]:
    """The starts after the first moment of `span`, up to and with the last."""
    after, until = span
    while (start := following(rrule, at, since, after, tz, except_days)) is not None and start <= until:
        yield start
        after = start


LUNAR = "RSCALE=CHINESE"
"""RFC 7529: months and days are counted by the Chinese calendar."""
AHEAD = timedelta(days=800)
"""Two lunar years, with a leap month in each."""


def _by_moon(
    rrule: str, clock: time, since: date, after: datetime, tz: ZoneInfo, except_days: Collection[str]
) -> datetime | None:
    """The same for a rule of lunar days, by month (`BYMONTHDAY=1,15`) or by year (`BYMONTH=9;BYMONTHDAY=9`).

    A leap month has its 1st and 15th as every month has; a feast is kept in the ordinary one. INTERVAL is
    not known here.
    """
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    monthdays = {int(number) for number in parts.get("BYMONTHDAY", "1").split(",")}
    month = int(parts["BYMONTH"]) if "BYMONTH" in parts else None
    last, left = parts.get("UNTIL", "9")[:8], int(parts.get("COUNT", "0"))
    day, end = since, max(since, after.astimezone(tz).date()) + AHEAD
    while day <= end and f"{day:%Y%m%d}" <= last:
        if moon.falls_on(day, month, monthdays):
            start = wall(day, clock, tz)
            if start > after and day.isoformat() not in except_days:
                return start
            left -= 1
            if left == 0:
                return None
        day += timedelta(days=1)
    return None


def until_in_utc(rrule: str) -> str:
    """The rule with a bare UNTIL day counted to its end, in the form that dateutil wants beside an aware start."""
    parts = []
    for part in rrule.split(";"):
        name, _, value = part.partition("=")
        bare = name == "UNTIL" and len(value) >= 8
        parts.append(f"UNTIL={value[:8]}T235959Z" if bare else part)
    return ";".join(parts)
