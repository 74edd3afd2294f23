"""Which days a moment can mean, in the order of the calendar: the past first, the far future last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise

from core.reading.times import almanac
from core.reading.times.almanac import Days
from core.reading.times.values import Length, Moment, Rel, Shift, UnitName

YEARS_AHEAD = 9
"""Far enough for a 29th of February in any decade."""
MONTHS_AHEAD = 14
FEASTS_AHEAD = 4
"""Last year's, which a shift may bring into the future, and the next ones."""


def days(said: Moment, today: date) -> Iterator[Days]:
    """Every stretch of days that the words can mean, seen from `today`; a floating word gives several."""
    for found in _days(said, today):
        if said.shift is None:
            yield found
        elif said.feast is not None or found[1] >= today or not floats(said):
            yield _shifted(found, said.shift)  # a week from Friday is counted from a Friday to come


def floats(said: Moment) -> bool:
    """Whether the words leave it to us which year, month or week is meant (3月5日, 15号, 周五): then the future is."""
    if said.away is not None or isinstance(said.day, Rel) or said.week is not None or isinstance(said.month, Rel):
        return False
    if said.section and said.section.startswith(("quarter ", "half ")):
        return False
    return said.year is None


def _days(said: Moment, today: date) -> Iterator[Days]:
    """The same before any shift. What the words name first decides: 明天 before a feast, a week before a month."""
    try:
        if fixed := _fixed(said, today):
            yield fixed
        elif said.feast is not None:
            yield from _feast(said.feast, said, today)
        elif said.lunar and (said.month is not None or isinstance(said.day, int)):
            yield from _lunar(said, today)
        elif (said.week is not None and not isinstance(said.day, int)) or (
            said.section in WEEKLY and not said.month and not said.year
        ):
            yield from _week(said, today)
        elif said.month is not None or (isinstance(said.day, int) and said.year is None) or said.section in _MONTHLY:
            yield from _month(said, today)
        elif said.year is not None or said.section is not None or (said.ordinal is not None and said.weekdays is None):
            yield from _year(said, today)
        elif said.ordinal is not None:
            yield from _month(said, today)
        elif said.weekdays is not None:
            yield from _weekday(said.weekdays, today)
    except (OverflowError, ValueError):  # before the year 1, after 9999
        return


def _fixed(said: Moment, today: date) -> Days | None:
    """What is so far from now and nothing else: 三天后, 明天, 上世纪."""
    if said.away is not None:
        return _away(said, said.away, today)
    if said.decade is not None or said.century is not None:
        return _long_ago(said, today)
    if isinstance(said.day, Rel):
        day = today + timedelta(days=said.day.n)
        if said.day.n == 0 and not (said.weekdays or said.section):  # 明年今天, 下个月的今天
            counts: tuple[tuple[object, UnitName], ...] = (
                (said.year, "year"),
                (said.month, "month"),
                (said.week, "week"),
            )
            for count, unit in counts:
                day = shifted(day, Fraction(count.n), unit) if isinstance(count, Rel) else day
        return day, day
    return None


WEEKLY = frozenset({"weekend", "workdays", "first_half_week", "second_half_week"})
_MONTHLY = frozenset(almanac.MONTH_SECTIONS) - {"start", "middle", "end"}


def _shifted(found: Days, shift: Shift) -> Days:
    start = found[0] if shift.many < 0 else found[1]
    if shift.unit == "week" and shift.many == 0:
        return almanac.week(start)  # the week of October 6th
    if shift.weekday is not None:
        gap = (shift.weekday - start.weekday()) % 7
        weeks = shift.many + (-1 if shift.many > 0 and gap else 0)
        day = start + timedelta(days=gap + 7 * weeks)
        return day, day + timedelta(days=int(shift.unit == "weekend"))
    day = shifted(start, Fraction(shift.many), shift.unit)
    return day, day


def _away(said: Moment, away: Length, today: date) -> Days:
    """三天后, 两周前: one day so far from today."""
    if abs(away.many) > 20_000:
        raise OverflowError
    day = shifted(today, away.many, away.unit)
    if said.weekdays is not None and away.unit in ("week", "month"):
        day = almanac.week(day)[0] + timedelta(days=said.weekdays[0])
    return day, day


def shifted(day: date, many: Fraction, unit: UnitName) -> date:
    """The day so many units away; half a month is 15 days."""
    whole = int(many)
    match unit:
        case "year" | "quarter":
            return almanac.add_months(day, int(many * (12 if unit == "year" else 3)))
        case "month":
            return almanac.add_months(day, whole) + timedelta(days=int((many - whole) * 30))
        case "week":
            return day + timedelta(days=int(many * 7))
        case "workday":
            return almanac.add_workdays(day, whole)
    return day + timedelta(days=whole)


