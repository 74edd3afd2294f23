"""Hours on the clock as Chinese says them: 8点半, 八点一刻, 差五分八点, 19时30分; and 7pm, 8 o'clock."""

from __future__ import annotations

from core.reading.times.cursor import Cursor, Found
from core.reading.times.values import Clock, Moment, Token

MEASURES = frozenset({"米", "公斤", "斤", "公里", "倍", "厘米", "平米", "平方"})


class Clocks(Cursor):
    """The productions for one hour."""

    def short_of(self, i: int, _said: Moment) -> Found[Moment]:
        """差五分八点, 差一刻八点."""
        if not self.at(i).says("short_of"):
            return None
        minutes = self._some_minutes(i + 1)
        clock = self.clock(minutes[1]) if minutes else None
        if minutes is None or clock is None or clock[0].clock is None:
            return None
        return self._earlier(clock[0].clock, minutes[0]), clock[1]

    def _short_of_after(self, clock: tuple[Moment, int]) -> tuple[Moment, int]:
        """八点差五分."""
        found = self._some_minutes(clock[1] + 1) if self.at(clock[1]).says("short_of") else None
        if found is None or clock[0].clock is None:
            return clock
        return self._earlier(clock[0].clock, found[0]), found[1]

    def _some_minutes(self, i: int) -> Found[int]:
        number, unit = self.at(i).number, self.at(i + 1).unit
        if number is None or number.whole is None or unit is None or not 1 <= number.whole <= 30:
            return None
        if unit.name == "quarter_hour":
            return 15 * number.whole, i + 2
        return (number.whole, i + 2) if unit.name == "minute" else None

    def _earlier(self, clock: Clock, minutes: int) -> Moment:
        total = (clock.hour * 60 + clock.minute - minutes) % 1440
        return Moment(clock=Clock(total // 60, total % 60, clock.exact))

    def clock(self, i: int) -> Found[Moment]:
        """8点, 8点半, 八点一刻, 8点20, 19时30分, 7pm, 8 o'clock."""
        token = self.at(i)
        n = token.number.whole if token.number else None
        if n is None or token.text == "几" or not 0 <= n <= (99 if self._after_part(i) else 24):
            return None
        j = self.skip(i + 1, gaps=1)
        if (half := self.at(j).mark("ampm")) is not None and 1 <= n <= 12:
            j = k if self.at(k := self.skip(j + 1, gaps=1)).says("oclock") else j
            return Moment(clock=Clock(n % 12 + 12 * (half == "pm"), 0, exact=True)), j + 1
        if self.at(j).says("oclock"):
            return Moment(clock=Clock(n)), j + 1
        unit = self.at(j).unit
        if unit is None or not unit.name.startswith("hour") or unit.role == "length":
            return None
        exact = (
            n > 12
            or n == 0
            or self.at(j).text[:1] == "时"
            or (self.at(i).text.startswith("0") and len(self.at(i).text) == 2)
        )
        j += 1
        if unit.name == "hour_half":
            return Moment(clock=Clock(n, 30, exact)), j
        if unit.name == "hour_sharp":
            return Moment(clock=Clock(n, 0, exact)), j
        if self.at(j).number is not None and len(self.at(j).text) == 1 and self.at(j + 1).text in MEASURES:
            return None  # 1点5米
        if self.at(j).text == "几" or (token.text == "一" and self._a_little(i, j)):
            return None  # 血糖十一点几, 买一点
        minute, j = self._minutes(j)
        if (half := self.at(j).mark("ampm")) is not None and 1 <= n <= 12:  # 6点30pm
            return Moment(clock=Clock(n % 12 + 12 * (half == "pm"), minute, exact=True)), j + 1
        return Moment(clock=Clock(n, minute, exact)), j

    def _a_little(self, i: int, j: int) -> bool:
        """Whether 一点 right behind a verb, with nothing of a clock behind it, is a little."""
        before, after = self.at(i - 1), self.at(j)
        return bool(before.text) and before.other and not (after.says("to") or after.says("half") or after.number)

    def _ends(self, after: Token) -> bool:
        """Whether nothing goes on here that the number before could count: 八点十到九点."""
        return after.gap or after.other or any(after.says(kind) for kind in ("to", "since", "until"))

    def _after_part(self, i: int) -> bool:
        """晚上25点: an hour is meant, though there is none."""
        before = self.at(i - 1).moment
        return before is not None and before.part is not None

    def _minutes(self, i: int) -> tuple[int, int]:
        """What follows an hour: 半, 一刻, 20, 二十分, 过五分. Nothing: 0."""
        if self.at(i).says("half"):
            return 30, i + 1
        j = i + 1 if self.at(i).says("past_hour") else i
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
        after = self.at(j + 1)
        whole = len(number.text) in (2, 3) or (number.text == "十" and self._ends(after))
        if unit is None and not after.glued and whole and not after.says("times"):
            return number.whole, j + 1
        return 0, i
