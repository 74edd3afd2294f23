"""A statement and a now become a reading: the first future that the words allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.reading.question import Question
from core.reading.times import doubts, parts
from core.reading.times.almanac import Days
from core.reading.times.days import days, floats, one_by_one
from core.reading.times.hours import DAY, finishes, hours, how_long, settled
from core.reading.times.phrase import Phrase
from core.reading.times.reading import TimeReading
from core.reading.times.rules import rule
from core.reading.times.values import Length, Moment, Rel

SMALL_UNITS = frozenset({"hour", "minute", "second"})

MIDNIGHT = 24
"""The last hour there is."""

Stretch = tuple[datetime, datetime | None]


def resolve(said: Phrase, base: datetime) -> TimeReading:
    """The reading of one statement, seen from `base` (aware, in the community's zone)."""
    try:
        if said.every is not None:
            return rule(said, base)
        if said.span is not None:
            return _stretch(said, said.span, base)
        return _once(said, base)
    except (OverflowError, ValueError):  # a million years from now
        return TimeReading(confidence=doubts.UNSURE, question=Question("when"), spans=said.words)


def _once(said: Phrase, base: datetime) -> TimeReading:
    if said.at.away is not None and said.at.away.unit in SMALL_UNITS and said.at.clock is None:
        return _from_now(said, said.at.away, base)
    return _timed(said, base) if said.timed else _dated(said, base)


# ---------------------------------------------------------------- days


def _dated(said: Phrase, base: datetime) -> TimeReading:
    """Days were said, and no hour."""
    said = _year_of_end(said)
    today = base.date()
    found = list(days(said.at, today))
    if not found:
        return doubts.impossible(said)
    if said.end is not None:
        return _day_range(said, said.end, found, today)
    first, last = _choose(said.at, found, today)
    if said.lasting is not None and said.lasting.unit not in SMALL_UNITS and first == last:
        last = max(first + how_long(said.lasting) - timedelta(days=1), first)
    sure, question = doubts.of_day(said.at, (first, last), today)
    many = first != last
    reading = TimeReading("range" if many else "instant", "day", first, last if many else None,
                          confidence=sure, question=question, spans=said.words)  # fmt: skip
    return _bound(reading, said)


def _day_range(said: Phrase, end: Moment, found: list[Days], today: date) -> TimeReading:
    end = _inherit(said.at, end)
    ranges: list[Days] = []
    for first, _ in found:
        last = next((last for _, last in days(end, first if floats(end) else today) if last >= first), None)
        if last is not None:
            ranges.append((first, last))
    if not ranges:
        if not any(days(end, found[0][0])):
            return doubts.impossible(replace(said, at=end))
        first = _choose(said.at, found, today)[0]
        backwards = Question("ends_before")
        return TimeReading("instant", "day", first, confidence=doubts.UNSURE, question=backwards, spans=said.words)
    first, last = _choose(said.at, ranges, today)
    sure, question = doubts.of_day(said.at, (first, last), today)
    return TimeReading("range", "day", first, last, confidence=sure, question=question, spans=said.words)


def _choose(said: Moment, found: list[Days], today: date) -> Days:
    """The first that is not over; the last of all when everything is over. What does not float is what it is."""
    if not floats(said):
        return next((days for days in found if days[1] >= today), found[0])  # 这周二、四 said on a Wednesday
    if isinstance(said.day, int) and said.month is None and said.weekdays:  # Friday the 31st
        near = [days for days in found if days[0] >= today][:6]
        found = [days for days in near if days[0].weekday() == said.weekdays[0]] or found
    row = said.weekdays is not None and len(said.weekdays) > 1
    return next((days for days in found if days[0 if row else 1] >= today), found[-1])


def _inherit(start: Moment, end: Moment) -> Moment:
    """The end of a range as if it had been said in full: 3月1日到5日 is to 3月5日."""
    if isinstance(end.day, int) and end.month is None:
        end = replace(end, month=start.month, lunar=end.lunar or start.lunar)
    if end.year is not None or not (isinstance(end.month, int) or end.section or end.feast):
        return end
    wraps = isinstance(start.month, int) and isinstance(end.month, int) and end.month < start.month  # 11月到3月
    if isinstance(start.year, int):
        return replace(end, year=start.year + wraps)
    return replace(end, year=start.year) if isinstance(start.year, Rel) and not wraps else end


def _year_of_end(said: Phrase) -> Phrase:
    """4 to 22 January 2028: the year said with the end is the start's as well."""
    at, end = said.at, said.end
    if end is None or not isinstance(end.year, int) or at.year is not None or not isinstance(at.month, int):
        return said
    year = end.year - (isinstance(end.month, int) and end.month < at.month)
    return replace(said, at=replace(at, year=year))


# ---------------------------------------------------------------- hours


def _timed(said: Phrase, base: datetime) -> TimeReading:
    """An hour or a part of the day was said, on some day."""
    found = _days_of_hour(said.at, base.date())
    if not found or any(at and at.clock and at.clock.hour > MIDNIGHT for at in (said.at, said.end)):
        return doubts.impossible(said)
    starts = hours(said.at, said.hint) or (0,)
    ends = finishes(said, starts)
    if (
        len(starts) > 1
        and said.end
        and not said.end.dated
        and said.end.clock
        and (said.end.clock.exact or said.end.part)
    ):
        starts, ends = settled(starts, ends, by_clock=said.end.part is None)
    options: list[Stretch] = []
    for first, _ in found:
        for start, end in zip(starts, ends, strict=True):
            begin = _moment(first, start, base)
            options.append((begin, None if end is None else _end(said, first, end, begin, base)))
    start_at, end_at = _soonest(said, options, base)
    sure, question = doubts.of_hour(said, start_at, end_at, base)
    part = said.at.part if said.at.clock is None and said.end is None else None
    label = parts.PARTS[part].label if part else None
    reading = TimeReading("range" if end_at else "instant", "time", start_at, end_at, daypart=label,
                          bare=doubts.bare(said), confidence=sure, question=question, spans=said.words)  # fmt: skip
    return _bound(reading, said)


def _days_of_hour(said: Moment, today: date) -> list[Days]:
    if not said.dated:
        return [(day, day) for day in (today, today + timedelta(days=1), today + timedelta(days=2))]
    found = list(days(said, today))
    if found and said.weekdays and len(said.weekdays) > 1:
        return one_by_one(found, said.weekdays)
    if found and said.weekdays and isinstance(said.day, int) and floats(said):
        return [_choose(said, found, today), *found]
    return found


def _soonest(said: Phrase, options: list[Stretch], base: datetime) -> Stretch:
    """The first that is still to begin, or for a part of the day still to end."""
    now = base.replace(second=0, microsecond=0)
    if said.at.clock is None:
        return next((option for option in options if (option[1] or option[0]) > now), options[-1])
    free = not said.at.dated or floats(said.at)
    return next((option for option in options if option[0] >= now), options[-1] if free else options[0])


def _end(said: Phrase, first: date, end: int, begin: datetime, base: datetime) -> datetime | None:
    """When something that begins at `begin`, on `first`, ends; None when the words put it before that."""
    if said.end is None or not said.end.dated:
        return _moment(first + timedelta(days=said.next_day), end % DAY if said.next_day else end, begin)
    there = _inherit(said.at, replace(said.end, part=None, clock=None))
    seen_from = first if floats(there) else base.date()
    for _, last in days(there, seen_from):
        if (at := _moment(last, end, begin)) > begin:
            return at
    return None


def _moment(day: date, minute: int, zone: datetime) -> datetime:
    """So many minutes after a day's midnight, on the wall clock of the zone."""
    day += timedelta(days=minute // DAY)
    return datetime.combine(day, time(minute % DAY // 60, minute % 60), tzinfo=zone.tzinfo)


# ---------------------------------------------------------------- from now, and open ends


def _from_now(said: Phrase, away: Length, base: datetime) -> TimeReading:
    """半小时后, 两小时前, 从现在到晚上8点."""
    start = base.replace(second=0, microsecond=0) + how_long(away)
    sure = doubts.LIKELY if away.vague else doubts.SURE
    if said.end is not None:
        end = _once(Phrase(at=said.end), base)
        last = end.end if end.gran == "day" and end.end else end.start
        first = start.date() if end.gran == "day" else start
        return TimeReading("range", end.gran, first, last, confidence=sure, question=end.question, spans=said.words)
    if said.lasting is not None:
        return TimeReading("range", "time", start, start + how_long(said.lasting), confidence=sure, spans=said.words)
    return _bound(TimeReading("instant", "time", start, confidence=sure, spans=said.words), said)


def _stretch(said: Phrase, length: Length, base: datetime) -> TimeReading:
    """未来7天, 三天内, 过去两小时: from now on, or up to now."""
    sure = doubts.LIKELY if length.vague else doubts.SURE
    back = said.bound == "back"
    if length.unit in SMALL_UNITS:
        now = base.replace(second=0, microsecond=0)
        away = how_long(length)
        start, end = (now - away, now) if back else (now, now + away)
        return TimeReading("range", "time", start, end, confidence=sure, spans=said.words)
    today = base.date()
    there, _ = next(
        days(Moment(away=replace(length, many=-length.many if back else length.many)), today), (today, today)
    )
    first, last = sorted((there, today))
    return TimeReading("range", "day", first, last, confidence=sure, spans=said.words)


def _bound(reading: TimeReading, said: Phrase) -> TimeReading:
    """周五前 has no start, 8点以后 no end."""
    match said.bound:
        case "before":
            end = reading.end if reading.gran == "day" and reading.end else reading.start
            return replace(reading, kind="range", start=None, end=end, daypart=None)
        case "after" if said.end is None and said.lasting is None:
            start = reading.start
            if reading.gran == "day" and reading.end is not None and said.role != "since":
                start = reading.end + timedelta(days=1)  # after 2018 is from 2019 on
            return replace(reading, kind="range", start=start, end=None, daypart=None)
    return reading
