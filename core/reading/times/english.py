"""English fragments: the language puts its numbers elsewhere (March 14th, half past seven, the first Saturday of May)."""

from __future__ import annotations

from core.reading.times.cursor import Found, unit_name
from core.reading.times.moments import INNER, Moments
from core.reading.times.values import Clock, Moment, Ordinal, Rel, Shift, Token

MINUTE_WORDS = frozenset({5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55})
BEFORE_YEAR = frozenset({"between", "and", "for", "in", "of", "since", "during", "by", "before", "after", "until", "till", "from", "to", "year", "early", "late"})
BEFORE_HOUR = frozenset({"at", "around", "about", "@", "from", "between", "by", "until", "till"})
BEFORE_DAY = frozenset({"the", "on", "on the"})


class English(Moments):
    """Moments with the English productions tried first."""

    def fragment(self, i: int, said: Moment) -> Found[Moment]:
        if self.at(i).text == "may" and self.verb(i):
            return None
        if self.at(i).text[:1].isascii():
            for production in (self.length_from, self.section_of, self.month_day, self.nth_of, self.half_past, self.face, self.hour, self.year):
                if found := production(i, said):
                    return found
        return super().fragment(i, said)

    def verb(self, i: int) -> bool:
        """Whether this "may" allows something rather than names a month."""
        if self.before(i).text in BEFORE_YEAR or self.before(i).mark("section_of") or self.before(i).mark("ordinal_tail") is not None:
            return False
        before, after = self.before(i), self.after(i + 1)
        return not (len(self.tokens) == 1 or before.text.isdigit() or after.number or after.mark("nth") or after.mark("to") is not None)

    def before(self, i: int) -> Token:
        """The word before this place."""
        return self.at(i - 2) if self.at(i - 1).gap and self.at(i - 1).text == " " else self.at(i - 1)

    def after(self, i: int) -> Token:
        """The word at this place or, if that is a gap, after it."""
        return self.at(self.skip(i, gaps=1))

    def counts(self, i: int) -> bool:
        """Whether what stands at this place makes the number before it count something: 4 people, 2 hours."""
        token = self.after(i)
        return token.glued or token.unit is not None or token.mark("plural") is not None

    # ------------------------------------------------------------ days

    def month_day(self, i: int, said: Moment) -> Found[Moment]:
        """March 14th, 14 March 2026, October 2026, the 20th, on 15."""
        token = self.at(i)
        if token.moment is not None and token.moment.month is not None and token.moment.lunar is None and not token.moment.day:
            day = self.day_number(self.skip(i + 1, "of", gaps=2))
            if day and not (len(self.at(day[1] - 1).text) == 4):
                return self.with_year(token.moment | Moment(day=day[0]), day[1])
            return self.with_year(token.moment, i + 1)
        day = self.day_number(i)
        if day is None:
            return None
        j = self.skip(day[1], "of", gaps=3)
        month = self.at(j).moment
        if month is not None and month.month is not None and not month.day and self.at(j).text.isascii() and said.day is None:
            return self.with_year(month | Moment(day=day[0]), j + 1)
        tail = self.at(day[1] - 1).mark("ordinal_tail") is not None or token.mark("nth") is not None
        if said.day is not None or said.month is not None and said.week is not None or self.counts(day[1]):
            return None
        if tail and (self.before(i).text in BEFORE_DAY or said.dated) and not self.weekday_at(day[1]):
            return Moment(day=day[0]), day[1]
        alone = self.at(day[1]).text in {"", ",", ".", "!"} or self.after(day[1]).text in {"at", "in the morning", "in the afternoon", "in the evening"}
        if self.before(i).text in BEFORE_DAY and alone and self.at(day[1]).mark("to") is None:
            return Moment(day=day[0]), day[1]
        return None

    def weekday_at(self, i: int) -> bool:
        """Whether a weekday or a unit follows: the 3rd Saturday is no 3rd."""
        token = self.after(i)
        return token.unit is not None or (token.moment is not None and token.moment.weekdays is not None and self.at(i).text != ",")

    def with_year(self, said: Moment, i: int) -> tuple[Moment, int]:
        """The year after a month or a day, if there is one."""
        if said.year is not None:
            return said, i
        j = self.skip(i, gaps=2)
        number = self.at(j).number
        if number is not None and len(number.text) == 4 and number.whole is not None and 1900 <= number.whole <= 2100 and not self.counts(j + 1):
            return said | Moment(year=number.whole), j + 1
        return said, i

    def day_number(self, i: int) -> Found[int]:
        """14, 14th, fourteenth; not an hour, not a number of things."""
        token = self.at(i)
        if (nth := token.mark("nth")) is not None and int(nth) > 0:
            return int(nth), i + 1
        if token.number is None or token.number.whole is None or not 1 <= token.number.whole <= 31 or not (token.text.isdigit() or (token.number.value > 1 and self.before(i).moment)):
            return None
        if self.at(i + 1).mark("ordinal_tail") is not None:
            return token.number.whole, i + 2
        after = self.after(i + 1)
        if after.mark("ampm") is not None or after.mark("oclock") is not None or after.unit is not None or after.glued:
            return None
        return token.number.whole, i + 1

    def nth_of(self, i: int, said: Moment) -> Found[Moment]:
        """The first Saturday of May, the last day, the 3rd week, last Monday of March."""
        token = self.at(i)
        if token.moment is not None and token.moment.week == Rel(-1) and token.text.startswith("last") and self.of_month(i + 1):
            if token.moment.weekdays is not None:
                return Moment(ordinal=Ordinal(-1, "weekday"), weekdays=token.moment.weekdays), i + 1
            return Moment(ordinal=Ordinal(-1, "weekend" if token.moment.section else "week")), i + 1
        nth = token.mark("nth")
        n, j = (int(nth), i + 1) if nth else (None, i + 1)
        if n is None and token.number is not None and self.at(i + 1).mark("ordinal_tail") is not None:
            n, j = token.number.whole, i + 2
        if n is None or n > 53:
            return None
        j = self.skip(j, gaps=1)
        many = 1
        if (count := self.at(j).number) is not None and count.whole is not None and count.whole < 53:
            many, j = count.whole, self.skip(j + 1, gaps=1)
        token = self.at(j)
        if token.moment is not None and token.moment.weekdays is not None and token.moment.week is None:
            return Moment(ordinal=Ordinal(n, "weekday"), weekdays=token.moment.weekdays), j + 1
        if token.unit is None or token.unit.name not in ("day", "week", "workday", "weekend", "month", "quarter"):
            return None
        if token.unit.name == "quarter":
            return (Moment(section=f"q{n}"), j + 1) if 1 <= n <= 4 else None
        if many > 1 and not self.of_month(j + 1):
            return None  # the last 3 days: a stretch up to now
        return Moment(ordinal=Ordinal(n, unit_name(token.unit.name), many)), j + 1

    def of_month(self, i: int) -> bool:
        """Whether "of May", "of the month", "in 2026" follows."""
        j = self.skip(i, gaps=1)
        if self.at(j).text not in {"of", "in"} and not self.at(j).text.startswith("of "):
            return False
        token = self.at(self.skip(j, "of", "from", gaps=4))
        moment = token.moment or self.at(j).moment
        return (moment is not None and (moment.month is not None or moment.year is not None)) or (token.number is not None and len(token.text) == 4) or token.mark("rule") is not None

    def section_of(self, i: int, said: Moment) -> Found[Moment]:
        """The end of April, early next month, mid-March, late 2026."""
        where = self.at(i).mark("section_of")
        if where not in INNER:
            return None
        j = self.skip(i + 1, "of", gaps=4)
        token = self.at(j)
        month = token.moment
        if month is not None and month.part is None and month.weekdays is None and (month.month is not None or month.year is not None or month.week is not None):
            whole, j = self.with_year(month, j + 1)
            return whole | Moment(section=where), j
        if found := self.year(j, said, sure=True):
            return found[0] | Moment(section=where), found[1]
        return None

    def year(self, i: int, said: Moment, sure: bool = False) -> Found[Moment]:
        """in 2026, since 2019."""
        number = self.at(i).number
        if number is None or len(number.text) != 4 or number.whole is None or not 1900 <= number.whole <= 2100 or said.year is not None:
            return None
        follows = self.after(i + 1).moment
        month = follows is not None and (follows.month is not None or follows.section is not None)
        named = self.before(i).text in BEFORE_YEAR or sure or said.month is not None or said.section is not None or said.feast is not None or month
        return (Moment(year=number.whole), i + 1) if named and not self.counts(i + 1) else None

    def length_from(self, i: int, said: Moment) -> Found[Moment]:
        """Two weeks from Friday, three days after Easter, a day before Christmas."""
        if said.dated or self.at(i).number is None:
            return None
        found = self.length(i)
        if found is None or found[0].unit not in ("day", "week", "month", "year", "workday") or found[0].many.denominator != 1:
            return None
        j = self.skip(found[1], gaps=1)
        sign = {"from": 1, "after": 1, "before": -1}.get(self.at(j).text, 0)
        day = self.moment(self.skip(j + 1, "of")) if sign else None
        if day is None or day[0].shift is not None or not (day[0].day or day[0].feast or day[0].weekdays):
            return None
        return day[0] | Moment(shift=Shift(sign * int(found[0].many), found[0].unit)), day[1]

    # ------------------------------------------------------------ hours

    def half_past(self, i: int, said: Moment) -> Found[Moment]:
        """half past seven, quarter to eight, ten past 7, 20 minutes to 8 pm."""
        token = self.at(i)
        if token.mark("half") is not None:
            minute, j = 30, i + 1
        elif token.mark("quarter") is not None:
            minute, j = 15, i + 1
        elif token.number is not None and token.number.whole is not None and 1 <= token.number.whole <= 30:
            minute, j = token.number.whole, i + 1
            k = self.skip(j, gaps=1)
            if (unit := self.at(k).unit) and unit.name == "minute":
                j = k + 1
            elif minute not in MINUTE_WORDS or (token.text.isdigit() and minute <= 12 and self.at(self.skip(j, gaps=1)).text == "to"):
                return None  # 5 to 7 is a range, five to seven is not
        else:
            return None
        j = self.skip(j, gaps=1)
        sign = 1 if self.at(j).text in {"past", "after"} else -1 if self.at(j).mark("to_hour") is not None else 0
        k = self.skip(j + 1, gaps=1)
        hour = self.at(k).number
        noon = self.at(k).moment.clock if self.at(k).moment else None  # type: ignore[union-attr]
        if sign and noon is not None and noon.hour in (12, 24) and self.at(k).text.isalpha():
            total = noon.hour * 60 + sign * minute
            return Moment(clock=Clock(total // 60 % 24, total % 60, exact=True)), k + 1
        if not sign or hour is None or hour.whole is None or not 1 <= hour.whole <= 12 or self.counts(k + 1):
            return None
        if sign < 0 and (self.before(i).text in {"from", "between"} or said.weekdays is not None and token.number is not None):
            return None  # from 5 to 6 is a range
        half = self.mark(k + 1, "ampm")
        total = hour.whole * 60 + sign * minute
        if half:
            total = (total - 720 * (hour.whole == 12)) + 720 * (half[0] == "pm")
        return Moment(clock=Clock(total // 60 % 24, total % 60, exact=half is not None)), half[1] if half else k + 1

    def face(self, i: int, said: Moment) -> Found[Moment]:
        """7:30 pm, 8.30pm, 3:20 in the morning, PM 5:00."""
        token = self.at(i)
        if (first := token.mark("ampm")) and said.clock is None:
            j = self.skip(i + 1, gaps=1)
            found = self.clock(j) or ((moment, j + 1) if (moment := self.at(j).moment) and moment.clock else None)
            if found and found[0].clock and found[0].clock.hour <= 12:
                return Moment(clock=self.halved(found[0].clock, first)), found[1]
            part = {"am": "forenoon", "pm": "afternoon"}[first]
            return (Moment(part=part), i + 1) if said.dated and said.part is None else None
        clock = token.moment.clock if token.moment else None
        if clock is None and (both := token.mark("pair")) and token.mark("by") == ".":
            hour, minute = map(int, both.split())
            if hour <= 24 and minute < 60 and len(token.text.split(".")[1]) == 2:
                if self.mark(i + 1, "ampm"):
                    clock = Clock(hour, minute)
                elif said.part is not None or self.before(i).text == "at":
                    return Moment(clock=Clock(hour, minute, hour > 12)), i + 1
        half = self.mark(i + 1, "ampm") if clock else None
        if clock is not None and half and clock.hour <= 12:
            return Moment(clock=self.halved(clock, half[0])), half[1]
        return None

    def halved(self, clock: Clock, half: str) -> Clock:
        return Clock(clock.hour % 12 + 12 * (half == "pm"), clock.minute, exact=True)

    def hour(self, i: int, said: Moment) -> Found[Moment]:
        """at 7, 3 in the morning, ten thirty, 10 tonight, from 9 to 11, Monday 12-4."""
        token = self.at(i)
        n = token.number.whole if token.number else None
        if n is not None and 100 <= n <= 1259 and n % 100 < 60 and (half := self.mark(i + 1, "ampm")):
            return Moment(clock=self.halved(Clock(n // 100, n % 100), half[0])), half[1]  # 340pm
        if n is None or not 0 <= n <= 24 or said.clock is not None or token.mark("measure") is not None or token.text in {"a", "an"}:
            return None
        second = self.at(self.skip(i + 1, gaps=1) if self.at(i + 1).text in {" ", "-"} else i + 1)
        spelt = second.number is not None and second.number.whole is not None and second.number.whole in MINUTE_WORDS and 1 <= n <= 12
        j = self.skip(i + 1, gaps=1)
        if spelt and (not token.text.isdigit() or self.before(i).text in {"at", "around", "about"}) and self.at(j).number is second.number and not self.counts(j + 1):
            minute = second.number.whole if second.number and second.number.whole else 0
            ones = self.after(j + 1).number
            if minute >= 20 and minute % 10 == 0 and ones is not None and ones.value < 10 and not ones.text.isdigit():
                minute, j = minute + int(ones.value), self.skip(j + 1, gaps=1)
            half = self.mark(j + 1, "ampm")
            clock = Clock(n, minute)
            return Moment(clock=self.halved(clock, half[0]) if half else clock), half[1] if half else j + 1
        if self.counts(i + 1) or self.at(i + 1).mark("ordinal_tail") is not None or self.clock(i) is not None:
            return None
        part = self.after(i + 1).moment
        if self.at(i + 1).text == ",":
            part = self.at(self.skip(i + 1, gaps=2)).moment
        whole = part is not None and (part.day is not None or self.at(self.skip(i + 1, gaps=2)).text.split()[0] in {"in", "at"})
        if part is not None and part.part is not None and whole and 1 <= n <= 12 and self.at(j).text[:1].isascii() and self.at(j - 1).gap:
            return Moment(clock=Clock(n)), i + 1
        lasts = self.before(i).text == "from" and self.after(i + 1).mark("lasting") is not None
        if (self.before(i).text in {"at", "around", "about", "@"} or lasts) and 1 <= n <= 24:
            return Moment(clock=Clock(n, exact=n > 12)), i + 1
        if self.before(i).text in BEFORE_HOUR or said.dated:
            return self.hour_of_range(i, n)
        return None

    def hour_of_range(self, i: int, n: int) -> Found[Moment]:
        """The first hour of 9 to 11, when nothing after the second says that they are no hours."""
        j = self.skip(i + 1, gaps=1)
        if self.at(j).mark("to") is None:
            return None
        k = self.skip(j + 1, gaps=1)
        token = self.at(k)
        end = token.number.whole if token.number else token.moment.clock.hour if token.moment and token.moment.clock else None
        bare = token.unit is None and not self.counts(k + 1) and self.at(k + 1).mark("ordinal_tail") is None
        if end is None or end > 24 or not bare or token.mark("pair") is not None or self.after(k + 1).mark("to") is not None:
            return None
        follows = self.after(k + 1)
        if follows.moment is not None and follows.moment.month is not None:
            return None  # 13 to 15 July
        return Moment(clock=Clock(n, exact=n > 12)), i + 1