def _long_ago(said: Moment, today: date) -> Days:
    """上世纪80年代, 18世纪, 90年代."""
    century = said.century
    if isinstance(century, Rel):
        century = today.year // 100 + 1 + century.n
    elif century is None:
        century = today.year // 100 + 1
        if said.decade is not None and said.decade > today.year % 100 + 10:
            century -= 1
    first = (century - 1) * 100 + (said.decade or 0)
    last = first + (9 if said.decade is not None else 99)
    part = 3 if said.decade is not None else 20  # years that are the beginning or the end: 90年代末, 本世纪初
    match said.section:
        case "start":
            last = first + part - 1
        case "middle":
            first, last = first + (last - first) // 2 - part // 2, first + (last - first) // 2 + part // 2
        case "end":
            first = last - part + 1
    return date(max(first, 1), 1, 1), date(last, 12, 31)


def _years(said: Moment, today: date, back: int = 1) -> Iterator[int]:
    if isinstance(said.year, Rel):
        yield today.year + said.year.n
    elif said.year is not None:
        yield said.year
    else:
        yield from range(today.year - back, today.year + YEARS_AHEAD)


def _lunar_years(said: Moment, today: date) -> Iterator[int]:
    """The years for a day at the end of the lunar year: 明年除夕 said in January is counted from the old year."""
    if isinstance(said.year, Rel):
        yield almanac.lunar_year_of(today) + said.year.n
    else:
        yield from _years(said, today)


def _feast(name: str, said: Moment, today: date) -> Iterator[Days]:
    years = _lunar_years(said, today) if almanac.ends_the_year(name) else _years(said, today)
    for year in islice(years, FEASTS_AHEAD):
        found = almanac.feast(name, year)
        if found is not None:
            off = almanac.holiday(name, found) if said.section == "holiday" else (found, found)
            yield (_nth(said, *off) or off) if said.ordinal else off


def _lunar(said: Moment, today: date) -> Iterator[Days]:
    if isinstance(said.month, int):
        for year in _lunar_years(said, today) if said.month > 10 else _years(said, today):
            first = almanac.lunar(year, said.month, said.day if isinstance(said.day, int) else 1, bool(said.leap))
            last = first if said.day is not None else almanac.lunar(year, said.month, -1, bool(said.leap))
            if first and last:
                yield first, last
        return
    year, month = almanac.lunar_month_of(today)
    for n in (said.month.n,) if isinstance(said.month, Rel) else range(-1, MONTHS_AHEAD):
        index = year * 12 + month - 1 + n
        found = almanac.lunar(index // 12, index % 12 + 1, said.day if isinstance(said.day, int) else 1)
        if found:
            yield found, found


def _week(said: Moment, today: date) -> Iterator[Days]:
    offsets = (said.week.n,) if said.week is not None else range(-1, 3)
    for offset in offsets:
        monday, sunday = almanac.week(today, offset)
        if said.weekdays is not None:
            row = _row(said.weekdays)
            for weekday in said.weekdays[:1] if row else said.weekdays:
                day = monday + timedelta(days=weekday)
                yield day, day + timedelta(days=row)
        elif said.ordinal is not None:
            n = said.ordinal.n if said.ordinal.n > 0 else 8 + said.ordinal.n
            day = monday + timedelta(days=n - 1)
            yield day, day + timedelta(days=said.ordinal.many - 1)
        elif said.section == "weekend":
            yield monday + timedelta(days=5), sunday
        elif said.section == "workdays":
            yield monday, monday + timedelta(days=4)
        elif said.section == "first_half_week":
            yield monday, monday + timedelta(days=2)
        elif said.section == "second_half_week":
            yield monday + timedelta(days=3), sunday
        elif said.section in ("start", "week_start"):
            yield monday, monday + timedelta(days=1)
        elif said.section == "end":
            yield monday + timedelta(days=5), sunday
        else:
            yield monday, sunday


def _months(said: Moment, today: date) -> Iterator[tuple[int, int]]:
    """The (year, month) pairs in question."""
    if isinstance(said.month, Rel):
        years = said.year.n if isinstance(said.year, Rel) else 0
        there = almanac.add_months(today.replace(day=1), said.month.n + 12 * years)
        yield there.year, there.month
    elif said.month is not None:
        for year in _years(said, today):
            yield year, said.month
    elif said.year is not None:
        for year in _years(said, today):
            yield from ((year, number) for number in range(1, 13))
    else:
        for n in range(-1, MONTHS_AHEAD):
            there = almanac.add_months(today.replace(day=1), n)
            yield there.year, there.month


def _month(said: Moment, today: date) -> Iterator[Days]:
    for year, month in _months(said, today):
        if not (1 <= month <= 12 and 1 <= year <= 9998):
            continue
        first, last = almanac.month(year, month)
        if isinstance(said.day, int):
            if said.day <= last.day:
                yield first.replace(day=said.day), first.replace(day=said.day)
        elif said.ordinal is not None:
            found = _nth(said, first, last)
            if found:
                yield found
        elif said.section in almanac.MONTH_SECTIONS:
            yield almanac.month_section(said.section, year, month)
        else:
            yield first, last


def _nth(said: Moment, first: date, last: date) -> Days | None:
    """The first Saturday, the last three days, the second week of a stretch of days."""
    if said.ordinal is None:
        return None
    n, many = said.ordinal.n, said.ordinal.many
    match said.ordinal.unit:
        case "weekday" if said.weekdays:
            if n > 0:
                day = first + timedelta(days=(said.weekdays[0] - first.weekday()) % 7 + 7 * (n - 1))
            else:
                day = last - timedelta(days=(last.weekday() - said.weekdays[0]) % 7 + 7 * (-n - 1))
            return (day, day) if first <= day <= last else None
        case "week":
            found = almanac.nth_week(first, last, n)
            if found and said.weekdays:
                day = found[0] + timedelta(days=said.weekdays[0])
                return day, day
            if found and many > 1:
                other = timedelta(weeks=many - 1)
                return (found[0] - other, found[1]) if n < 0 else (found[0], found[1] + other)
            return found
        case "weekend":
            saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * (n - 1))
            if n < 0:
                saturday = last - timedelta(days=(last.weekday() - 5) % 7 + 7 * (-n - 1))
            return (saturday, saturday + timedelta(days=1)) if first <= saturday <= last else None
        case "month":
            return _nth_month(first, last, n, many)
        case "workday":
            day = (
                almanac.add_workdays(first - timedelta(days=1), n)
                if n > 0
                else almanac.add_workdays(last + timedelta(days=1), n)
            )
            return (day, day) if first <= day <= last else None
        case _:
            day = first + timedelta(days=n - 1) if n > 0 else last + timedelta(days=n + 1)
            other = timedelta(days=many - 1)
            return (day - other, day) if n < 0 else (day, day + other)


