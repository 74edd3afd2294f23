"""What a posting says that can hardly be meant: nobody at all, an hour that no clock has, a day and a night on duty."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock

from core.reading import Posting
from core.reading.parts import spell_time
from core.words import text

_NO_HOUR = re.compile(
    r"(?<![\d:：])(?:2[4-9]|[3-9]\d)[:：]\d{2}(?![\d:：])|(?<![\d:：])(?:2[5-9]|[3-9]\d)点(?:钟|半|整)?"
)
"""What looks like a time of the day and is none."""
LONG = timedelta(hours=14)
"""Nobody is on duty for longer in one go: an end that lies before its start was more likely written by mistake."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The posting without what cannot be, what is to be asked about it, and whether it may not be posted before."""

    posting: Posting
    question: str = ""
    stops: bool = False


def doubted(posting: Posting, lang: str) -> Doubt:
    """What is to be asked of a posting whose numbers can hardly be meant."""
    if 0 in {posting.max, *(slot.max for slot in posting.slots)}:
        return Doubt(posting, text(lang, "draft.how_many"), stops=True)
    if (found := _NO_HOUR.search(posting.rest)) and not _has_hour(posting):
        bare = (posting.rest[: found.start()] + posting.rest[found.end() :]).strip(" ,，、")
        return Doubt(replace(posting, rest=bare), text(lang, "draft.no_such_hour", said=found.group()), stops=True)
    times = _over_night(posting)
    if times is not None:
        start, end, hours = times
        words = {"start": spell_time(start, lang), "end": spell_time(end, lang)}
        return Doubt(replace(posting, ambiguous=True), text(lang, "draft.long", n=hours, **words))
    return Doubt(posting)


def _has_hour(posting: Posting) -> bool:
    return posting.time is not None or isinstance(posting.start, datetime)


def _over_night(posting: Posting) -> tuple[clock, clock, int] | None:
    """From when to when, and how many hours, where it goes on into the next day for longer than anybody would."""
    start, end = posting.time, posting.time_end
    if isinstance(posting.start, datetime) and isinstance(posting.end, datetime):
        start, end = posting.start.time(), posting.end.time()
        if posting.end - posting.start >= timedelta(days=1):
            return None  # its last day was said
    if start is None or end is None:
        return None
    day = date(2000, 1, 1)
    lasts = datetime.combine(day, end) - datetime.combine(day, start) + timedelta(days=end <= start)
    return (start, end, int(lasts / timedelta(hours=1))) if end <= start and lasts > LONG else None
