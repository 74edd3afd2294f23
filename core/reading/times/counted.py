"""What is counted from somewhere: 三天后 from now, 清明节前一天 from a day, 第一个周六 within a month."""

from __future__ import annotations

from dataclasses import replace

from core.reading.times.clocks import Clocks
from core.reading.times.cursor import Found, unit_name
from core.reading.times.values import Moment, Ordinal, Shift


class Counted(Clocks):
    """The productions for a moment that is counted."""

    def shift(self, i: int, said: Moment) -> Found[Moment]:
        """清明节前一天, 周五后两天: so long before or after the day just said."""
        if said.timed or said.shift is not None or not (said.day or said.weekdays or said.feast):
            return None
        token = self.at(i)
        if token.mark("next_day") == "1" and said.section == "holiday":
            return Moment(ordinal=Ordinal(2, "day"), section="holiday"), i + 1  # 中秋假期第二天
        if token.mark("next_day") == "1" and said.feast:
            return Moment(shift=Shift(1, "day")), i + 1  # 国庆节第二天
        if said.feast and said.ordinal is None and (nth := self._nth_of_holiday(self.skip(i, "of"))):
            return nth
        if self.at(i - 1).text == "的" and (found := self.single_length(i)) and found[0].many.denominator == 1:
            sign = self._side(found[1])  # 昨天的两天后
            if sign and found[0].unit in ("day", "week", "month", "workday", "year"):
                return Moment(shift=Shift(sign * int(found[0].many), found[0].unit)), found[1] + 1
        sign = self._side(i)
        if sign and self.at(i + 1).mark("next_day") == "1":
            return Moment(shift=Shift(2 * sign, "day")), i + 2
        if sign and (nth := self._nth_from(self.skip(i + 1, "of", gaps=1), sign)):
            return nth
        found = self.single_length(i + 1) if sign else None
        if (
            found is None
            or found[0].unit not in ("day", "week", "month", "workday", "year")
            or found[0].many.denominator != 1
        ):
            return None
        if self.at(found[1]).says("within"):
            return None
        return Moment(shift=Shift(sign * int(found[0].many), found[0].unit)), found[1]

    def _nth_of_holiday(self, i: int) -> Found[Moment]:
        """国庆假期第一天, 国庆最后一天: of the days that are off."""
        found = self.nth(i, Moment())
        ordinal = found[0].ordinal if found else None
        if found is None or ordinal is None or ordinal.unit != "day" or ordinal.many != 1:
            return None
        return Moment(ordinal=ordinal, section="holiday"), found[1]

    def _side(self, i: int) -> int:
        """-1 for 前, 1 for 后, 0 for neither."""
        return -1 if self.at(i).says("before") else int(self.at(i).says("after"))

    def _nth_from(self, i: int, sign: int) -> Found[Moment]:
        """第一个周一, 第二天, 星期三: the nth of them after (or before) the day just said."""
        token = self.at(i)
        if (
            token.moment is not None
            and token.moment == Moment(weekdays=token.moment.weekdays)
            and token.moment.weekdays is not None
        ):
            return Moment(shift=Shift(sign, "day", token.moment.weekdays[0])), i + 1
        found = self.nth(i, Moment())
        ordinal = found[0].ordinal if found else None
        if found is None or ordinal is None:
            return None
        if ordinal.unit == "weekday" and found[0].weekdays:
            return Moment(shift=Shift(sign * abs(ordinal.n), "day", found[0].weekdays[0])), found[1]
        if ordinal.unit == "weekend":
            return Moment(shift=Shift(sign * ordinal.n, "weekend", 5)), found[1]
        return (
            (Moment(shift=Shift(sign * ordinal.n, ordinal.unit)), found[1])
            if ordinal.unit in ("day", "workday")
            else None
        )

    def away(self, i: int, said: Moment) -> Found[Moment]:
        """三天后, 半小时前, 再过两周, in 2 hours, 3 days ago: counted from now."""
        if said.dated:
            return None
        token = self.at(i)
        if token.mark("ahead") == "point":
            found = self.length(self.skip(i + 1, "about"))
            if found is None:
                return None
            j = self.skip(found[1], gaps=1)
            return Moment(away=found[0]), j + 1 if self.at(j).says("after") else found[1]
        if token.text == "after" and (found := self.length(self.skip(i + 1))):
            return Moment(away=found[0]), found[1]  # after 5 days
        found = self.length(i)
        if found is None:
            return None
        length, j = found
        j = self.skip(j, gaps=1)
        token = self.at(j)
        if token.says("later") or (token.says("after") and not token.text.isascii()):
            return Moment(away=length), j + 1
        if token.says("ago") or (token.says("before") and not token.text.isascii()):
            return Moment(away=replace(length, many=-length.many)), j + 1
        return None

    def nth(self, i: int, said: Moment) -> Found[Moment]:
        """第一个周六, 最后一天, 第3周, 前五天, the first Saturday."""
        token = self.at(i)
        kind = token.mark("ordinal")
        if kind is None or (
            kind in ("first", "last") and token.text in "前后" and not (said.month or said.year or said.section)
        ):
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
        if self.at(j).says("item"):
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
            said.month is not None
            or said.year is not None
            or said.section is not None
            or (n == 1 and many > 1) is False
        ):
            return Moment(ordinal=Ordinal(n, unit_name(unit.name), many)), j + 1
        return None
