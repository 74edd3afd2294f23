"""Dates and times in words, as a neighbour would read them aloud: weekday and part of the day, never 24-hour digits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.activities import Occurrence, Series
from core.reading import TimeReading
from core.reading.parts import spell, spell_day, spell_part, spell_time
from core.repeating import WEEKDAYS
from core.repeating import clock as clock_of
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
        on = day(starts, tz, lang, min(now, starts)) if now < occurrence.ends() else on  # under way: no year is said
        on = spell_part(on, occurrence.daypart, lang)
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


def rule(row: Series, like: Occurrence, lang: str) -> str:
    """When a series is: '每周二、四早上6点半'."""
    return spell(TimeReading(kind="recurring", gran="time", rrule=row.rrule, time=clock_of(row, like)), lang)


def day_in_words(at: date, lang: str, today: date) -> str:
    """'12月20日周日'."""
    return spell_day(at, lang, today=today)


def weekdays(days: Sequence[int], lang: str) -> str:
    """'每周二、四'; '' for none in particular."""
    if not days:
        return ""
    rrule = f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day] for day in days)}"
    return spell(TimeReading(kind="recurring", gran="day", rrule=rrule), lang)


def weekday_said(words: str, moment: datetime, tz: ZoneInfo, lang: str) -> str:
    """A time in words without its first weekday, which was said already."""
    weekday = text(lang, f"weekday.{moment.astimezone(tz).weekday()}")
    return " ".join(words.replace(weekday, "", 1).split())


def near(moment: datetime, tz: ZoneInfo, lang: str, now: datetime) -> str:
    """'今天', '明天' or the day itself: for reminders only."""
    days = (moment.astimezone(tz).date() - now.astimezone(tz).date()).days
    if days in (0, 1):
        weekday = text(lang, f"weekday.{moment.astimezone(tz).weekday()}")
        return text(lang, "when.today" if days == 0 else "when.tomorrow", weekday=weekday)
    return day(moment, tz, lang, now)
