"""Dates and times in words, as a neighbour would read them aloud: weekday and part of the day, never 24-hour digits."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.activities import Occurrence
from core.reading.times import spell_day, spell_time
from core.words import text


def day(moment: datetime, tz: ZoneInfo, lang: str, now: datetime) -> str:
    """'11月27日周五', with the year when it is not this one."""
    return spell_day(moment.astimezone(tz).date(), lang, today=now.astimezone(tz).date())


def clock(moment: datetime, tz: ZoneInfo, lang: str, after: datetime | None = None) -> str:
    """'晚上7点半'; the part of the day is left out where `after`, just said, lies in the same."""
    local = moment.astimezone(tz)
    said = None
    if after is not None and after.astimezone(tz).date() == local.date():
        said = after.astimezone(tz).time()
    return spell_time(local.time(), lang, after=said)


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
        weekday = text(lang, f"weekday.{moment.astimezone(tz).weekday()}")
        return text(lang, "when.today" if days == 0 else "when.tomorrow", weekday=weekday)
    return day(moment, tz, lang, now)
