"""From tokens to phrases: which words stand together, and what they say together.

Read from the bottom up: `phrase` is the whole, `moment` is a row of fragments that fit each other, a fragment is a word
or a number with its unit. Every method looks at the tokens from a place on and answers with what it found and the place
after it, or None. Nothing here knows what day it is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from core.reading.times.numerals import neighbours
from core.reading.times.phrase import Every, Phrase
from core.reading.times.values import Clock, Length, Moment, Number, Ordinal, Rel, Shift, Token, Unit, UnitName

T = TypeVar("T")
Found = tuple[T, int] | None
END = Token("", 0, 0)
NOW = Moment(away=Length(Fraction(0), "minute"))
FRAGMENTS = 12
"""No moment has more pieces: a guard against endless rows of words."""
WEAK_PARTS = frozenset("早晚夜")
SEASONS = frozenset("春夏秋冬")
INNER = frozenset({"start", "middle", "end"})
"""初, 中, 底: say something only after a month or year."""
LUNAR_DAYS = frozenset({(2, 2), (3, 3), (5, 5), (6, 6), (7, 7), (9, 9), (12, 8), (12, 23), (12, 24), (12, 30)})
"""八月十五 and these, said without 日 or 号, are days of the lunar calendar; so is the 15th of any month."""
LENGTHS: dict[str, tuple[Fraction, UnitName]] = {
    "quarter_hour": (Fraction(15), "minute"),
    "fortnight": (Fraction(2), "week"),
    "decade": (Fraction(10), "year"),
}


class Grammar:
    """One text's tokens, and the productions over them."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    # ------------------------------------------------------------ small helpers

    def skip(self, i: int, *kinds: str, gaps: int = 3) -> int:
        """The place after gaps, and after words that only glue (的, 在, about), named by `kinds`."""
        while gaps and i < len(self.tokens) and (self.at(i).gap or any(self.at(i).mark(kind) is not None for kind in kinds)):
            i += 1
            gaps -= 1
        return i

    def mark(self, i: int, kind: str) -> Found[str]:
        """A mark of this kind here, gaps before it aside."""
        i = self.skip(i, gaps=2)
        said = self.at(i).mark(kind)
        return None if said is None else (said, i + 1)

    # ------------------------------------------------------------ lengths: 两小时, 一个半月, 半年

    def length(self, i: int) -> Found[Length]:
        token = self.at(i)
        if (measure := token.mark("measure")) is not None and token.number:
            return Length(token.number.value, _unit(measure)), i + 1
        if token.mark("half") is not None:
            many, j = Fraction(1, 2), i + 1
        elif token.number is not None and not self._names_year(i):
            many, j = token.number.value, i + 1
        else:
            return None
        vague = False
        j = self.skip(j, gaps=1)
        while self.at(j).mark("about") == "more" or self.at(j).text in {"几", "来"}:
            vague, j = True, j + 1
        if self.at(j).mark("item") is not None:
            j += 1
            if self.at(j).mark("about") == "more":
                vague, j = True, j + 1
        if self.at(j).mark("half") is not None and many.denominator == 1:
            many, j = many + Fraction(1, 2), j + 1
        unit = self.at(j).unit
        if unit is None or unit.role == "point" and not self._months(i, j):
            return None
        factor, name = LENGTHS.get(unit.name, (Fraction(1), _unit(unit.name)))
        many, j = many * factor, j + 1
        if self.at(j).mark("about") == "more":
            vague, j = True, j + 1
        if self.at(j).mark("half") is not None and many.denominator == 1 and name in ("year", "month", "hour", "day", "minute"):
            many, j = many + Fraction(1, 2), j + 1
            j += self.at(j).text == "钟"
        if neighbours(token.text):
            many, vague = Fraction(neighbours(token.text)[0]) * factor, True  # type: ignore[index]
        return Length(many, name, vague), j

    def _months(self, i: int, j: int) -> bool:
        """两月, 半月, 近三月: months counted without 个; 4月 alone is April."""
        before = self.at(i - 1)
        counted = before.mark("back") is not None or before.mark("ahead") is not None
        return self.at(j).text == "月" and (self.at(i).text in {"两", "俩", "仨", "半", "几"} or (counted and before.end == self.at(i).start))

    def _names_year(self, i: int) -> bool:
        """2018年, 07年: a year of the calendar, not so many years."""
        number, unit = self.at(i).number, self.at(self.skip(i + 1, gaps=1)).unit
        if number is None or unit is None or unit.name != "year" or unit.role == "length":
            return False
        return (len(number.text) == 4 and number.whole is not None and number.whole < 3000) or (len(number.text) == 2 and number.text[0] in "0零〇")

    # ------------------------------------------------------------ numbers that name a place: 3月, 15号, 8点半

    def numbered(self, i: int, said: Moment) -> Found[Moment]:
        token = self.at(i)
        if token.number is None:
            return None
        clock = self.clock(i)
        if clock:
            return clock
        if token.text == "十一" and len(self.tokens) == 1:
            return Moment(feast="国庆节"), i + 1
        n = token.number.whole
        j = self.skip(i + 1, gaps=1)
        unit = self.at(j).unit
        if n is None or unit is None or unit.role == "length":
            return self._bare_day(i, said)
        text = token.number.text
        match unit.name:
            case "year" if (100 <= n <= 2999 and len(text) in (3, 4)) or (n >= 1900 and "千" in text):
                return Moment(year=n), j + 1
            case "year" if len(text) == 2 and (text.isascii() or numeral_by_place(text)):
                return Moment(year=(2000 if n <= 49 else 1900) + n), j + 1
            case "decade" if n % 10 == 0 and 0 <= n <= 90:
                return Moment(decade=n), j + 1
            case "century" if 1 <= n <= 21:
                return Moment(century=n), j + 1
            case "month" if 1 <= n <= 12 or self._day_follows(j + 1):
                return Moment(month=n), j + 1
            case "day" if 1 <= n <= 31 and not self._counted_days(j) and not self._address(i, j):
                return Moment(day=n), j + 1
            case "quarter" if 1 <= n <= 4:
                return Moment(section=f"q{n}"), j + 1
        return None

    def _counted_days(self, j: int) -> bool:
        """3日游, 7日内: a number of days rather than the 3rd."""
        return self.at(j).text == "日" and self.at(j + 1).mark("within") is not None

    def _address(self, i: int, j: int) -> bool:
        """东风路12号, 86弄3号: a house, not a day."""
        before = self.at(i - 1)
        return self.at(j).text == "号" and before.end == self.at(i).start and before.text[-1:] in set("路弄街巷")

    def _day_follows(self, i: int) -> bool:
        return self.at(i).number is not None and (unit := self.at(i + 1).unit) is not None and unit.name == "day"

    def _bare_day(self, i: int, said: Moment) -> Found[Moment]:
        """1月3, 三月初三: a number right after a month, with nothing after it that it could count."""
        token = self.at(i)
        n = token.number.whole if token.number else None
        if n is None or said.day is not None or not 1 <= n <= 31 or self.at(i + 1).glued or self.at(i + 1).unit is not None:
            return None
        if token.text[0] in "廿卅":
            return Moment(day=n, lunar=True), i + 1
        if said.month is None or self.at(i - 1).gap:
            return None
        if token.text.isascii() or said.lunar is not None or not isinstance(said.month, int):
            return Moment(day=n), i + 1
        return Moment(day=n, lunar=True if n == 15 or (said.month, n) in LUNAR_DAYS else None), i + 1

    def clock(self, i: int) -> Found[Moment]:
        """8点, 8点半, 八点一刻, 8点20, 19时30分, 7pm, 8 o'clock."""
        token = self.at(i)
        n = token.number.whole if token.number else None
        if n is None or not 0 <= n <= 24:
            return None
        j = self.skip(i + 1, gaps=1)
        if (half := self.at(j).mark("ampm")) is not None and 1 <= n <= 12:
            return Moment(clock=Clock(n % 12 + 12 * (half == "pm"), 0, exact=True)), j + 1
        if self.at(j).mark("oclock") is not None:
            return Moment(clock=Clock(n)), j + 1
        unit = self.at(j).unit
        if unit is None or not unit.name.startswith("hour") or unit.role == "length":
            return None
        exact = n > 12 or n == 0 or (self.at(i).text.startswith("0") and len(self.at(i).text) == 2)
        j += 1
        if unit.name == "hour_half":
            return Moment(clock=Clock(n, 30, exact)), j
        if unit.name == "hour_sharp":
            return Moment(clock=Clock(n, 0, exact)), j
        minute, j = self._minutes(j)
        return Moment(clock=Clock(n, minute, exact)), j

    def _minutes(self, i: int) -> tuple[int, int]:
        """What follows an hour: 半, 一刻, 20, 二十分, 过五分. Nothing: 0."""
        if self.at(i).mark("half") is not None:
            return 30, i + 1
        j = i + 1 if self.at(i).mark("past_hour") is not None else i
        number = self.at(j).number
        if number is None or number.whole is None or not 0 <= number.whole <= 59:
            return 0, i
        unit = self.at(j + 1).unit
        if unit is not None and unit.name == "quarter_hour" and 1 <= number.whole <= 3:
            return 15 * number.whole, j + 2
        if unit is not None and unit.name == "minute":
            k = j + 2
            if self.at(k).number and (second := self.at(k + 1).unit) and second.name == "second":
                k += 2
            return number.whole, k
        if unit is None and not self.at(j + 1).glued and len(number.text) == 2 and self.at(j + 1).mark("times") is None:
            return number.whole, j + 1
        return 0, i

    # ------------------------------------------------------------ moments: fragments that fit each other

    def moment(self, i: int, said: Moment = Moment()) -> Found[Moment]:
        """As many fragments as fit together, with only gaps and gluing words between them."""
        end = i
        for _ in range(FRAGMENTS):
            j = end if said.empty else self.skip(end, "of", "about", "from")
            found = self.fragment(j, said)
            if found is None:
                break
            if isinstance(said.day, Rel) and isinstance(found[0].day, int) and found[0].month is not None:
                said = replace(said, day=None)  # 明天（10月9日）: the figures are surer
            if said.section and said.section[0] == "q" and found[0].section in INNER:
                said, found = replace(said, section=None), (Moment(section=f"{said.section} {found[0].section}"), found[1])
            if not said.fits(found[0]):
                break
            said, end = said | found[0], found[1]
        if self.at(end).mark("about") is not None and not said.empty:
            said, end = replace(said, about=True), end + 1
        return (said, end) if said.dated or said.timed else None

    def fragment(self, i: int, said: Moment) -> Found[Moment]:
        token = self.at(i)
        for production in (self.shift, self.away, self.nth, self.english, self.pair, self.word):
            if found := production(i, said):
                return found
        return self.numbered(i, said) if token.number else None

    def word(self, i: int, said: Moment) -> Found[Moment]:
        """A word that says something of a moment by itself."""
        token = self.at(i)
        if token.moment is None:
            return None
        if token.moment.section in INNER and said.month is None and said.year is None and not (said.section or "").startswith("q"):
            return None
        if token.text in SEASONS and said.year is None:
            return None
        if token.text in WEAK_PARTS and not said.dated and self.clock(self.skip(i + 1, gaps=1)) is None and self._face(i + 1) is None:
            return None
        if token.moment == Moment(lunar=token.moment.lunar, leap=token.moment.leap) and self.numbered(i + 1, said) is None:
            follower = self.at(i + 1).moment
            if follower is None or not follower.dated:
                return None
        return token.moment, i + 1

    def _face(self, i: int) -> Clock | None:
        moment = self.at(self.skip(i, gaps=1)).moment
        return moment.clock if moment else None

    def pair(self, i: int, said: Moment) -> Found[Moment]:
        """5/1, 3.20, 09-01: month and day in figures, where they can be nothing else."""
        token = self.at(i)
        both = token.mark("pair")
        if both is None:
            return None
        first, second = map(int, both.split())
        by = token.mark("by")
        after = self.at(i + 1)
        if after.glued or (after.unit is not None and after.unit.name != "day") or said.month is not None or said.day is not None:
            return None
        if by != "/" and by != "-" and not (len(token.text.split(by or ".")[1]) == 2 or after.unit or self._time_beside(i)):
            return None
        if not 1 <= first <= 12 and 1 <= second <= 12:
            first, second = second, first
        if not (1 <= first <= 12 and 1 <= second <= 31):
            return None
        return Moment(month=first, day=second), i + 1 + (after.unit is not None)

    def _time_beside(self, i: int) -> bool:
        for j in (self.skip(i + 1, "of", gaps=2), self.skip(i + 1, "to", gaps=2)):
            token = self.at(j)
            if token.moment or token.mark("pair") or (token.number and self.clock(j)):
                return True
        before = self.at(i - 1) if not self.at(i - 1).gap else self.at(i - 2)
        return before.moment is not None or before.mark("to") is not None

    def shift(self, i: int, said: Moment) -> Found[Moment]:
        """清明节前一天, 周五后两天: so long before or after the day just said."""
        if said.timed or said.shift is not None or not (said.day or said.weekdays or said.feast):
            return None
        token = self.at(i)
        sign = -1 if token.mark("before") is not None else 1 if token.mark("after") is not None else 0
        found = self.length(i + 1) if sign else None
        if found is None or found[0].unit not in ("day", "week", "month", "workday", "year") or found[0].many.denominator != 1:
            return None
        if self.at(found[1]).mark("within") is not None:
            return None
        return Moment(shift=Shift(sign * int(found[0].many), found[0].unit)), found[1]

    def away(self, i: int, said: Moment) -> Found[Moment]:
        """三天后, 半小时前, 再过两周, in 2 hours, 3 days ago: counted from now."""
        if said.dated:
            return None
        token = self.at(i)
        if token.mark("ahead") == "point":
            found = self.length(self.skip(i + 1))
            if found is None:
                return None
            j = self.skip(found[1], gaps=1)
            return Moment(away=found[0]), j + 1 if self.at(j).mark("after") is not None else found[1]
        found = self.length(i)
        if found is None:
            return None
        length, j = found
        j = self.skip(j, gaps=1)
        token = self.at(j)
        if token.mark("later") is not None or (token.mark("after") is not None and not token.text.isascii()):
            return Moment(away=length), j + 1
        if token.mark("ago") is not None or (token.mark("before") is not None and not token.text.isascii()):
            return Moment(away=replace(length, many=-length.many)), j + 1
        return None

    def nth(self, i: int, said: Moment) -> Found[Moment]:
        """第一个周六, 最后一天, 第3周, 前五天, the first Saturday."""
        token = self.at(i)
        kind = token.mark("ordinal")
        if kind is None or (kind in ("first", "last") and token.text in "前后" and not (said.month or said.year or said.section)):
            return None
        j = self.skip(i + 1, gaps=1)
        if kind == "last_one":
            n, many = -1, 1
        elif (number := self.at(j).number) is not None and number.whole and number.whole <= 400:
            many = 1
            n = number.whole
            j += 1
            if kind == "first":
                n, many = 1, n
            elif kind == "last":
                n, many = -1, n
            elif kind == "from_end":
                n = -n
        elif kind in ("first", "last"):
            n, many = (1 if kind == "first" else -1), 1
        else:
            return None
        return self._of_what(j, n, many, said)

    def _of_what(self, j: int, n: int, many: int, said: Moment) -> Found[Moment]:
        """What an ordinal counts: 个周六, 天, 周, 个工作日, 季度, 个月."""
        j = self.skip(j, gaps=1)
        if self.at(j).mark("item") is not None:
            j += 1
        token = self.at(j)
        if token.moment is not None and token.moment.weekdays is not None and token.moment.week is None:
            return Moment(ordinal=Ordinal(n, "weekday", many), weekdays=token.moment.weekdays), j + 1
        if token.moment is not None and token.moment.section == "weekend":
            return Moment(ordinal=Ordinal(n, "weekend", many)), j + 1
        unit = token.unit
        if unit is None:
            return None
        if unit.name == "quarter":
            if many > 1 and 1 <= n + many - 1 <= 4:
                return Moment(ordinal=Ordinal(1, "month", 3 * many)), j + 1
            return Moment(section=f"q{n}" if 1 <= n <= 4 else "q4"), j + 1
        if unit.name in ("day", "week", "workday", "month", "weekend") and (
            said.month is not None or said.year is not None or said.section is not None or (n == 1 and many > 1) is False
        ):
            return Moment(ordinal=Ordinal(n, _unit(unit.name), many)), j + 1
        return None

    # ------------------------------------------------------------ English puts its numbers elsewhere

    def english(self, i: int, said: Moment) -> Found[Moment]:
        """14 March, March 14th, the 20th, first Saturday of, half past seven, quarter to eight, 7:30 pm, at 7."""
        token = self.at(i)
        for production in (self._month_day, self._nth_weekday, self._half_past, self._at_hour):
            if found := production(i, said):
                return found
        moment = token.moment
        if moment is not None and moment.clock is not None:
            half = self.mark(i + 1, "ampm")
            if half and moment.clock.hour <= 12:
                hour = moment.clock.hour % 12 + 12 * (half[0] == "pm")
                return Moment(clock=Clock(hour, moment.clock.minute, exact=True)), half[1]
        half_first = token.mark("ampm")
        if half_first and said.clock is None:
            found = self.numbered(self.skip(i + 1, gaps=1), said) or self.word(self.skip(i + 1, gaps=1), said)
            if found and found[0].clock and found[0].clock.hour <= 12:
                clock = found[0].clock
                return Moment(clock=Clock(clock.hour % 12 + 12 * (half_first == "pm"), clock.minute, exact=True)), found[1]
        return None

    def _month_day(self, i: int, said: Moment) -> Found[Moment]:
        token = self.at(i)
        if token.moment is not None and token.moment.month is not None and token.text[0].isascii() and token.moment.year is None:
            j = self.skip(i + 1, "of", gaps=2)
            day = self._day_number(j)
            if day:
                return token.moment | Moment(day=day[0]), self._year_after(day[1], token.moment)[1]
            return None
        day = self._day_number(i)
        if day is None:
            return None
        j = self.skip(day[1], "of", gaps=3)
        month = self.at(j).moment
        if month is not None and month.month is not None and self.at(j).text[0].isascii():
            return month | Moment(day=day[0]), j + 1
        tail = self.at(i + 1).mark("ordinal_tail") is not None or self.at(i).mark("nth") is not None
        before = self.at(i - 2).text if self.at(i - 1).gap else self.at(i - 1).text
        if tail and (before in {"the", "on", "on the"} or said.month is not None) and not self.at(self.skip(day[1], gaps=1)).glued:
            return Moment(day=day[0]), day[1]
        return None

    def _year_after(self, i: int, said: Moment) -> tuple[Moment, int]:
        return said, i

    def _day_number(self, i: int) -> Found[int]:
        token = self.at(i)
        if (nth := token.mark("nth")) is not None and int(nth) > 0:
            return int(nth), i + 1
        if token.number is None or token.number.whole is None or not 1 <= token.number.whole <= 31 or not token.text.isdigit():
            return None
        j = i + 1
        if self.at(j).mark("ordinal_tail") is not None:
            return token.number.whole, j + 1
        after = self.skip(j, gaps=1)
        if self.at(after).mark("ampm") is not None or self.at(after).unit is not None or self.at(after).mark("oclock") is not None:
            return None
        return token.number.whole, j

    def _nth_weekday(self, i: int, said: Moment) -> Found[Moment]:
        nth = self.at(i).mark("nth")
        n = int(nth) if nth else None
        j = i + 1
        if n is None and self.at(i).number is not None and self.at(i + 1).mark("ordinal_tail") is not None:
            n, j = self.at(i).number.whole, i + 2  # type: ignore[union-attr]
        if n is None:
            return None
        j = self.skip(j, gaps=1)
        token = self.at(j)
        if token.moment is not None and token.moment.weekdays is not None and token.moment.week is None:
            return Moment(ordinal=Ordinal(n, "weekday"), weekdays=token.moment.weekdays), j + 1
        if token.unit is not None and token.unit.name in ("day", "week", "workday"):
            return Moment(ordinal=Ordinal(n, _unit(token.unit.name))), j + 1
        return None

    def _half_past(self, i: int, said: Moment) -> Found[Moment]:
        """half past seven, quarter to eight, ten past 7, 20 to 8."""
        token = self.at(i)
        if token.mark("half") is not None:
            minute, j = 30, i + 1
        elif token.mark("quarter") is not None:
            minute, j = 15, i + 1
        elif token.number is not None and token.number.whole in (5, 10, 20, 25):
            minute, j = token.number.whole, i + 1
            k = self.skip(j, gaps=1)
            if (unit := self.at(k).unit) and unit.name == "minute":
                j = k + 1
        else:
            return None
        j = self.skip(j, gaps=1)
        sign = 1 if self.at(j).text == "past" else -1 if self.at(j).mark("to_hour") is not None else 0
        k = self.skip(j + 1, gaps=1)
        hour = self.at(k).number
        if not sign or hour is None or hour.whole is None or not 1 <= hour.whole <= 12 or not self.at(j).text.isascii():
            return None
        half = self.mark(k + 1, "ampm")
        total = hour.whole * 60 + sign * minute
        if half:
            total = (total - 720 * (hour.whole == 12)) + 720 * (half[0] == "pm")
        return Moment(clock=Clock(total // 60, total % 60, exact=half is not None)), half[1] if half else k + 1

    def _at_hour(self, i: int, said: Moment) -> Found[Moment]:
        """at 7: an hour with nothing but "at" before it."""
        token = self.at(i)
        before = self.at(i - 2).text if self.at(i - 1).gap else self.at(i - 1).text
        if before not in {"at", "around", "about", "@"} or token.number is None or token.number.whole is None:
            return None
        if not 1 <= token.number.whole <= 12 or said.clock is not None:
            return None
        after = self.at(self.skip(i + 1, gaps=1))
        if after.unit or after.glued or after.mark("ampm") is not None or after.mark("oclock") is not None or self.at(i + 1).mark("ordinal_tail") is not None:
            return None
        return Moment(clock=Clock(token.number.whole)), i + 1

    # ------------------------------------------------------------ phrases

    def phrase(self, i: int) -> Found[Phrase]:
        """The longest phrase that begins exactly here."""
        for production in (self.rhythm, self.stretch, self.lasting, self.except_, self.bounded):
            if found := production(i):
                phrase, end = found
                first, last = self.at(i), self.at(end - 1)
                return replace(phrase, words=((first.start, last.end),)), end
        return None

    def lasting(self, i: int) -> Found[Phrase]:
        """为期2小时, 共3天, for 2 hours, (约2小时)."""
        if self.at(i).mark("lasting") is None:
            return None
        j = self.skip(i + 1, "about", "lasting")
        found = self.length(j)
        if found is None or self.at(self.skip(found[1])).mark("after") is not None:
            return None
        return Phrase(lasting=found[0], role="lasting"), found[1]

    def stretch(self, i: int) -> Found[Phrase]:
        """未来7天, 过去两周, 最近三个月, 三天内, 两小时之内, the next 3 days."""
        token = self.at(i)
        if (said := token.mark("stretch")) is not None:
            unit, first, last = said.split()
            if unit == "year":
                return Phrase(at=Moment(year=Rel(int(first))), end=Moment(year=Rel(int(last)))), i + 1
            return Phrase(at=Moment(day=Rel(int(first))), end=Moment(day=Rel(int(last)))), i + 1
        j = self.skip(i + 1, "of", gaps=2)
        if token.mark("ahead") not in (None, "point"):
            found = self.length(j)
            if found:
                after = self.mark(found[1], "within")
                return Phrase(span=found[0], bound="ahead"), after[1] if after else found[1]
        if token.mark("back") is not None:
            found = self.length(j)
            if found and (token.mark("before") is None or self.at(found[1]).mark("after") is None):
                after = self.mark(found[1], "within") or self.mark(found[1], "since")
                return Phrase(span=found[0], bound="back"), after[1] if after else found[1]
        found = self.length(i)
        if found:
            inside = self.mark(found[1], "within")
            if inside:
                return Phrase(span=found[0], bound="within"), inside[1]
            since = self.mark(found[1], "since")
            if since and since[0] == "past":
                return Phrase(span=found[0], bound="back"), since[1]
        return None

    def except_(self, i: int) -> Found[Phrase]:
        """除了周三, 国庆节除外, except Fridays."""
        if self.at(i).mark("except") is not None:
            found = self.moment(self.skip(i + 1, "from", "of")) or self._rule_as_moment(self.skip(i + 1, "from", "of"))
            if found:
                unless = [found[0]]
                j = found[1]
                while more := self._next_in_list(j):
                    unless.append(more[0])
                    j = more[1]
                after = self.mark(j, "except_after")
                return Phrase(unless=tuple(unless), role="unless"), after[1] if after else j
            return None
        found = self.moment(i) or self._rule_as_moment(i)
        if found is None:
            return None
        unless, j = [found[0]], found[1]
        while more := self._next_in_list(j):
            unless.append(more[0])
            j = more[1]
        after = self.mark(j, "except_after")
        return (Phrase(unless=tuple(unless), role="unless"), after[1]) if after else None

    def _rule_as_moment(self, i: int) -> Found[Moment]:
        match self.at(i).mark("rule"):
            case "workdays":
                return Moment(section="workdays"), i + 1
            case "weekends":
                return Moment(section="weekend"), i + 1
        if (day := self.at(i).mark("weekdays")) is not None:
            return Moment(weekdays=(int(day),)), i + 1
        return None

    def _next_in_list(self, i: int) -> Found[Moment]:
        j = self.skip(i, "and")
        return self.moment(j) if j > i else None

    def bounded(self, i: int) -> Found[Phrase]:
        """A moment or a range, with what bounds it: 从..起, 周五前, 3月1日到5日, 7点半以后, until Friday."""
        until = self.at(i).mark("until") is not None
        before = self.at(i).mark("before") is not None and self.at(i).text.isascii()
        after = self.at(i).mark("after") is not None and self.at(i).text.isascii()
        prefixed = until or before or after
        starts = self.at(i).mark("from") is not None or self.at(i).mark("since") is not None and self.at(i).text.isascii()
        since = starts and self.at(i).mark("from") in ("since", "between")
        start = self.skip(i + 1, "of", "from", "about") if prefixed or starts else i
        found = self.moment(start) or self._years(start) or self._now(start)
        if found is None:
            return None
        said, j = found
        ranged = None if prefixed else self.day_list(j, said) or self.other_side(j, said, open_end=since)
        if ranged:
            return replace(ranged[0], at=said), ranged[1]
        if until or before:
            return Phrase(at=said, bound="before", role="until" if until else None), j
        if after:
            return Phrase(at=said, bound="after"), j
        if starts and (self.at(i).mark("since") is not None or self.at(i).text in {"自从", "自打"}):
            return Phrase(at=said, bound="after", role="since"), self._suffix(said, j)[1]
        return self._suffix(said, j)

    def _years(self, i: int) -> Found[Moment]:
        """2016到2018: two bare years, or a text that is nothing but one."""
        number = self.at(i).number
        if number is None or number.whole is None or len(number.text) != 4 or not 1900 <= number.whole <= 2100:
            return None
        alone = all(token.gap or token.mark("to") is not None or token.number is not None for token in self.tokens)
        there = self.at(i + 2).number
        both = self.at(i + 1).mark("to") is not None and there is not None and there.whole is not None and 1900 <= there.whole <= 2100
        return (Moment(year=number.whole), i + 1) if alone or both else None

    def _now(self, i: int) -> Found[Moment]:
        """现在, in a range or when nothing else is said."""
        if self.at(i).mark("now") is None:
            return None
        alone = len(self.tokens) == 1
        ranged = self.at(i + 1).mark("to") is not None or self.at(i + 1).mark("since") is not None
        return (NOW, i + 1) if alone or (ranged and self.at(i).text != "今") else None

    def day_list(self, i: int, said: Moment) -> Found[Phrase]:
        """9月10号，11号，12号: days in a row are a range."""
        if not isinstance(said.day, int) or said.timed:
            return None
        days, j = self._more_monthdays(said.day, i)
        if len(days) < 2 or days != tuple(range(said.day, said.day + len(days))):
            return None
        end = replace(said, day=days[-1], weekdays=None)
        return Phrase(end=end), j

    def _suffix(self, said: Moment, j: int) -> tuple[Phrase, int]:
        """前, 后, 起, 止, 内 after a moment."""
        k = self.skip(j, "of", gaps=1)
        token = self.at(k)
        if not token.text.isascii():
            if token.mark("before") is not None:
                return Phrase(at=said, bound="before"), k + 1
            if token.mark("until") is not None:
                return Phrase(at=said, bound="before", role="until"), k + 1
            if token.mark("since") is not None:
                return Phrase(at=said, bound="after", role="since"), k + 1
            if token.mark("after") is not None:
                return Phrase(at=said, bound="after"), k + 1
            if token.mark("within") is not None:
                return Phrase(at=said), k + 1
        return Phrase(at=said), j

    def other_side(self, i: int, said: Moment, open_end: bool = False) -> Found[Phrase]:
        """到9点, -11:30, 至次日凌晨2点, 和...之间: the end of a range that began with `said`."""
        j = self.skip(i, "since", gaps=2)
        if (now := self._until_now(j)) is not None:
            return Phrase(end=NOW), now
        between = False
        if self.at(j).mark("to") is None:
            if self.at(j).mark("and") is None:
                return None
            between = True
        elif self.at(j).mark("to") == "between" and not open_end:
            return None
        if between and self.at(j).text in {"或", "或者", "or"}:
            return None
        j = self.skip(j + 1, "of", "until", "from")
        next_day, part = 0, None
        if (said_next := self.at(j).mark("next_day")) is not None:
            days, *parts = said_next.split()
            next_day, part = int(days), (parts[0] if parts else None)
            j = self.skip(j + 1, "of")
        if self.at(j).mark("now") is not None:
            return Phrase(end=NOW), j + 1
        start = Moment(part=part) if part else Moment()
        found = self.moment(j, start) or self._bare_end(j, said)
        if found is None:
            return None
        end, j = found
        after = self.mark(j, "until") or self.mark(j, "within")
        if between and not open_end and not (after and self.at(after[1] - 1).text == "之间"):
            return None
        return Phrase(end=end, next_day=next_day), after[1] if after else j

    def _until_now(self, i: int) -> int | None:
        """至今."""
        return i + 2 if self.at(i).text == "至" and self.at(i + 1).text == "今" else None

    def _bare_end(self, i: int, said: Moment) -> Found[Moment]:
        """from 9 to 11: the end may be a bare hour when the start is a time."""
        token = self.at(i)
        if token.number is None or token.number.whole is None or token.glued or self.at(self.skip(i + 1, gaps=1)).glued:
            return None
        if said.year is not None and said.day is None and len(token.number.text) == 4 and 1900 <= token.number.whole <= 2100:
            return Moment(year=token.number.whole), i + 1
        if said.clock is not None and 0 <= token.number.whole <= 24 and self.at(i + 1).unit is None and not said.clock.exact:
            return Moment(clock=Clock(token.number.whole)), i + 1
        return None

    # ------------------------------------------------------------ rhythms: 每周二、四, 隔天, 每月第一个周六

    def rhythm(self, i: int) -> Found[Phrase]:
        token = self.at(i)
        said = token.mark("rule")
        every: Every | None = None
        start = Moment()
        if said is not None:
            name, *more = said.split()
            many = int(more[0]) if more and more[0].isdigit() else 1
            start = Moment(part=more[0]) if more and not more[0].isdigit() else start
            every = _every(name, many)
            j = i + 1
            if every is None:
                return None
        elif (day := token.mark("weekdays")) is not None:
            start, j, every = self._plural_days(i, int(day))
        elif (kind := token.mark("every")) is not None:
            j = self.skip(i + 1, "item", "from", gaps=2)
            length = self.length(j)
            if length and length[0].many == Fraction(1, 2):
                half = {"hour": Every("minute", 30), "year": Every("month", 6), "month": Every("day", 15), "day": Every("hour", 12)}
                every, j = half.get(length[0].unit), length[1]
            elif length and length[0].many.denominator == 1:
                many = int(length[0].many)
                many += kind == "gap" and many == 1  # 每隔一天 is every other day; 每隔三天 is said for every third
                every, j = Every(length[0].unit, max(many, 1)), length[1]
            elif (unit := self.at(j).unit) is not None and kind == "other" and unit.role != "point":
                every, j = Every(_unit(unit.name), 2), j + 1
            else:
                found = self.moment(j)
                return self._every_moment(found, 2 if kind == "other" else 1) if found else None
        if every is None:
            return None
        j = self._how_often(j)
        return self._tail(every, start, j)

    def _plural_days(self, i: int, day: int) -> tuple[Moment, int, Every]:
        """Mondays and Thursdays."""
        days, j = [day], i + 1
        while (more := self.at(k := self.skip(j, "and", gaps=4)).mark("weekdays")) is not None:
            days.append(int(more))
            j = k + 1
        return Moment(weekdays=tuple(sorted(days))), j, Every("week")

    def _how_often(self, i: int) -> int:
        """一次 in 每两周一次."""
        j = self.skip(i, gaps=1)
        if self.at(j).number is not None and (self.at(j + 1).mark("times") is not None or self.at(j + 1).text in {"次", "回", "趟"}):
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
        found = self.moment(self.skip(i, "of", "from", "about"), said)
        said, j = found if found else (said, i)
        if every.unit == "week" and said.weekdays is not None:
            more, j = self._more_weekdays(said.weekdays, j)
            said = replace(said, weekdays=more)
            if again := self.moment(self.skip(j, "of", "from"), said):
                said, j = again
            if (to := self.other_side(j, said)) and to[0].end and to[0].end.weekdays and not to[0].end.timed and not said.timed:
                first, last = said.weekdays[0], to[0].end.weekdays[-1]
                row = tuple(n % 7 for n in range(first, last + 1 if last >= first else last + 8))
                said, j = replace(said, weekdays=tuple(sorted(row))), to[1]
                if again := self.moment(self.skip(j, "of", "from"), said):
                    said, j = again
        if every.unit == "month" and isinstance(said.day, int) and not said.timed:
            days, j = self._more_monthdays(said.day, j)
            every = replace(every, monthdays=days if len(days) > 1 else ())
            if again := self.moment(self.skip(j, "of", "from"), said):
                said, j = again
        ranged = self.other_side(j, said)
        if ranged:
            return replace(ranged[0], at=said, every=every), ranged[1]
        return Phrase(at=said, every=every), j

    def _more_monthdays(self, day: int, i: int) -> tuple[tuple[int, ...], int]:
        """1号和15号."""
        days, j = [day], i
        while (k := self.skip(j, "and", gaps=2)) > j:
            found = self.numbered(k, Moment())
            if found is None or not isinstance(found[0].day, int) or found[0].month is not None:
                break
            days.append(found[0].day)
            j = found[1]
        return tuple(sorted(set(days))), j


def _every(name: str, many: int) -> Every | None:
    match name:
        case "quarter":
            return Every("month", 3 * many)
        case "half_year":
            return Every("month", 6)
        case "half_month":
            return Every("day", 15)
        case "day" | "week" | "month" | "year" | "hour" | "minute" | "workdays" | "weekends":
            return Every(name, many)
    return None


def _unit(name: str) -> UnitName:
    match name:
        case "year" | "quarter" | "month" | "week" | "weekend" | "day" | "workday" | "hour" | "minute" | "second":
            return name
    return "day"


def numeral_by_place(text: str) -> bool:
    """零七, 九八: digits in a row, as years are said; not 十五."""
    return not any(char in "十百千廿卅" for char in text)


def lend_units(tokens: list[Token]) -> list[Token]:
    """9~11点, 5月1-3日, 五到六点, 7-9pm, 七八点: the first number takes the unit that is said once, after the second.

    七八点 becomes 七点 到 八点.
    """
    lent: list[Token] = []
    for i, token in enumerate(tokens):
        lent.append(token)
        if token.number is None:
            continue
        j = i + 1
        while j < len(tokens) and tokens[j].gap and tokens[j].text == " ":
            j += 1
        joins = j < len(tokens) and (tokens[j].mark("to") is not None or (tokens[j].mark("and") is not None) or tokens[j].text == "、")
        k = j + 1
        while joins and k < len(tokens) and tokens[k].gap and tokens[k].text == " ":
            k += 1
        unit = tokens[k + 1] if joins and k + 1 < len(tokens) and tokens[k].number is not None else None
        if unit is not None and unit.gap and k + 2 < len(tokens):
            unit = tokens[k + 2]
        if unit is None:
            pair = neighbours(token.number.text)
            hour = tokens[i + 1].unit if i + 1 < len(tokens) else None
            if pair and hour is not None and hour.name.startswith("hour") and hour.role != "length":
                lent.pop()
                lent += _either(token, pair)
            continue
        if unit.unit is not None and unit.unit.name == "month" and i and tokens[i - 1].unit == unit.unit:
            continue  # 1月3至2月10
        names_place = unit.unit is not None and unit.unit.role != "length" and not unit.glued
        if names_place or (unit.mark("ampm") is not None and int(token.number.value) <= 12):
            plain = Unit("hour", "point") if unit.unit and unit.unit.name.startswith("hour") else unit.unit
            lent.append(replace(unit, start=token.end, end=token.end, unit=plain))
            adjacent = tokens[k].number
            if tokens[j].mark("to") is None and adjacent is not None and adjacent.value == token.number.value + 1 and plain and plain.name == "hour":
                tokens[j] = replace(tokens[j], marks={"to": ""})  # 凌晨6、7点
    return lent


def _either(token: Token, pair: tuple[int, int]) -> list[Token]:
    """七八点 as 七点 到 八(点)."""
    low, high = (replace(token, number=Number(Fraction(n), str(n)), text=str(n)) for n in pair)
    hour = Token("", token.end, token.end, unit=Unit("hour", "point"))
    return [low, hour, Token("", token.end, token.end, marks={"to": ""}), high]


