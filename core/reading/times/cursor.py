"""A row of tokens to walk along, and lengths of time in it: the ground the grammar stands on."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from core.reading.numerals import neighbours, numeral_by_place
from core.reading.times.values import Length, Moment, Token, UnitName

T = TypeVar("T")
Found = tuple[T, int] | None
"""What a production found and the place after it, or None."""

END = Token("", 0, 0)
LENGTHS: dict[str, tuple[Fraction, UnitName]] = {
    "quarter_hour": (Fraction(15), "minute"),
    "fortnight": (Fraction(2), "week"),
    "decade": (Fraction(10), "year"),
}


MINUTES: dict[UnitName, Fraction] = {
    "week": Fraction(10080),
    "day": Fraction(1440),
    "hour": Fraction(60),
    "minute": Fraction(1),
    "second": Fraction(1, 60),
}


class Cursor:
    """One text's tokens. Places are indices; before the first and after the last there is nothing."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self._excepts: bool | None = None
        self._moments: dict[int, Found[Moment]] = {}  # several productions begin with a moment: each is read once
        self._lengths: dict[int, Found[Length]] = {}

    @cached_property
    def first_monthly(self) -> int:
        """Where a rule of the month is said first; past the end when none is."""
        return next((i for i, token in enumerate(self.tokens) if token.mark("rule") == "month"), len(self.tokens))

    @cached_property
    def figures_alone(self) -> bool:
        """Whether the text is nothing but numbers, and words for from one to another."""
        return all(token.gap or token.says("to") or token.number is not None for token in self.tokens)

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    def skip(self, i: int, *kinds: str, gaps: int = 6) -> int:
        """The place after gaps, and after words that only glue (的, 在, about), named by `kinds`."""
        while gaps and i < len(self.tokens):
            token = self.tokens[i]
            if not (token.gap or (token.marks and any(kind in token.marks for kind in kinds))):
                break
            i += 1
            gaps -= 1
        return i

    def mark(self, i: int, kind: str) -> Found[str]:
        """A mark of this kind here, gaps before it aside."""
        i = self.skip(i, gaps=2)
        said = self.at(i).mark(kind)
        return None if said is None else (said, i + 1)

    def length(self, i: int) -> Found[Length]:
        """两小时, 一个半月, 半年, 1小时30分钟, 2 days and 3 hours."""
        if i not in self._lengths:
            self._lengths[i] = self._sum(i)
        return self._lengths[i]

    def _sum(self, i: int) -> Found[Length]:
        found = self.single_length(i)
        while found and found[0].unit in MINUTES:
            j = self.skip(found[1], "and", gaps=2)
            more = self.single_length(j) if self.at(j).number is not None else None
            if more is None or more[0].unit not in MINUTES or MINUTES[more[0].unit] >= MINUTES[found[0].unit]:
                break
            total = found[0].many * MINUTES[found[0].unit] + more[0].many * MINUTES[more[0].unit]
            found = Length(total, "minute", found[0].vague), more[1]
        return found

    def single_length(self, i: int) -> Found[Length]:
        token = self.at(i)
        if (measure := token.mark("measure")) is not None and token.number:
            return Length(token.number.value, unit_name(measure)), i + 1
        if token.says("half"):
            many, j = Fraction(1, 2), i + 1
        elif token.number is not None and not self._names_year(i):
            many, j = token.number.value, i + 1
        else:
            return None
        vague = False
        j = self.skip(j, gaps=1)
        for _ in range(2):  # 十来几天 is as vague as it gets
            if self.at(j).mark("about") == "more" or self.at(j).text in {"几", "来"}:
                vague, j = True, self.skip(j + 1, gaps=1)
        item = self.at(j).says("item")
        if item:
            j += 1
            if self.at(j).mark("about") == "more":
                vague, j = True, j + 1
        if self.at(j).says("half") and many.denominator == 1:
            many, j = many + Fraction(1, 2), j + 1
        unit = self.at(j).unit
        if unit is None or (unit.role == "point" and not (item and unit.name == "month") and not self._months(i, j)):
            return None
        factor, name = LENGTHS.get(unit.name, (Fraction(1), unit_name(unit.name)))
        many, j = many * factor, j + 1
        if self.at(j).mark("about") == "more":
            vague, j = True, j + 1
        if self.at(j).says("half") and many.denominator == 1 and name in ("year", "month", "hour", "day", "minute"):
            many, j = many + Fraction(1, 2), j + 1
            j += self.at(j).text == "钟"
        if near := neighbours(token.text):
            many, vague = Fraction(near[0]) * factor, True
        return Length(many, name, vague), j

    def _months(self, i: int, j: int) -> bool:
        """两月, 半月, 近三月: months counted without 个; 4月 alone is April."""
        before = self.at(i - 1)
        counted = before.says("back") or before.says("ahead")
        return self.at(j).text == "月" and (
            self.at(i).text in {"两", "俩", "仨", "半", "几"} or (counted and before.end == self.at(i).start)
        )

    def _names_year(self, i: int) -> bool:
        """2018年, 07年: a year of the calendar, not so many years."""
        number, unit = self.at(i).number, self.at(self.skip(i + 1, gaps=1)).unit
        if number is None or unit is None or unit.name != "year" or unit.role == "length":
            return False
        return (len(number.text) == 4 and number.whole is not None and number.whole < 3000) or (
            len(number.text) == 2 and (number.text[0] in "0零〇" or self._spelt_year(number.text))
        )

    def _spelt_year(self, digits: str) -> bool:
        """五八年, 九七年; not 七八年, which is seven or eight."""
        return not digits.isascii() and numeral_by_place(digits) and not neighbours(digits)


def unit_name(name: str) -> UnitName:
    match name:
        case "year" | "quarter" | "month" | "week" | "weekend" | "day" | "workday" | "hour" | "minute" | "second":
            return name
    return "day"
