"""Moments: fragments of time that fit each other, in any order, with only gaps and gluing words between them.

A fragment is a word of the vocabulary (周五, 晚上, 春节) or a number with its unit (3月, 15号, 8点半). English puts its
numbers elsewhere and has a file of its own; what is counted (三天后, 第一个周六) stands in `counted`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from core.reading.numerals import numeral_by_place
from core.reading.times.counted import Counted
from core.reading.times.cursor import END, Found
from core.reading.times.values import Clock, Length, Moment, Rel

FRAGMENTS = 12
"""No moment has more pieces: a guard against endless rows of words."""
NOW = Moment(away=Length(Fraction(0), "minute"))
NOTHING = Moment()
WEAK_PARTS = frozenset("早晚夜晨")
BREAKS = frozenset(",;。;.!?\n")
SEASONS = frozenset("春夏秋冬")
INNER = frozenset({"start", "middle", "end"})
"""初, 中, 底: say something only after a month or year."""
LUNAR_DAYS = frozenset({(2, 2), (3, 3), (5, 5), (6, 6), (7, 7), (9, 9), (12, 8), (12, 23), (12, 24), (12, 30)})
"""九月九 and these, said without 日 or 号, are days of the lunar calendar; so is the 15th of any month."""


class Moments(Counted):
    """The productions for one moment."""

    def moment(self, i: int, said: Moment = NOTHING) -> Found[Moment]:
        """As many fragments as fit together, with only gaps and gluing words between them; after `said`, if any."""
        if said is not NOTHING:
            return self._row(i, said)
        if i not in self._moments:
            self._moments[i] = self._row(i, said)
        return self._moments[i]

    def _row(self, i: int, said: Moment) -> Found[Moment]:
        end, given = i, not said.empty
        for _ in range(FRAGMENTS):
            j = end if end == i and not given else self.skip(end, "of", "about", "from")
            found = self.fragment(j, said)
            if found is None or self._begins_anew(end, j, said, found, given=given):
                break
            more = found[0]
            if isinstance(said.day, Rel) and self._figures(j, more):
                said = replace(said, day=None, near=said.day)  # 明天（10月9日）: the figures are surer
            if said.section and said.section[0] == "q" and more.section in INNER:
                said, more = replace(said, section=None), Moment(section=f"{said.section} {more.section}")
            if more.feast and said.week is not None and said.weekdays:
                end = found[1]  # 下周三重阳慰问: the feast is what it is called
                continue
            if not said.fits(more):
                break
            said, end = said | more, found[1]
        if said.dated and self.at(end).says("of") and self.at(end).moment == Moment(day=Rel(0)):
            end += 1  # 国庆当天
        if self.at(end).says("about") and not said.empty:
            said, end = replace(said, about=True), end + 1
        return (said, end) if said.dated or said.timed else None

    def _begins_anew(self, end: int, j: int, said: Moment, found: tuple[Moment, int], *, given: bool) -> bool:
        """Whether the fragment at `j` is of another moment than what was said up to `end`."""
        more = found[0]
        if (given or said.timed) and self.excepted(j):
            return True
        if (said.timed or self.at(end).text == ",") and self.of_a_rule(j, found):
            return True
        between = range(end, j)
        if more.dated and (given or said.timed) and any(self.at(k).mark("from") == "since" for k in between):
            return True  # every Monday at 7 from 1 April
        if more.dated and said.timed and any(self.at(k).text in BREAKS for k in between):
            return not self._goes_on(end, j, said, more)  # 7点到9点，4月底结束
        another = more.part and said.clock and not said.part
        return bool(another) and self.at(j - 1).gap and not self.at(j).text.isascii()  # 9:00-11:00，下午2:00-4:00

    def _goes_on(self, i: int, j: int, said: Moment, more: Moment) -> bool:
        """Whether a comma only parts what English says together: 7pm on Fri, Sep 20; 10, tonight."""
        if self.at(i).text != "," or not self.at(j).text.isascii():
            return False
        date = more.month is not None and isinstance(more.day, int)
        return (said.weekdays is not None and date) or (said.part is None and more.part is not None)

    def _figures(self, i: int, first: Moment) -> bool:
        """Whether a month and a day begin here."""
        date = self.moment(i) if first.month is not None else None
        return date is not None and isinstance(date[0].day, int)

    def excepted(self, i: int) -> bool:
        """Whether the moment that begins here is one that is left out: 4月4日除外."""
        if self._excepts is None:
            self._excepts = any(token.says("except_after") for token in self.tokens)
        found = self.moment(i) if self._excepts else None
        return found is not None and self.mark(found[1], "except_after") is not None

    def of_a_rule(self, _i: int, _found: tuple[Moment, int]) -> bool:
        """Whether a fragment is what a rhythm after it falls on; only English puts it there."""
        return False

    def fragment(self, i: int, said: Moment) -> Found[Moment]:
        token = self.at(i)
        for production in (self.short_of, self.shift, self.away, self.nth, self.pair, self.word):
            if found := production(i, said):
                return found
        return self.numbered(i, said) if token.number else None

    def word(self, i: int, said: Moment) -> Found[Moment]:
        """A word that says something of a moment by itself."""
        token = self.at(i)
        if token.moment is None or (said.empty and self._greeting(i + 1, token.moment)):
            return None
        if token.text == "夜" and said.feast is not None:
            return Moment(part="evening"), i + 1  # 冬至夜
        return None if self._needs_more(i, token.moment, said) else (token.moment, i + 1)

    def _needs_more(self, i: int, word: Moment, said: Moment) -> bool:
        """Whether the word says nothing of time where it stands: 初, 中 and 底 without a month, 早 without an hour."""
        text = self.at(i).text
        if word == Moment(year=Rel(0)) and self._age(i + 1):
            return True
        if word.section in INNER and not self._inside(i, said):
            return True
        if (text in SEASONS and said.year is None) or (word.section == "holiday" and said.feast is None):
            return True
        if text in WEAK_PARTS and not said.dated:
            return self.clock(self.skip(i + 1, gaps=1)) is None and self._face(i + 1) is None
        return word == Moment(lunar=word.lunar, leap=word.leap) and not self._calendar(i, said)

    def _age(self, i: int) -> bool:
        """Whether 七十八岁 stands here, or 七十三 and nothing that it counts."""
        number, behind = self.at(i).number, self.at(i + 1)
        if number is None or behind.text in {"岁", "周岁"}:
            return number is not None
        return 31 < (number.whole or 0) < 120 and behind.unit is None and not behind.glued

    def _inside(self, i: int, said: Moment) -> bool:
        """Whether a month or a year was said, of which this is a part."""
        whole = any(field is not None for field in (said.month, said.year, said.decade, said.century))
        return whole or self.at(i - 1).mark("rule") in ("month", "year") or (said.section or "").startswith("q")

    def _calendar(self, i: int, said: Moment) -> bool:
        """Whether 农历 or 闰 here says something of the date that follows; after a date it begins the same day anew."""
        if said.day is not None:
            return False
        j = self.skip(i + 1, gaps=1)
        said = self.at(i).moment or NOTHING
        follower = self.at(j).moment
        return (
            self.numbered(j, said) is not None
            or self.pair(j, said) is not None
            or (follower is not None and follower.dated)
        )

    def _greeting(self, i: int, said: Moment) -> bool:
        """早上好, 春节快乐, 周末愉快: nobody means a time."""
        return self.at(i).says("greeting") and (said.feast or said.part or said.section) is not None

    def _face(self, i: int) -> Clock | None:
        moment = self.at(self.skip(i, gaps=1)).moment
        return moment.clock if moment else None

    def numbered(self, i: int, said: Moment) -> Found[Moment]:
        token = self.at(i)
        if token.number is None or token.text == "几":
            return None
        clock = self.clock(i)
        if clock:
            return self._short_of_after(clock)
        if token.text == "十一" and len(self.tokens) == 1:
            return Moment(feast="国庆节"), i + 1
        j = self.skip(i + 1, gaps=1)
        unit = self.at(j).unit
        if token.whole is None or unit is None or unit.role == "length":
            return self._bare_day(i, said)
        named = self._of_unit(i, j, token.whole, unit.name, said)
        return (named, j + 1) if named else None

    def _of_unit(self, i: int, j: int, n: int, unit: str, said: Moment) -> Moment | None:
        """2026年, 3月, 15号, 80年代: what a number and the unit at `j` name."""
        text = self.at(i).text
        match unit:
            case "year":
                return self._year(n, text)
            case "decade" if n % 10 == 0 and 0 <= n <= 90:
                return Moment(decade=n)
            case "century" if 1 <= n <= 21:
                return Moment(century=n)
            case "month" if 1 <= n <= 12 or self._day_follows(j + 1):
                return Moment(month=n)
            case "day" if 1 <= n <= 31 and not self._address(i, j):
                counted = said.month is None and (text == "两" or self._counted_days(j))
                return None if counted else Moment(day=n)
            case "quarter" if 1 <= n <= 4:
                return Moment(section=f"q{n}")
        return None

    def _year(self, n: int, text: str) -> Moment | None:
        if (100 <= n <= 2999 and len(text) in (3, 4)) or (n >= 1900 and "千" in text):
            return Moment(year=n)
        short = len(text) == 2 and (text.isascii() or numeral_by_place(text))
        return Moment(year=(2000 if n <= 49 else 1900) + n) if short else None

    def _counted_days(self, j: int) -> bool:
        """3日游, 7日内: a number of days rather than the 3rd."""
        return self.at(j).text == "日" and self.at(j + 1).says("within")

    def _address(self, i: int, j: int) -> bool:
        """东风路12号, 86弄3号, 16号302室: a house, not a day."""
        before, flat, after = self.at(i - 1), self.at(j + 1), self.at(j + 2)
        if self.at(j).text != "号":
            return False
        if flat.number is not None and after.text in {"单元", "室"}:
            return True
        if flat.number is not None and len(flat.text) in (3, 4) and flat.text.isdigit() and after.unit is None:
            return True
        return before.end == self.at(i).start and before.text[-1:] in set("路弄街巷住")

    def _day_follows(self, i: int) -> bool:
        return self.at(i).number is not None and (unit := self.at(i + 1).unit) is not None and unit.name == "day"

    def _bare_day(self, i: int, said: Moment) -> Found[Moment]:
        """1月3, 三月初三: a number right after a month, with nothing after it that it could count."""
        token = self.at(i)
        n, after = token.whole or 0, self.at(i + 1)
        if said.day is not None or not 1 <= n <= 31 or after.glued or after.unit is not None:
            return None
        if n in (15, 16) and said.empty and not said.lunar and self._fifteenth(i):
            return Moment(day=n, lunar=True), i + 1
        if token.text[0] in "廿卅" or (said == Moment(lunar=True) and not token.text.isascii()):
            return Moment(day=n, lunar=True), i + 1
        if said.month is None or self.at(i - 1).gap:
            return None
        solar = token.text.isascii() or said.lunar is not None or not isinstance(said.month, int)
        lunar = not solar and (n == 15 or (said.month, n) in LUNAR_DAYS)
        return Moment(day=n, lunar=lunar or None), i + 1

    def _fifteenth(self, i: int) -> bool:
        """十五晚上, 十六那天: days of the lunar month that are said by their number alone."""
        before, after = self.at(i - 1), self.at(i + 1)
        if not (before.gap or before is END) or self.at(i).text.isascii():
            return False
        return after.text in {"那天", "那一天", "那晚"} or (after.moment is not None and after.moment.part is not None)

    def pair(self, i: int, said: Moment) -> Found[Moment]:
        """5/1, 3.20, 09-01: month and day in figures, where they can be nothing else."""
        token = self.at(i)
        both = token.mark("pair")
        if both is None or token.text == "24/7":
            return None
        first, second = map(int, both.split())
        by = token.mark("by")
        after = self.at(i + 1)
        if after.glued or after.counts not in ("", "day") or said.month is not None or said.day is not None:
            return None
        if by not in {"/", "-"} and not (
            len(token.text.split(by or ".")[1]) == 2 or after.unit or self._time_beside(i)
        ):
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
        return before.moment is not None or before.says("to")
