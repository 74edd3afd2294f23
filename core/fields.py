"""The fields of a form in which an activity is written down, as far as a draft fills them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.drafts import ReadPosting

FIELDS = ("kind", "day", "begin", "end", "place", "count", "note")


def filled(posting: ReadPosting, tz: ZoneInfo) -> dict[str, str]:
    """What a form shows of what was understood; '' for what no field can say, as the days of a series."""
    start, end = (at.astimezone(tz) if isinstance(at, datetime) else at for at in (posting.start, posting.end))
    hours = [at.strftime("%H:%M") if isinstance(at, datetime) else "" for at in (start, end)]
    if posting.rrule:
        hours = [at.strftime("%H:%M") if at is not None else "" for at in (posting.time, posting.time_end)]
    one = not posting.slots and posting.max is not None
    return {
        "kind": posting.kind or "",
        "day": "" if start is None else start.strftime("%Y-%m-%d"),
        "begin": hours[0],
        "end": hours[1],
        "place": posting.place or "",
        "count": str(posting.max) if one else "",
        "note": posting.rest,
    }
