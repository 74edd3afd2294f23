"""Which minutes of the day the words about an hour can mean, and when what begins then ends."""

from __future__ import annotations

from datetime import timedelta

from core.reading.times import parts
from core.reading.times.phrase import Phrase
from core.reading.times.values import Length, Moment

DAY = 24 * 60
FIRST_HOUR, LAST_HOUR, EVENING = 7 * 60, 22 * 60, 18 * 60
"""A bare hour with no part of the day is meant for when neighbours are up."""


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
    halves = (minute % 720, minute % 720 + 720)
    return tuple(at for at in halves if FIRST_HOUR <= at <= LAST_HOUR) or halves[1:]


def finishes(said: Phrase, starts: tuple[int, ...]) -> list[int | None]:
    """For each start the minute at which it ends, past midnight counted on; None when no end was said."""
    if said.end is None:
        return [_unsaid_end(said, start) for start in starts]
    return [_said_end(said, said.end, start) for start in starts]


def _unsaid_end(said: Phrase, start: int) -> int | None:
    """The end that a length or a part of the day gives: 3点，为期2小时; 下午."""
    if said.lasting is not None:
        return start + int(how_long(said.lasting).total_seconds() // 60)
    if said.at.clock is None and said.at.part is not None:
        return parts.PARTS[said.at.part].end
    return None


def _said_end(said: Phrase, end: Moment, start: int) -> int:
    elsewhere = end.dated or bool(said.next_day)  # the end has a day of its own
    clock = end.clock
    if clock is None:
        finish = parts.PARTS[end.part].end if end.part else DAY
        return finish if finish > start or elsewhere else finish + DAY
    drawn = clock.written and 10 <= clock.hour <= 12 and not (said.at.clock and said.at.clock.hour > 12)  # 晚8:00-10:00
    if end.part is not None or (clock.exact and not drawn):
        at = hours(end)[0]
        if at <= start and not elsewhere and end.part is None and said.at.part is not None:
            at = parts.minutes(said.at.part, clock.hour, clock.minute)  # 晚上7点到9时
        return at if at > start or elsewhere else at + DAY
    if elsewhere:
        small = clock.hour < FIRST_HOUR // 60 and start >= EVENING  # 晚上10点到次日1点
        return hours(end)[0] - (DAY // 2 if small else 0)
    if said.at.part is not None:
        inherited = parts.minutes(said.at.part, clock.hour, clock.minute)
        if inherited > start:
            return inherited
    half = clock.hour % 12 * 60 + clock.minute  # 上午9点到3点 is to 15:00
    return next(at for at in range(half, half + 3 * DAY, DAY // 2) if at > start)


def settled(
    starts: tuple[int, ...], ends: list[int | None], by_clock: bool
) -> tuple[tuple[int, ...], list[int | None]]:
    """Of two starts the one that goes with an end said without doubt: 7点到20点 but not 11 to 3am."""
    pairs = list(zip(starts, ends, strict=True))
    if by_day := [pair for pair in pairs if pair[1] is not None and pair[0] < pair[1] <= DAY and by_clock]:
        start, end = by_day[0]
    else:
        start, end = min(pairs, key=lambda pair: (pair[1] or 0) - pair[0])
    return (start,), [end]


def how_long(length: Length) -> timedelta:
    """A length as hours and days; months count 30 days. Raises OverflowError for one that nobody means."""
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
        case "month" | "quarter" | "year":
            return timedelta(days=float(length.many * {"month": 30, "quarter": 91, "year": 365}[length.unit]))
        case _:
            return timedelta(days=float(length.many))
