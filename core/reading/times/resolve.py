"""A statement and a now become a reading: the first future that the words allow, and the question where they are unclear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.reading.question import Question
from core.reading.times import almanac, parts
from core.reading.times.days import days, floats, one_by_one
from core.reading.times.phrase import Phrase
from core.reading.times.reading import TimeReading
from core.reading.times.rules import rule
from core.reading.times.values import Clock, Length, Moment, Rel

DAY = 24 * 60
FIRST_HOUR, LAST_HOUR = 7 * 60, 22 * 60
"""A bare hour with no part of the day is meant for when neighbours are up."""
SMALL_UNITS = frozenset({"hour", "minute", "second"})


@dataclass(frozen=True, slots=True)
class Span:
    """Where a moment can lie: days, and minutes from the first midnight when an hour was said."""

    first: date
    last: date
    start: int | None = None
    end: int | None = None  # of a part of the day


def resolve(said: Phrase, base: datetime) -> TimeReading:
    """The reading of one statement, seen from `base` (aware, in the community's zone)."""
    if said.every is not None:
        return rule(said, base, hours(said.at, said.hint), hours(said.end, said.hint) if said.end else ())
    try:
        if said.span is not None:
            return _stretch(said, base)
        return _once(said, base)
    except (OverflowError, ValueError):
        return TimeReading(question=Question("when"), confidence=0.3, spans=said.words)


# ---------------------------------------------------------------- hours


def hours(said: Moment | None, hint: str | None = None) -> tuple[int, ...]:
    """The minutes from midnight that the words about the hour can mean; empty when they say nothing of it."""
    if said is None or not said.timed:
        return ()
    clock = said.clock
    if clock is None:
        return (parts.PARTS[said.part].start,) if said.part else ()
    if said.part is not None:
        return (parts.minutes(said.part, clock.hour, clock.minute),)
    minute = clock.hour * 60 + clock.minute
    if clock.exact or clock.hour > 12 or clock.hour == 0:
        return (minute,)
    if hint is not None:
        return (parts.minutes(hint, clock.hour, clock.minute),)
    if said.part is None and said.day == Rel(-1):
        return (minute,)
    halves = (minute % 720, minute % 720 + 720)
    return tuple(at for at in halves if FIRST_HOUR <= at <= LAST_HOUR) or halves[1:]


def _moment(day: date, minute: int, zone: datetime) -> datetime:
    """So many minutes after a day's midnight, on the wall clock of the zone."""
    day += timedelta(days=minute // DAY)
    return datetime.combine(day, time(minute % DAY // 60, minute % 60), tzinfo=zone.tzinfo)


# ---------------------------------------------------------------- once


def _once(said: Phrase, base: datetime) -> TimeReading:
    if said.at.away is not None and said.at.away.unit in SMALL_UNITS and said.at.clock is None:
        return _from_now(said, base)
    if said.timed:
        return _timed(said, base)
    return _dated(said, base)


def _from_now(said: Phrase, base: datetime) -> TimeReading:
    """半小时后, 两小时前."""
    away = said.at.away
    if away is None:
        return TimeReading()
    start = base.replace(second=0, microsecond=0) + _delta(away)
    if said.end is not None:  # 从现在到晚上8点
        end = _once(Phrase(at=said.end), base)
        last = end.end if end.gran == "day" and end.end else end.start
        if last is not None and end.gran == "day":
            return TimeReading("range", "day", start.date(), last, confidence=0.9, spans=said.words)
        return TimeReading("range", "time", start, last, confidence=0.9, question=end.question, spans=said.words)
    reading = TimeReading("instant", "time", start, confidence=0.7 if away.vague else 0.95, spans=said.words)
    return _bound(_ended(reading, said, base), said)


def _delta(length: Length) -> timedelta:
    if abs(length.many) > 100_000:
        raise OverflowError
    match length.unit:
        case "second":
            return timedelta(seconds=int(length.many))
        case "minute":
            return timedelta(seconds=int(length.many * 60))
        case "hour":
            return timedelta(seconds=int(length.many * 3600))
        case "week":
            return timedelta(days=float(length.many * 7))
        case _:
            return timedelta(days=float(length.many))


def _dated(said: Phrase, base: datetime) -> TimeReading:
    today = base.date()
    said = _year_of_end(said)
    found = list(days(said.at, today))
    if not found:
        return _impossible(said)
    if said.end is not None:
        return _day_range(said, found, today)
    first, last = _choose(said.at, found, today)
    confidence, question = _doubt(said.at, (first, last), today)
    many = first != last
    reading = TimeReading("range" if many else "instant", "day", first, last if many else None,
                          confidence=confidence, question=question, spans=said.words)  # fmt: skip
    if said.lasting is not None and said.lasting.unit not in SMALL_UNITS and first == last:
        end = first + _delta(said.lasting) - timedelta(days=1)
        reading = replace(reading, kind="range", end=end)
    return _bound(reading, said)


def _year_of_end(said: Phrase) -> Phrase:
    """4 to 22 January 2028: the year said with the end is the start's as well."""
    at, end = said.at, said.end
    if end is None or not isinstance(end.year, int) or at.year is not None or not isinstance(at.month, int):
        return said
    year = end.year - (isinstance(end.month, int) and end.month < at.month)
    return replace(said, at=replace(at, year=year))


def _choose(said: Moment, found: list[almanac.Days], today: date) -> almanac.Days:
    """The first that is not over; the last of all when everything is over (去年, 昨天)."""
    if floats(said) and isinstance(said.day, int) and said.month is None and said.weekdays:  # Friday the 31st
        near = [days for days in found if days[0] >= today][:6]
        found = [days for days in near if days[0].weekday() == said.weekdays[0]] or found
    if floats(said):
        in_a_row = said.weekdays is not None and len(said.weekdays) > 1
        for first, last in found:
            if (first if in_a_row else last) >= today:
                return first, last
        return found[-1]
    return found[0]


def _day_range(said: Phrase, found: list[almanac.Days], today: date) -> TimeReading:
    end_said = _inherit(said.at, said.end or Moment())
    spans: list[almanac.Days] = []
    for first, _ in found:
        last = next((end for _, end in days(end_said, first if floats(end_said) else today) if end >= first), None)
        if last is not None:
            spans.append((first, last))
    if not spans:
        if not list(days(end_said, found[0][0])):
            return _impossible(replace(said, at=end_said))
        first = _choose(said.at, found, today)[0]
        return TimeReading("instant", "day", first, confidence=0.4, question=Question("ends_before"), spans=said.words)
    first, last = _choose(said.at, spans, today)
    confidence, question = _doubt(said.at, (first, last), today)
    return TimeReading("range", "day", first, last, confidence=confidence, question=question, spans=said.words)


def _inherit(start: Moment, end: Moment) -> Moment:
    """The end of a range as if it had been said in full: 3月1日到5日 is to 3月5日, 下周一到周三 to 下周三."""
    if isinstance(end.day, int) and end.month is None:
        end = replace(end, month=start.month, lunar=end.lunar or start.lunar)
    if (isinstance(end.month, int) or end.section or end.feast) and end.year is None:
        end = replace(end, year=start.year if isinstance(start.year, int) else end.year)
        if isinstance(start.year, Rel) and not _wraps(start, end):
            end = replace(end, year=start.year)
        if isinstance(start.year, int) and _wraps(start, end):
            end = replace(end, year=start.year + 1)
    return end


def _wraps(start: Moment, end: Moment) -> bool:
    """11月到3月 ends in the year after."""
    return isinstance(start.month, int) and isinstance(end.month, int) and end.month < start.month


def _timed(said: Phrase, base: datetime) -> TimeReading:
    """An hour or a part of the day was said, on some day."""
    today = base.date()
    found = list(days(said.at, today)) if said.at.dated else [(today + timedelta(days=n),) * 2 for n in range(3)]
    if not found:
        return _impossible(said)
    if said.at.weekdays and len(said.at.weekdays) > 1:
        found = one_by_one(found, said.at.weekdays)
    elif said.at.weekdays and isinstance(said.at.day, int) and floats(said.at):
        found = [_choose(said.at, found, today), *found]
    starts = hours(said.at, said.hint) or (0,)
    ends = _ends(said, starts)
    if len(starts) > 1 and said.end is not None and not said.end.dated and said.end.clock and (said.end.clock.exact or said.end.part):
        starts, ends = _shortest(starts, ends)  # 11 to 3pm is from 11am
    options: list[tuple[datetime, datetime | None]] = []
    free = not said.at.dated or floats(said.at)
    for first, last in found:
        for start, end in zip(starts, ends, strict=True):
            moment = _moment(first, start, base)
            options.append((moment, _end_moment(said, first, last, start, end, base, moment)))
    now = base.replace(second=0, microsecond=0)
    if said.at.clock is None:
        chosen = next((option for option in options if (option[1] or option[0]) > now), options[-1])
    else:
        chosen = next((option for option in options if option[0] >= now), options[-1] if free else options[0])
    return _timed_reading(said, chosen, base)


def _timed_reading(said: Phrase, chosen: tuple[datetime, datetime | None], base: datetime) -> TimeReading:
    start, end = chosen
    confidence, question = _doubt(said.at, (start.date(), start.date()), base.date())
    if said.at.clock and not said.at.clock.exact and said.at.part is None and len(hours(said.at, said.hint)) > 1:
        question = question or _which_half(said.at.clock)
        confidence = min(confidence, 0.7)
    if question is None and start < base and not _says_past(said.at, base) and (end is None or end < base):
        question, confidence = Question("past", (("when", _day(start)),)), 0.5
    daypart = parts.PARTS[said.at.part].label if said.at.clock is None and said.at.part and said.end is None else None
    reading = TimeReading("range" if end else "instant", "time", start, end, confidence=confidence, question=question,
                          spans=said.words, daypart=daypart)  # fmt: skip
    return _bound(reading, said)


def _ends(said: Phrase, starts: tuple[int, ...]) -> list[int | None]:
    """For each start the minute at which it ends, past midnight counted on; None when no end was said."""
    if said.end is None:
        if said.lasting is not None:
            return [start + int(_delta(said.lasting).total_seconds() // 60) for start in starts]
        if said.at.clock is None and said.at.part is not None:
            part = parts.PARTS[said.at.part]
            return [part.end for _ in starts]
        return [None for _ in starts]
    end = said.end
    if not end.timed:
        return [DAY for _ in starts]
    if end.clock is not None and end.part is None and not end.clock.exact and said.at.part is not None and not end.dated and not said.next_day:
        inherited = parts.minutes(said.at.part, end.clock.hour, end.clock.minute)
        return [_after(start, inherited, end.clock) for start in starts]
    if end.clock is None and end.part is not None:
        finish = parts.PARTS[end.part].end
        return [finish if finish > start or end.dated or said.next_day else finish + DAY for start in starts]
    options = hours(end)
    if end.clock is not None and end.part is None and not end.clock.exact:
        options = (end.clock.hour * 60 + end.clock.minute, end.clock.hour % 12 * 60 + end.clock.minute + 720)
    if end.dated or said.next_day:
        return [options[0] if end.part or (end.clock and end.clock.exact) else hours(end)[0] for _ in starts]
    return [next((option for option in sorted(options) if option > start), options[0] + DAY) for start in starts]


def _shortest(starts: tuple[int, ...], ends: list[int | None]) -> tuple[tuple[int, ...], list[int | None]]:
    """Of two starts the one nearer to the end that was said without doubt."""
    start, end = min(zip(starts, ends, strict=True), key=lambda pair: (pair[1] or 0) - pair[0])
    return (start,), [end]


def _after(start: int, end: int, clock: Clock) -> int:
    """An end that inherited its part of the day, moved on by half a day when it would come first: 上午9点到3点."""
    if end > start:
        return end
    half = clock.hour % 12 * 60 + clock.minute
    return next((at for at in (half, half + 720, half + 1440) if at > start), end + DAY)


def _end_moment(said: Phrase, first: date, last: date, start: int, end: int | None, base: datetime, begin: datetime) -> datetime | None:
    if end is None:
        if last > first and said.end is None:
            return None
        return None
    day = first
    if said.end is not None and said.end.dated:
        inherited = _inherit(said.at, said.end)
        seen_from = first if floats(inherited) else base.date()
        there = next((found for _, found in days(replace(inherited, part=None, clock=None), seen_from) if _moment(found, end, base) > begin), None)
        if there is None:
            return None
        return _moment(there, end, base)
    if said.next_day:
        return _moment(day + timedelta(days=said.next_day), end % DAY, base)
    return _moment(day, end, base)


def _ended(reading: TimeReading, said: Phrase, base: datetime) -> TimeReading:
    """With the end that a length gives: 半小时后，为期2小时."""
    if said.lasting is None or not isinstance(reading.start, datetime):
        return reading
    return replace(reading, kind="range", end=reading.start + _delta(said.lasting))


# ---------------------------------------------------------------- open ends and stretches


def _bound(reading: TimeReading, said: Phrase) -> TimeReading:
    """周五前 has no start, 8点以后 no end."""
    match said.bound:
        case "before":
            end = reading.end if reading.gran == "day" and reading.end else reading.start
            return replace(reading, kind="range", start=None, end=end, daypart=None)
        case "after" if said.end is None and said.lasting is None:
            return replace(reading, kind="range", end=None)
    return reading


def _stretch(said: Phrase, base: datetime) -> TimeReading:
    """未来7天, 三天内, 过去两小时: from now on, or up to now."""
    length = said.span
    if length is None:
        return TimeReading()
    now = base.replace(second=0, microsecond=0)
    confidence = 0.6 if length.vague else 0.9
    if length.unit in SMALL_UNITS:
        delta = _delta(length)
        start, end = (now - delta, now) if said.bound == "back" else (now, now + delta)
        return TimeReading("range", "time", start, end, confidence=confidence, spans=said.words)
    today = base.date()
    away = replace(length, many=-length.many) if said.bound == "back" else length
    there = next((first for first, _ in days(Moment(away=away), today)), None)
    if there is None:
        return TimeReading(question=Question("when"), confidence=0.3, spans=said.words)
    first, last = (there, today) if said.bound == "back" else (today, there)
    return TimeReading("range", "day", first, last, confidence=confidence, spans=said.words)


# ---------------------------------------------------------------- doubts


def _says_past(said: Moment, base: datetime) -> bool:
    """Whether the words themselves speak of the past: 昨天, 上周, 2019年, 三天前."""
    if isinstance(said.year, int):
        return said.year < base.year
    fields = (said.day, said.month, said.week, said.year)
    if any(isinstance(field, Rel) and field.n < 0 for field in fields):
        return True
    return said.away is not None and said.away.many < 0


def _doubt(said: Moment, found: almanac.Days, today: date) -> tuple[float, Question | None]:
    """How sure we are, and what to ask."""
    first, last = found
    confidence = 0.7 if said.about else 0.95
    if said.weekdays and len(said.weekdays) == 1 and said.ordinal is None and said.week is None and first.weekday() != said.weekdays[0] and (isinstance(said.day, int) or said.feast or isinstance(said.day, Rel)):
        facts = (("date", _day(first)), ("weekday", f"weekday {first.weekday()}"), ("said", f"weekday {said.weekdays[0]}"))
        return 0.5, Question("weekday_differs", facts)
    if said.week == Rel(1) and said.weekdays and today.weekday() == 6:
        other = first - timedelta(days=7)
        facts = (("when", f"weekday {said.weekdays[0]}"), ("first", _day(first)), ("second", _day(other)))
        if other > today:
            return 0.6, Question("which_week", facts)
    if last < today and not _says_past(said, datetime.combine(today, time())):
        return 0.5, Question("past", (("when", _day(last)),))
    return confidence, None


def _which_half(clock: Clock) -> Question:
    return Question("which_half", (("when", f"clock {clock.hour}:{clock.minute:02d}"),))


def _day(day: date) -> str:
    """A day as a fact of a question."""
    return f"day {day.month}-{day.day}"


def _impossible(said: Phrase) -> TimeReading:
    at = said.at
    question = Question("when")
    if isinstance(at.month, int) and isinstance(at.day, int):
        year = f"{at.year}-" if isinstance(at.year, int) else ""
        question = Question("no_such_day", (("when", f"day {year}{at.month}-{at.day}"),))
    return TimeReading(confidence=0.9, question=question, spans=said.words)
