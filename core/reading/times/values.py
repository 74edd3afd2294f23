"""What words about time mean before anybody asks "counted from when?": small frozen values.

A word is a piece of a `Moment` (三月, 周五, 晚上, tomorrow), a number or a unit, or a mark that says how moments hang
together (到, 每, 前, until). The scanner makes tokens of them, the grammar puts moments together, the almanac turns
moments into days.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

UnitName = Literal["year", "quarter", "month", "week", "weekend", "day", "workday", "hour", "minute", "second"]


@dataclass(frozen=True, slots=True, order=True)
class Rel:
    """Counted from now: `Rel(1)` in the field `week` is next week."""

    n: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long. `many` may be halves and quarters; `vague` says 多, 几, about; months stay months."""

    many: Fraction
    unit: UnitName
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock's face. `exact` is True when the words leave no choice of half day (19:00, 7pm, 08:00).

    `written` is 9:30 in figures: with a date beside it nobody would ask.
    """

    hour: int
    minute: int = 0
    exact: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Ordinal:
    """第三个: the `n`-th `unit` (or weekday) of what stands beside it; -1 is the last. `many` > 1: the first three."""

    n: int
    unit: UnitName | Literal["weekday"]
    many: int = 1


@dataclass(frozen=True, slots=True)
class Shift:
    """前一天, 后第二天: that long before (negative) or after the day the other words say.

    With `weekday`, the `many`-th such day after (or before) it: 春节后第一个周一.
    """

    many: int
    unit: UnitName
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What some words say about a moment. A field that is None was not said; `|` joins what stands side by side."""

    year: int | Rel | None = None
    month: int | Rel | None = None
    week: Rel | None = None
    day: int | Rel | None = None
    weekdays: tuple[int, ...] | None = None  # Monday is 0; several for 周一三五 and 周五到周日, in that order
    ordinal: Ordinal | None = None
    decade: int | None = None  # 80年代
    century: int | Rel | None = None
    feast: str | None = None  # a name the almanac knows
    lunar: bool | None = None
    leap: bool | None = None  # 闰
    section: str | None = None  # 月初, 上旬, 年底, 春天: a name the almanac knows
    part: str | None = None  # 早上, 晚上: a name of parts.py
    clock: Clock | None = None
    away: Length | None = None  # 三天后, 半小时前: from now, negative is past
    shift: Shift | None = None
    about: bool | None = None  # 左右, 大概
    near: Rel | None = None  # 明天（10月9日）: said beside figures, which are surer

    def __or__(self, other: Moment) -> Moment:
        """Both together. Only for moments that `fits`."""
        said = {name: value for name in FIELDS if (value := getattr(other, name)) is not None}
        return replace(self, **said)

    def fits(self, other: Moment) -> bool:
        """Whether both can be said of one moment: no field is said twice, unless alike; a feast has its own date."""
        fixed = self.feast and other.section != "holiday"  # 国庆假期第一天 is of the days that are off
        if (fixed and other.calendar) or (other.feast and self.calendar) or (self.away and other.calendar):
            return False
        for name in FIELDS:
            theirs = getattr(other, name)
            if theirs is not None and getattr(self, name) not in (None, theirs):
                return False
        return True

    @property
    def dated(self) -> bool:
        """Whether the words say anything of a day."""
        return _day_of(self) != _NO_DAY

    @property
    def calendar(self) -> bool:
        """Whether the words name a month, a day or a week."""
        return not (self.month is None and self.day is None and self.week is None and self.ordinal is None)

    @property
    def timed(self) -> bool:
        """Whether the words say anything of an hour."""
        return self.clock is not None or self.part is not None

    @property
    def empty(self) -> bool:
        return not (self.dated or self.timed)


FIELDS = tuple(field.name for field in fields(Moment))
DATES = ("decade", "century", "year", "month", "week", "day", "weekdays", "ordinal", "feast", "section", "away")
_day_of, _NO_DAY = attrgetter(*DATES), (None,) * len(DATES)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as said; `text` is kept because 三五 may be two weekdays and 08 an hour that leaves no choice."""

    value: Fraction
    text: str

    @property
    def whole(self) -> int | None:
        return int(self.value) if self.value.denominator == 1 else None


@dataclass(frozen=True, slots=True)
class Unit:
    """号, 点, 小时: `point` units name a place on the calendar or clock, `length` units measure; 日 and 年 do both."""

    name: str
    role: Literal["point", "length", "both"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word, where it stands in the plain text, and everything it may mean. The grammar asks for what fits there.

    `marks` are words that say how moments hang together: the section of the vocabulary, and what it says there.
    `glued` words (号楼, 元, 人) are not about time and take a number before them out of play.
    """

    text: str
    start: int
    end: int
    moment: Moment | None = None
    number: Number | None = None
    unit: Unit | None = None
    marks: Mapping[str, str] | None = None
    glued: bool = False
    gap: bool = False  # spaces, brackets, commas

    def mark(self, kind: str) -> str | None:
        """What the word says as a mark of this kind; None when it is not one."""
        return self.marks.get(kind) if self.marks else None

    def says(self, kind: str, *others: str) -> bool:
        """Whether the word is a mark of one of these kinds."""
        if not self.marks:
            return False
        return kind in self.marks or (bool(others) and any(other in self.marks for other in others))

    @property
    def whole(self) -> int | None:
        """The whole number it is, if it is one."""
        return self.number.whole if self.number else None

    @property
    def counts(self) -> str:
        """The name of the unit it is; empty for none."""
        return self.unit.name if self.unit else ""

    @property
    def other(self) -> bool:
        """Whether it says nothing about time at all."""
        return not (self.moment or self.number or self.unit or self.marks or self.gap)
