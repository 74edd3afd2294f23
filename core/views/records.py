"""Hours in words: how long, a month's record by name, and one person's certificate of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core import when
from core.hours import Served, of_days, of_year, own, records, sum_of, total
from core.messages import Span
from core.views.view import View, lines
from core.words import text

MOST = 40
"""People in a message; the file has all of them."""


def duration(hours: timedelta, lang: str) -> str:
    """'3小时', '1小时45分'."""
    minutes = hours // timedelta(minutes=1)
    whole, rest = divmod(minutes, 60)
    parts = [text(lang, "hours.hours", n=whole)] if whole else []
    parts += [text(lang, "hours.minutes", n=rest)] if rest or not whole else []
    return text(lang, "hours.and").join(parts)


def of_this_year(view: View, member_id: int) -> tuple[Span, ...]:
    """'今年：3小时（2次）' of one member; nothing where nothing was recorded."""
    here = view.lookup.here
    year = view.lookup.now.astimezone(here.tz).year
    hours, times = sum_of(view.lookup.session, here, of_year(here, year), member_id)
    return view.say("hours.mine", hours=duration(hours, view.lang), n=times) if times else ()


def of_month(view: View, first: date, last: date, *, files: bool = False) -> tuple[Span, ...]:
    """A line for each person, by name: no ranking. What was recorded later stands apart."""
    here = view.lookup.here
    rows = records(view.lookup.session, here, of_days(here, first, last), view.lang)
    days = text(view.lang, "when.to", start=day(view, first), end=day(view, last))
    if not rows:
        return view.say("record.none", days=days)
    by: dict[str, list[Served]] = {}
    for row in rows:
        by.setdefault(row.name, []).append(row)
    said = [person(view, name, by[name]) for name in sorted(by)[:MOST]]
    more = view.say("record.more", n=len(by) - MOST) if len(by) > MOST else ()
    file = () if files else view.say("record.file", month=f"{first:%Y-%m}")
    return lines(view.say("record.first", days=days), *said, more, file)


def person(view: View, name: str, rows: Sequence[Served]) -> tuple[Span, ...]:
    late = [row for row in rows if row.added]
    key = "hours.unit" if any(row.unit for row in rows) else "hours.times"
    signed = view.text(key, name=name, hours=duration(total(rows), view.lang), n=len(rows))
    if not late:
        return (signed,)
    return (signed, view.text("record.added", hours=duration(total(late), view.lang)))


def of_person(view: View, member_id: int, year: int) -> tuple[Span, ...]:
    """One person's sheet of a year: each time with from-to and how long, and the sum."""
    here, lookup = view.lookup.here, view.lookup
    rows = own(records(lookup.session, here, of_year(here, year), view.lang, [member_id]), member_id)
    name = lookup.name(member_id)
    if not rows:
        return view.say("certificate.none", name=name, year=str(year))
    today = day(view, lookup.now.astimezone(here.tz).date())
    facts = {
        "name": name,
        "year": str(year),
        "hours": duration(total(rows), view.lang),
        "community": here.community.name,
    }
    listed = [(one_time(view, row),) for row in rows[-MOST:]] if not rows[0].unit else of_unit(view, rows)
    return lines(view.say("certificate.first", **facts, n=len(rows)), *listed, view.say("certificate.day", day=today))


def of_unit(view: View, rows: Sequence[Served]) -> list[tuple[Span, ...]]:
    """A line for each activity: '11月28日周六 植树 8人次 16小时'."""
    by: dict[str, list[Served]] = {}
    for row in rows:
        at = when.day(row.begins, view.lookup.here.tz, view.lang, view.lookup.now)
        by.setdefault(f"{at} {row.title}", []).append(row)
    return [person(view, name, theirs) for name, theirs in [*by.items()][-MOST:]]


def one_time(view: View, row: Served) -> str:
    """'11月24日周二 巡逻 3小时'."""
    at = when.day(row.begins, view.lookup.here.tz, view.lang, view.lookup.now)
    return f"{at} {row.title} {duration(row.hours, view.lang)}"


def day(view: View, at: date) -> str:
    return when.day_in_words(at, view.lang, view.lookup.now.astimezone(view.lookup.here.tz).date())
