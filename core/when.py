"""Dates and times in words, as a neighbour would read them aloud: weekday and part of the day, never 24-hour digits."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.activities import Occurrence
from core.words import text


def day(moment: datetime, tz: ZoneInfo, lang: str, now: datetime) -> str:
    """'11月27日周五', with the year when it is not this one."""
    local = moment.astimezone(tz)
    key = "when.day" if local.year == now.astimezone(tz).year else "when.day_year"
    return text(
        lang,
        key,
        year=local.year,
        month=text(lang, f"when.month.{local.month}"),
        day=local.day,
        weekday=text(lang, f"when.weekday.{local.weekday()}"),
    )


def part(hour: int) -> str:
    """The part of the day that an hour lies in, as a catalogue key."""
    for before, name in ((5, "small"), (9, "early"), (12, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening")):
        if hour < before:
            return name
    raise ValueError(f"no such hour: {hour}")


def clock(moment: datetime, tz: ZoneInfo, lang: str, after: datetime | None = None) -> str:
    """'晚上7点半'; the part of the day is left out where `after`, just said, lies in the same."""
    local = moment.astimezone(tz)
    same = after is not None and after.astimezone(tz).date() == local.date()
    if same and after is not None and part(after.astimezone(tz).hour) == part(local.hour):
        return text(lang, "when.bare", time=_digits(local, lang))
    return text(lang, f"when.part.{part(local.hour)}", time=_digits(local, lang))


def _digits(local: datetime, lang: str) -> str:
    hour = local.hour % 12 or 12 if local.hour != 0 or lang == "en" else 0
    key = {0: "sharp", 30: "half"}.get(local.minute, "minutes")
    return text(lang, f"when.{key}", hour=hour, minute=f"{local.minute:02d}")


def span(occurrence: Occurrence, tz: ZoneInfo, lang: str, now: datetime) -> str:
    """When an occurrence is: '11月27日周五 晚上7点到9点'."""
    starts, ends = occurrence.starts_at, occurrence.ends_at
    if starts is None:
        return text(lang, "when.unknown")
    on = day(starts, tz, lang, now)
    if occurrence.all_day:
        last = (ends or starts + timedelta(days=1)) - timedelta(days=1)
        if last.astimezone(tz).date() <= starts.astimezone(tz).date():
            return on
        return text(lang, "when.to", start=on, end=day(last, tz, lang, now))
    begin = clock(starts, tz, lang)
    if ends is None:
        return text(lang, "when.at", day=on, time=begin)
    end = clock(ends, tz, lang, after=starts)
    if ends.astimezone(tz).date() != starts.astimezone(tz).date():
        if ends - starts < timedelta(hours=18):
            end = text(lang, "when.next_day", time=clock(ends, tz, lang))
        else:
            end = text(lang, "when.at", day=day(ends, tz, lang, now), time=clock(ends, tz, lang))
    return text(lang, "when.at", day=on, time=text(lang, "when.to", start=begin, end=end))


def near(moment: datetime, tz: ZoneInfo, lang: str, now: datetime) -> str:
    """'今天', '明天' or the day itself: for reminders only."""
    days = (moment.astimezone(tz).date() - now.astimezone(tz).date()).days
    if days in (0, 1):
        weekday = text(lang, f"when.weekday.{moment.astimezone(tz).weekday()}")
        return text(lang, "when.today" if days == 0 else "when.tomorrow", weekday=weekday)
    return day(moment, tz, lang, now)
