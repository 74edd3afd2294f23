"""A reading said back in words: weekday and part of the day in full, so that nobody mistakes 8点 for the wrong one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.reading.times.parts import PARTS
from core.reading.times.reading import TimeReading
from core.words import text

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
HOURS = ((5, "smallhours"), (9, "morning"), (11.5, "forenoon"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""Before which hour a time is called what: 8点 is in the 早上, 10点 in the 上午."""
BEFORE_NOON = ("morning", "forenoon")


def spell(reading: TimeReading, lang: str = "zh", today: date | None = None) -> str:
    """The reading in words, e.g. 11月27日周五晚上7点到9点; '' when there is no time in it.

    With `today` the year is said only where it is needed: for another year, and for a day that is over. Reading the
    words again on the same day gives the same reading, unless only its hour is over.
    """
    lang = "en" if lang.startswith("en") else "zh"
    match reading.kind:
        case "recurring":
            return _rule(reading, lang)
        case "instant" | "range":
            return _once(reading, lang, today)
    return ""


def spell_day(day: date, lang: str = "zh", today: date | None = None, weekday: bool = True) -> str:
    """One day: 11月27日周五, Friday 27 November."""
    year = today is not None and (day.year != today.year or day < today)
    key = ("day" if weekday else "date") + ("_year" if year else "")
    name = text(lang, f"time.weekday.{day.weekday()}")
    month = text(lang, f"time.month.{day.month}")
    return text(lang, f"time.{key}", year=str(day.year), month=month, day=str(day.day), weekday=name)


def spell_time(at: time, lang: str = "zh", after: time | None = None) -> str:
    """One time of the day: 晚上7点半, 7:30 pm. The part of the day is left out when `after` has already said it."""
    key = {0: "hour", 30: "hour_half"}.get(at.minute, "hour_minute")
    part = part_of_day(at)
    before = part_of_day(after) if after is not None else ""
    said = after is not None and at > after and (before == part or (before in BEFORE_NOON and part in BEFORE_NOON))
    hour = (at.hour + 11) % 12 + 1 if lang.startswith("en") else at.hour if at.hour <= 12 else at.hour - 12
    facts = {"part": "" if said else text(lang, f"time.part.{part}"), "half": "am" if at.hour < 12 else "pm"}
    return text(lang, f"time.{key}", hour=str(hour), minute=f"{at.minute:02d}", **facts)


def part_of_day(at: time) -> str:
    """What people call this hour: a key of `time.part` in the catalogue."""
    return next(part for until, part in HOURS if at.hour + at.minute / 60 < until)


def _once(reading: TimeReading, lang: str, today: date | None) -> str:
    start, end = reading.start, reading.end
    if reading.daypart and isinstance(start, datetime) and isinstance(end, datetime):
        return _part(start, end, lang, today)
    if start is None:
        return "" if end is None else text(lang, "time.before", when=_point(end, lang, today))
    said = _point(start, lang, today)
    if end is None:
        return text(lang, "time.after", when=said) if reading.kind == "range" else said
    if isinstance(start, datetime) and isinstance(end, datetime):
        if end.date() == start.date():
            return text(lang, "time.range", start=said, end=spell_time(end.time(), lang, start.time()))
        if lang == "zh" and end.date() == start.date() + timedelta(days=1) and end.hour < 12:
            return text(lang, "time.range_next_day", start=said, end=spell_time(end.time(), lang))
    return text(lang, "time.range", start=said, end=_point(end, lang, today))


def _part(start: datetime, end: datetime, lang: str, today: date | None) -> str:
    """A day and the part of it whose usual hours these are."""
    day = start.date() if start.hour else start.date() - timedelta(days=1)  # midnight ends a day
    name = part_between(start, end) or "evening"
    return spell_part(spell_day(day, lang, today), name, lang)


def spell_part(day: str, part: str, lang: str) -> str:
    """'11月28日周六上午': a day in words and a part of it, a key of `PARTS`; the day alone for what is none."""
    return text(lang, "time.day_part", day=day, part=text(lang, f"time.part.{part}")) if part in PARTS else day


def part_between(start: datetime, end: datetime) -> str:
    """The part of the day whose usual hours these are, a key of `PARTS`; '' for none."""
    day = start.date() if start.hour else start.date() - timedelta(days=1)
    first = (start.date() - day).days * 1440 + start.hour * 60 + start.minute
    last = (end.date() - day).days * 1440 + end.hour * 60 + end.minute
    return next((name for name, part in PARTS.items() if (part.start, part.end) == (first, last)), "")


def part_said(reading: TimeReading) -> str:
    """The part of the day that was said and no hour: 'forenoon' of 周六上午; '' for anything else."""
    start, end = reading.start, reading.end
    told = reading.daypart and isinstance(start, datetime) and isinstance(end, datetime)
    return part_between(start, end) if told and isinstance(start, datetime) and isinstance(end, datetime) else ""


def _point(at: date | datetime, lang: str, today: date | None) -> str:
    if isinstance(at, datetime):
        day = spell_day(at.date(), lang, today)
        return text(lang, "time.day_hour", day=day, hour=spell_time(at.time(), lang))
    return spell_day(at, lang, today)


# ---------------------------------------------------------------- rules


