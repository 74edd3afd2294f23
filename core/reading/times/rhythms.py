"""Rhythms: 每周二、四, 隔天, 每月第一个周六, every other Friday."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from core.reading.times.cursor import END, Found, unit_name
from core.reading.times.phrase import Every, Phrase
from core.reading.times.ranges import Ranges
from core.reading.times.scan import WEEKDAYS
from core.reading.times.values import Moment, Rel

MOST_NTHS = 5
"""There is no sixth Saturday in a month: a longer row of numbers is something else, and is not walked to its end."""


HALVES = {"hour": Every("minute", 30), "year": Every("month", 6), "month": Every("day", 15), "day": Every("hour", 12)}


class Rhythms(Ranges):
    """The productions for what comes again and again."""

    def rhythm(self, i: int) -> Found[Phrase]:
        token = self.at(i)
        if fair := self._fair_days(i):
            return self._tail(Every("month", monthdays=fair[0]), Moment(), fair[1])
        if by_moon := self._by_moon(i):
            return by_moon
        if token.says("rule", "weekdays") and token.text[-1] == "s" and self.before(i).number is not None:
            return None  # for 2 nights, 2 Fridays ago
        if (said := token.mark("rule")) is not None:
            return self._named(i, *said.split())
        if once := self._once_in(i):
            fallen = self._tail(once[0], Moment(), once[1])
            return fallen if fallen and not fallen[0].at.empty else None
        if (day := token.mark("weekdays")) is not None:
            start, j, every = self._plural_days(i, int(day))
            return self._tail(every, start, self._how_often(j))
        if token.text == "every second" and (nth := self.nth_of(i, Moment())):
            return self._tail(Every("month"), nth[0], self.skip(nth[1], "of") + 1)
        return (
            self._every(self.skip(i + 1, "item", "from", gaps=2), token.mark("every")) if token.says("every") else None
        )

    def _named(self, i: int, name: str, more: str = "") -> Found[Phrase]:
        """A rhythm that is one word: 每周, 工作日, every evening, 双周六."""
        every = _every(name, int(more) if more.isdigit() else 1)
        if every is None:
            return None
        start = Moment(lunar=True) if more == "lunar" else Moment(part=more if more and not more.isdigit() else None)
        token, day = self.at(i), self.at(i + 1).text
        j = i + 1
        if name == "week" and day in WEEKDAYS and token.text[-1] in "周期拜" and not self.counts(j + 1):
            start, j = Moment(weekdays=(WEEKDAYS[day],)), j + 1
        return self._tail(every, start, self._how_often(j))

    def _every(self, j: int, kind: str | None) -> Found[Phrase]:
        """What stands behind 每 and every: 两周, 隔三天, alternate Wednesdays, 半小时, 周三."""
        start, every = Moment(), None
        other = 2 if kind == "other" else 1
        length, unit = self.length(j), self.at(j).unit
        if (day := self.at(j).mark("weekdays")) is not None:
            start, j, every = self._plural_days(j, int(day))
            every = replace(every, many=other)
        elif length and length[0].many == Fraction(1, 2):
            every, j = HALVES.get(length[0].unit), length[1]
        elif length and length[0].many.denominator == 1:
            many = int(length[0].many)
            many += kind != "" and many == 1  # 每隔一天 is every other day; 每隔三天 is said for every third
            every, j = Every(length[0].unit, max(many, 1)), length[1]
        elif unit is not None and (kind == "other" or self.at(j).text.isascii()) and unit.role != "point":
            every, j = Every(unit_name(unit.name), other), j + 1
        else:
            found = self.moment(j)
            return self._every_moment(found, other) if found else None
        return self._tail(every, start, self._how_often(j)) if every else None

    def _once_in(self, i: int) -> Found[Every]:
        """两周一次, 三天一趟, 一周三次."""
        length = self.length(i) if self.at(i).number else None
        if length is None or length[0].many.denominator != 1:
            return None
        if length[0].many > 1 and self.at(self.skip(length[1], gaps=1)).text != "一":
            return None
        j = self._how_often(length[1])
        return (Every(length[0].unit, int(length[0].many)), j) if j > length[1] and length[0].many >= 1 else None

    def _fair_days(self, i: int) -> Found[tuple[int, ...]]:
        """逢五, 每月逢五逢十: the days of the month that end in these digits, as country markets are held."""
        j, days = i + (self.at(i).mark("rule") == "month"), set[int]()
        while self.at(j).text in {"逢", "每逢"}:
            number = self.at(j + 1).number
            n = number.whole if number else None
            if n is None or not 1 <= n <= 10 or self.counts(j + 2):
                break
            days |= {n, n + 10, n + 20}
            j = self.skip(j + 2, "and", gaps=2)
        return (tuple(sorted(days)), j) if days else None

    def _by_moon(self, i: int) -> Found[Phrase]:
        """农历每月十五, and 初一、十五 with nothing around: days of every lunar month."""
        if self.at(i).moment == Moment(lunar=True):
            i = self.skip(i + 1, "of")
            name = self.at(i).mark("rule")
            if every := _every(name, 1) if name in ("month", "year") else None:
                return self._tail(every, Moment(lunar=True), i + 1)
        first = self.at(i).moment
        if first is None or first != Moment(day=first.day, lunar=True) or not isinstance(first.day, int):
            return None
        days, j = self._more_monthdays(first.day, i + 1, lunar=True)
        either = any(self.at(k).text in {"或", "或者"} for k in range(i, j))
        if len(days) < 2 or either or days == tuple(range(days[0], days[0] + len(days))):
            return None  # 初一、初二、初三 are those of one month
        return self._tail(Every("month", monthdays=days), first, j)

    def of_every(self, i: int) -> Found[Phrase]:
        """The first Saturday of each month, the 1st and 15th of every month."""
        several = self._several_nths(self.skip(i, "from", "of"))
        month = self.at(k := self.skip(several[1], "of")) if several else END
        if several and (month.mark("rule") == "month" or (month.unit is not None and month.unit.name == "month")):
            return self._tail(Every("month", nths=several[0][0]), several[0][1], k + 1)
        found = self.moment(self.skip(i, "from", "of"))
        if found is None or not self.at(found[1] - 1).text[:1].isascii():
            return None
        said, j = found
        days: tuple[int, ...] = ()
        if isinstance(said.day, int):
            days, j = self._more_monthdays(said.day, j)
        j = self.skip(j, "of")
        unit = self.at(j).mark("rule") or self._any_month(said, j)
        if unit is None and self.at(j).says("every") and (moment := self.at(self.skip(j + 1)).moment) and moment.month:
            return self._tail(Every("year"), said | moment, self.skip(j + 1) + 1)
        if unit == "month lunar":
            unit, said = "month", replace(said, lunar=True)
        if unit is None or not (said.ordinal or said.day or said.weekdays or said.feast):
            return None
        every = _every(unit, 1)
        if every is None or every.unit not in ("month", "year", "week"):
            return None
        return self._tail(replace(every, monthdays=days if len(days) > 1 else ()), said, j + 1)

    def _any_month(self, said: Moment, i: int) -> str | None:
        """The first Monday of the month is one of every month."""
        unit = self.at(i).unit
        return "month" if said.ordinal and said.weekdays and unit is not None and unit.name == "month" else None

    def of_a_rule(self, i: int, found: tuple[Moment, int]) -> bool:
        return super().of_a_rule(i, found) or self._several_nths(i) is not None

    def _plural_days(self, i: int, day: int) -> tuple[Moment, int, Every]:
        """Mondays and Thursdays."""
        days, j = [day], i + 1
        while (more := self.at(k := self.skip(j, "and", gaps=4)).mark("weekdays")) is not None:
            days.append(int(more))
            j = k + 1
        return Moment(weekdays=tuple(sorted(days))), j, Every("week")

    def _several_nths(self, i: int) -> Found[tuple[tuple[int, ...], Moment]]:
        """第二、第四个周六, the 2nd and 4th Saturday: which ones, and the weekday."""
        nths: list[int] = []
        j = i
        while True:
            k = j + (self.at(j).mark("ordinal") == "")
            number, nth = self.at(k).number, self.at(k).mark("nth")
            n = number.whole if number else int(nth) if nth else None
            if n is None or len(nths) == MOST_NTHS:
                break
            nths.append(n)
            j = k + 1 + (self.at(k + 1).says("ordinal_tail"))
            after = self.skip(j, "and", "of")
            if (
                self.at(after).number is None
                and self.at(after).mark("ordinal") != ""
                and not self.at(after).mark("nth")
            ):
                break
            j = after
        j = self.skip(j, gaps=1)
        j += self.at(j).says("item")
        moment = self.at(j).moment
        if len(nths) < 2 or moment is None or moment.weekdays is None or moment.week is not None or max(nths) > 5:
            return None
        return (tuple(nths), Moment(weekdays=moment.weekdays)), j + 1

    def _how_often(self, i: int) -> int:
        """一次 in 每两周一次."""
        j = self.skip(i, gaps=1)
        if self.at(j).number is not None and (
            self.at(j + 1).says("times") or self.at(j + 1).text in {"次", "回", "趟"}
        ):
            return j + 2
        return i

    def _every_moment(self, found: tuple[Moment, int], many: int) -> Found[Phrase]:
        """每 with a moment: 每周三, 每个工作日, 每5号, every Tuesday."""
        said, j = found
        if said.weekdays is not None and said.week is None and said.ordinal is None:
            more, j = self._more_weekdays(said.weekdays, j)
            return self._tail(Every("week", many), replace(said, weekdays=more), j)
        if said.section == "weekend":
            return self._tail(Every("weekends", many), replace(said, section=None), j)
        if said.ordinal is not None or (said.day is not None and said.month is None and not isinstance(said.day, Rel)):
            return self._tail(Every("month", many), said, j)
        if said.month is not None or said.feast is not None or (said.section and not said.section.startswith("month")):
            return self._tail(Every("year", many), said, j)
        if said.part is not None and not said.dated:
            return self._tail(Every("day", many), said, j)
        return None

    def _more_weekdays(self, days: tuple[int, ...], i: int) -> tuple[tuple[int, ...], int]:
        """every Tuesday and Thursday."""
        j = i
        while True:
            k = self.skip(j, "and", "of", "every", gaps=4)
            moment = self.at(k).moment
            if k == j or moment is None or moment != Moment(weekdays=moment.weekdays) or moment.weekdays is None:
                return tuple(sorted(set(days))), j
            days = (*days, *moment.weekdays)
            j = k + 1

    def _tail(self, every: Every, said: Moment, i: int) -> Found[Phrase]:
        """What a rhythm falls on: weekdays, days of the month, hours."""
        every, said, i, start = self._falls_on(every, said, i)
        said, j = self.moment(start, said) or (said, i)
        if every.unit == "week" and said.weekdays is not None:
            more, j = self._more_weekdays(said.weekdays, j)
            said, j = self.moment(self.skip(j, "of"), replace(said, weekdays=more)) or (replace(said, weekdays=more), j)
        if every.unit == "month" and isinstance(said.day, int) and not said.timed:
            days, j = self._more_monthdays(said.day, j, lunar=bool(said.lunar))
            every = replace(every, monthdays=days if len(days) > 1 else every.monthdays)
            said, j = self.moment(self.skip(j, "of"), said) or (said, j)
        if said.timed and isinstance(said.month, int) and every.unit in ("day", "week") and self.mark(j, "until"):
            last = Moment(year=said.year, month=said.month, day=said.day)  # 每周二7点 12月31日止
            return Phrase(at=replace(said, year=None, month=None, day=None), every=every, until=last), j
        ranged = self.other_side(j, said)
        return self._over(every, said, *ranged) if ranged else (Phrase(at=said, every=every), j)

    def _falls_on(self, every: Every, said: Moment, i: int) -> tuple[Every, Moment, int, int]:
        """The days that stand before any hour, where what was said ends, and where more of it may begin."""
        if every.unit == "month" and (several := self._several_nths(self.skip(i, "of", "from"))):
            (nths, said), i = several
            every = replace(every, nths=nths)
        if every.unit == "month" and said.empty:
            said, i = self.nth(self.skip(i, "of"), Moment(month=Rel(0))) or (said, i)
        start = self.skip(i, "of", "from", "about") if said.empty else i
        if every.unit == "month" and said.day is None and (spoken := self.spoken_day(start)):
            every = replace(every, spoken=not said.lunar)
            return every, replace(said, day=spoken[0], lunar=True), spoken[1], spoken[1]
        if every.unit == "week" and said.empty and (day := self.at(start).mark("weekdays")) is not None:
            said, i, _ = self._plural_days(start, int(day))  # once a fortnight on Sundays
            return every, said, i, i
        return every, said, i, start

    def _over(self, every: Every, said: Moment, ranged: Phrase, j: int) -> Found[Phrase]:
        """A rhythm with the other side of a range: of hours, of days or months of each, or of the rhythm itself."""
        end = ranged.end
        if end is None:
            return replace(ranged, at=said, every=every), j
        last = end | Moment(month=ranged.at.month, day=ranged.at.day)
        if end.timed and said.timed and not said.calendar and isinstance(last.month, int):  # 每晚7点-8点 12月31日止
            hours = Moment(clock=last.clock, part=last.part)
            return Phrase(at=said, every=every, end=hours, until=replace(last, clock=None, part=None)), j
        if every.unit == "year" and (months := _months(said, end)):
            return Phrase(at=said, every=replace(every, months=months)), j
        if every.unit == "month" and (days := _monthdays(said, end)):
            every, said = replace(every, monthdays=days), said | Moment(clock=end.clock, part=end.part)
            again = self.other_side(j, said) if said.timed else None
            return Phrase(at=said, every=every, end=again[0].end if again else None), again[1] if again else j
        if end.dated and not end.timed:
            return Phrase(at=said, every=every, until=end), j
        shared = Moment(part=ranged.at.part) if said.part is None else Moment()  # from 6:30 to 8 in the morning
        return replace(ranged, at=said | shared, every=every), j


def _monthdays(first: Moment, last: Moment) -> tuple[int, ...]:
    """每月5号到10号: the days of the row, hours aside; none when anything but days was said."""
    if first.timed or replace(last, clock=None, part=None) != Moment(day=last.day, lunar=last.lunar):
        return ()
    if not isinstance(first.day, int) or not isinstance(last.day, int):
        return ()
    return tuple(range(first.day, last.day + 1)) if first.month is None else ()


def _months(first: Moment, last: Moment) -> tuple[int, ...]:
    """每年9月到11月: the months of the row; none when anything but months was said."""
    if first != Moment(month=first.month) or last != Moment(month=last.month):
        return ()
    if not isinstance(first.month, int) or not isinstance(last.month, int):
        return ()
    many = (last.month - first.month) % 12
    return tuple(sorted((first.month - 1 + n) % 12 + 1 for n in range(many + 1)))


def _every(name: str, many: int) -> Every | None:
    match name:
        case "odd" | "even":
            return Every("month", monthdays=tuple(range(1 + (name == "even"), 32, 2)))
        case "quarter":
            return Every("month", 3 * many)
        case "half_year":
            return Every("month", 6)
        case "half_month":
            return Every("day", 15)
        case "day" | "week" | "month" | "year" | "hour" | "minute" | "workdays" | "weekends":
            return Every(name, many)
    return None
