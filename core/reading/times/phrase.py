"""What the grammar finds: phrases about time, still without a now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from core.reading.times.values import Length, Moment, UnitName

Bound = Literal["before", "after", "within", "ahead", "back"]


@dataclass(frozen=True, slots=True)
class Every:
    """A rhythm: every `many`-th `unit`. What it falls on (周二、四, 15号) is the phrase's moment."""

    unit: UnitName | Literal["workdays", "weekends"]
    many: int = 1
    monthdays: tuple[int, ...] = ()  # 每月1号和15号
    months: tuple[int, ...] = ()  # 每年9月到11月
    nths: tuple[int, ...] = ()  # 每月第二、第四个周六
    spoken: bool = False  # 每月十五: the lunar calendar is meant, or it is not


NOTHING = Moment()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One stretch of words about time: 下周三上午9点半到11点, 每周二、四, 周五前, 为期2小时.

    `end` is the other side of a range. `since`, `until` and `unless` belong to a rhythm.
    """

    at: Moment = NOTHING
    end: Moment | None = None
    every: Every | None = None
    bound: Bound | None = None
    span: Length | None = None  # 三天内, 未来一周, 过去两小时
    lasting: Length | None = None
    times: int | None = None  # 共8次
    since: Moment | None = None
    until: Moment | None = None
    unless: tuple[Moment, ...] = ()
    next_day: int = 0  # 次日: the end is so many days after the start
    hint: str | None = None  # a part of the day that the words around suggest: 晨练
    words: tuple[tuple[int, int], ...] = ()
    role: Literal["unless", "since", "until", "lasting"] | None = None  # what it is to the phrase beside it

    @property
    def dated(self) -> bool:
        return (
            self.at.dated
            or self.every is not None
            or self.span is not None
            or (self.end is not None and self.end.dated)
        )

    @property
    def timed(self) -> bool:
        return self.at.timed or (self.end is not None and self.end.timed)

    def with_words(self, other: Phrase) -> Phrase:
        return replace(self, words=tuple(sorted({*self.words, *other.words})))