def _nth_month(first: date, last: date, n: int, many: int) -> Days:
    if n > 0:
        start = almanac.add_months(first, n - 1)
        return start, almanac.add_months(start, many) - timedelta(days=1)
    end = almanac.add_months(last + timedelta(days=1), n + 1)
    return almanac.add_months(end, -many), end - timedelta(days=1)


def _year(said: Moment, today: date) -> Iterator[Days]:
    section = said.section
    if section and section.startswith("quarter "):
        first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        _, offset, *inner = section.split()
        first = almanac.add_months(first, 3 * int(offset))
        yield almanac.year_section(" ".join([f"q{first.month // 3 + 1}", *inner]), first.year)
        return
    if section and section.startswith("half "):
        first = almanac.add_months(date(today.year, 1 + 6 * (today.month > 6), 1), 6 * int(section.split()[1]))
        yield first, almanac.add_months(first, 6) - timedelta(days=1)
        return
    if said.year is None and section is None and said.ordinal is not None:
        yield from _counted(said, today)
        return
    for year in _years(said, today):
        if not 1 <= year <= 9998:
            continue
        first, last = date(year, 1, 1), date(year, 12, 31)
        if section is not None and (section in almanac.YEAR_SECTIONS or section.startswith("q")):
            first, last = almanac.year_section(section, year)
        if said.ordinal is not None:
            found = _nth(said, first, last)
            if found:
                yield found
        else:
            yield first, last


def _counted(said: Moment, today: date) -> Iterator[Days]:
    """第三天, 第二周 with nothing around them: counted from today."""
    if said.ordinal is None:
        return
    n = said.ordinal.n
    match said.ordinal.unit:
        case "day":
            day = today + timedelta(days=n - 1 if n > 0 else 0)
            yield day, day
        case "week":
            found = almanac.nth_week(*almanac.month(today.year, today.month), n)
            if found:
                yield found
        case _:
            for months in range(MONTHS_AHEAD):
                there = almanac.add_months(today.replace(day=1), months)
                found = _nth(said, *almanac.month(there.year, there.month))
                if found:
                    yield found


def _weekday(weekdays: tuple[int, ...], today: date) -> Iterator[Days]:
    """周五, 周五到周日 in one piece, 周二、周四 one after the other."""
    row = _row(weekdays)
    first = weekdays[:1] if row or len(weekdays) == 1 else weekdays
    for n in range(-7, 15):
        day = today + timedelta(days=n)
        if day.weekday() in first:
            yield day, day + timedelta(days=row)


def _row(weekdays: tuple[int, ...]) -> int:
    """How many days after the first the last one is, when they are days in a row; else 0."""
    in_a_row = all((second - first) % 7 == 1 for first, second in pairwise(weekdays))
    return len(weekdays) - 1 if in_a_row else 0


def one_by_one(found: Iterable[Days], weekdays: tuple[int, ...]) -> list[Days]:
    """The single days of a row of weekdays: for an hour that is meant on each of them."""
    singles = ((first + timedelta(days=n)) for first, last in found for n in range((last - first).days + 1))
    return sorted({(day, day) for day in singles if day.weekday() in weekdays})