def _rule(reading: TimeReading, lang: str) -> str:
    parts = dict(part.split("=", 1) for part in (reading.rrule or "").split(";") if "=" in part)
    said = _rhythm(parts, lang)
    if reading.since is not None and lang == "zh":
        said = text(lang, "time.every.since", rule=said, when=spell_day(reading.since, lang))
    if reading.time is not None:
        hours = spell_time(reading.time, lang)
        if reading.time_end is not None:
            hours = text(lang, "time.range", start=hours, end=spell_time(reading.time_end, lang, reading.time))
        said = text(lang, "time.every.at", rule=said, hours=hours)
    if reading.since is not None and lang == "en":
        said = text(lang, "time.every.since", rule=said, when=spell_day(reading.since, lang, weekday=False))
    if "COUNT" in parts:
        said = text(lang, "time.every.count", rule=said, times=parts["COUNT"])
    if "UNTIL" in parts:
        last = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
        said = text(lang, "time.every.until", rule=said, when=spell_day(last, lang, weekday=lang == "zh"))
    if reading.except_:
        days = [spell_day(day, lang, weekday=lang == "zh") for day in reading.except_]
        said = text(lang, "time.every.unless", rule=said, days=_and(days, lang))
    return said


def _rhythm(parts: dict[str, str], lang: str) -> str:
    many = int(parts.get("INTERVAL", "1"))
    unit = FREQUENCIES.get(parts.get("FREQ", ""), "day")
    weekdays = [CODES.index(code) for code in parts.get("BYDAY", "").split(",") if code in CODES]
    if unit == "week" and weekdays:
        row = _and([text(lang, f"time.row.{day}") for day in weekdays], lang)
        days = _and([text(lang, f"time.weekday.{day}") for day in weekdays], lang)
        return text(lang, "time.every.weekdays", n=many, row=row, days=days)
    lunar = "RSCALE" in parts
    on = _on_by_moon(parts, lang) if lunar else _on(parts, unit, lang)
    whole = not lunar and unit == "year" and not {"BYMONTHDAY", "BYDAY"} & parts.keys()
    key = "time.every.in_month" if whole else "time.every.on"
    kind = f"lunar_{unit}" if lunar else unit
    return text(lang, f"time.every.{kind}", n=many, on=text(lang, key, on=on) if on else "")


def _on_by_moon(parts: dict[str, str], lang: str) -> str:
    """初一、十五; 九月初九; 除夕, the only day that is counted from the end."""
    days = [int(day) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if days == [-1]:
        return text(lang, "time.every.lunar_eve")
    names = [text(lang, f"time.lunar_day.{day}") for day in days]
    if "BYMONTH" not in parts:
        return _and(names, lang)
    month = text(lang, f"time.lunar_month.{parts['BYMONTH']}")
    return text(lang, "time.every.lunar_date", month=month, day=names[0], number=str(days[0]))


def _on(parts: dict[str, str], unit: str, lang: str) -> str:
    """What a monthly or yearly rule falls on."""
    if unit == "year" and "BYMONTH" in parts:
        month = _months([int(month) for month in parts["BYMONTH"].split(",")], lang)
        if "BYMONTHDAY" in parts:
            return text(lang, "time.date", month=month, day=parts["BYMONTHDAY"])
        day = _nths(parts, lang)
        return text(lang, "time.every.day_of_month" if day else "time.every.whole_month", month=month, day=day)
    if "BYMONTHDAY" in parts:
        days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
        if len(days) > 1 and days == list(range(-len(days), 0)):
            return text(lang, "time.every.last_days", number=str(len(days)))
        return _and([_monthday(day, lang) for day in days], lang)
    return _nths(parts, lang)


def _months(months: list[int], lang: str) -> str:
    """3月, 9月到11月: months of a rule are one or a row, which may go past the year's end."""
    first = next((month for month in months if (month - 2) % 12 + 1 not in months), months[0])
    said = text(lang, f"time.month.{first}")
    last = (first + len(months) - 2) % 12 + 1
    return text(lang, "time.range", start=said, end=text(lang, f"time.month.{last}")) if len(months) > 1 else said


def _monthday(day: int, lang: str) -> str:
    if day == -1:
        return text(lang, "time.every.last_day")
    return text(lang, "time.every.monthday", day=str(day), ordinal=ordinal(day))


def _nths(parts: dict[str, str], lang: str) -> str:
    """第2、第4个周六; the first of all workdays is 第1个工作日."""
    codes = [code for code in parts.get("BYDAY", "").split(",") if code]
    if position := parts.get("BYSETPOS"):
        key = "last_workday" if position == "-1" else "workday"
        return text(lang, f"time.every.{key}", number=position, ordinal=ordinal(int(position)))
    if len(codes) > 1 and len({code[-2:] for code in codes}) == 1:
        first = [
            text(lang, "time.every.nth_of_row", number=code[:-2], ordinal=ordinal(int(code[:-2])))
            for code in codes[:-1]
        ]
        return _and([*first, _nth(codes[-1], lang)], lang)
    return _and([_nth(code, lang) for code in codes], lang)


def _nth(code: str, lang: str) -> str:
    weekday = text(lang, f"time.weekday.{CODES.index(code[-2:])}")
    n = int(code[:-2] or 0)
    if not n:
        return weekday
    return text(
        lang, "time.every.last" if n == -1 else "time.every.nth", weekday=weekday, number=str(n), ordinal=ordinal(n)
    )


def _and(words: list[str], lang: str) -> str:
    return text(lang, "time.and").join(words)


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    return f"{n}" + ("th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))
