"""When? What people write about time, read: days, hours, ranges, rules, in Chinese and English.

Words become tokens (`scan`), tokens become phrases (`grammar`), phrases that belong together become statements
(`compose`), and a statement with a now becomes a reading (`resolve`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.reading.question import Question
from core.reading.text import plain
from core.reading.times.compose import statements
from core.reading.times.doubts import LIKELY
from core.reading.times.phrase import Phrase
from core.reading.times.reading import TimeReading, as_row
from core.reading.times.resolve import resolve
from core.reading.times.spell import part_said, spell, spell_day, spell_part, spell_time

READ_AT_MOST = 2_000
"""Characters of a text that are looked at: whoever writes more has said when by then."""


def read_time(text: str, *, base: datetime, lang: str = "zh", guess: bool = True, weekly: bool = False) -> TimeReading:
    """The time that a text is about, seen from `base`, aware and in the community's zone; `kind` None when it has none.

    When several times are mentioned, the one that says most wins: a day with an hour before a day alone, what happens
    before what is only a deadline, what comes first before what comes later. `guess` False leaves parts of the day
    (晚饭后) without an hour: they become days. `weekly`: 周二周五晚上7点 is said of every week.
    """
    folded = plain(text[:READ_AT_MOST])
    found = statements(folded.text, _written(lang, base), weekly=weekly)
    if not found:
        return TimeReading(confidence=1.0)
    best = max(found, key=weight)
    reading = resolve(best, base)
    reading = replace(reading, confidence=min(reading.confidence, sure_of(best, found)))
    if not guess and reading.daypart is not None and isinstance(reading.start, datetime):
        reading = replace(reading, kind="instant", gran="day", start=reading.start.date(), end=None, daypart=None)
    return replace(reading, spans=tuple(folded.span(*words) for words in reading.spans))


def read_times(text: str, *, base: datetime, lang: str = "zh", weekly: bool = False) -> tuple[TimeReading, ...]:
    """Every separate time mentioned, in order. An hour alone is on the day said before it."""
    folded = plain(text[:READ_AT_MOST])
    readings: list[TimeReading] = []
    day: Phrase | None = None
    for said in statements(folded.text, _written(lang, base), weekly=weekly):
        if not said.dated and day is not None and said.every is None:
            part = day.at.part if said.at.part is None else None
            at = replace(day.at, clock=None, part=part, shift=day.at.shift) | said.at
            said = replace(said, at=at)  # noqa: PLW2901 - the same statement, with its day
        elif said.at.dated:
            day = said
        reading = resolve(said, base)
        readings.append(replace(reading, spans=tuple(folded.span(*words) for words in reading.spans)))
    return tuple(readings)


DAY_FIRST = ("Europe/", "Africa/", "Australia/", "Pacific/Auckland", "Asia/Kolkata", "Asia/Singapore", "Asia/Hong_Kong")
"""Zones in which 5/6 is said of the 5th of June, where English is written."""


def _written(lang: str, base: datetime) -> str:
    """How dates are written there: `en-day` where English puts the day first."""
    zone = str(getattr(base.tzinfo, "key", ""))
    return "en-day" if lang == "en" and zone.startswith(DAY_FIRST) else lang


SEVERAL = 0.9
"""How sure it is at most which of several times a text is about."""


def sure_of(best: Phrase, found: list[Phrase]) -> float:
    """How sure it is that the best of the statements found is what the text is about, and whole.

    An hour that belongs to no day was left over: another time of the same day, or the rest of what was not understood.
    """
    left = any(said is not best and said.timed and not said.dated and said.bound is None for said in found)
    return LIKELY if left else SEVERAL if len(found) > 1 else 1.0


def weight(said: Phrase) -> float:
    """How much a statement says, for choosing the one a text is about."""
    at = said.at
    if said.every is not None:
        score = 7.0
    elif at.away is not None:
        score = 4.5
    elif at.dated:
        score = 2.0 if at.feast and not at.timed else 3.0
    else:
        score = 1.0
    if at.clock is not None:
        score += 3
    elif at.part is not None:
        score += 1
    if said.end is not None:
        score += 1.5
    if said.bound in ("before", "back"):
        score -= 2
    return score


__all__ = [
    "Question",
    "TimeReading",
    "as_row",
    "part_said",
    "read_time",
    "read_times",
    "spell",
    "spell_day",
    "spell_part",
    "spell_time",
]
