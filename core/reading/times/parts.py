"""Parts of the day: when they are taken to begin and end, and how they colour a bare hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal["smallhours", "morning", "noon", "afternoon", "evening", "night"]


@dataclass(frozen=True, slots=True)
class Part:
    """`start` and `end` in minutes from midnight, `end` may be past 24 hours; `label` is what a reading calls it.

    `first` is the earliest hour on a clock of 24 that a bare hour can be in this part: 晚上6点 is 18:00 because 6 is
    before it and 18 is not. 晚上1点 is after both: it belongs to the night that began, 半夜1点 to
    the day it is said of.
    """

    start: int
    end: int
    label: Label
    first: int


def _at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


PARTS = {
    "smallhours": Part(_at(2), _at(5), "smallhours", 0),
    "dawn": Part(_at(6), _at(8), "morning", 4),
    "morning": Part(_at(8), _at(11), "morning", 4),
    "forenoon": Part(_at(9), _at(11, 30), "morning", 4),
    "noon": Part(_at(12), _at(13), "noon", 10),
    "afternoon": Part(_at(14), _at(17), "afternoon", 12),
    "dusk": Part(_at(17, 30), _at(19), "evening", 16),
    "evening": Part(_at(19), _at(21), "evening", 16),
    "night": Part(_at(21), _at(23), "night", 18),
    "midnight": Part(_at(24), _at(25), "night", 18),
    "daytime": Part(_at(8), _at(18), "morning", 6),
    "before_breakfast": Part(_at(6, 30), _at(7, 30), "morning", 4),
    "after_breakfast": Part(_at(8), _at(10), "morning", 4),
    "before_lunch": Part(_at(11), _at(12), "morning", 10),
    "after_lunch": Part(_at(13), _at(14), "noon", 12),
    "after_nap": Part(_at(14, 30), _at(16), "afternoon", 12),
    "after_school": Part(_at(16, 30), _at(18), "afternoon", 15),
    "after_work": Part(_at(18), _at(20), "evening", 16),
    "before_supper": Part(_at(17), _at(18), "evening", 16),
    "after_supper": Part(_at(19), _at(21), "evening", 16),
}


def minutes(part: str, hour: int, minute: int) -> int:
    """The minutes from midnight that a bare hour is in this part of the day; 1440 and more are the day after.

    中午12点 is 12:00 and 中午1点 is 13:00; 晚上12点 is midnight at the end of the day; 凌晨12点半 is 0:30.
    An hour said on the clock of 24 (下午15点) keeps its own meaning.
    """
    if hour > 12 or (hour == 0 and part not in ("evening", "night", "midnight")):
        return _at(hour, minute)
    if hour == 0:
        return _at(24, minute)  # 今夜零点
    first = PARTS[part].first
    if hour == 12:
        hour = 0 if part == "smallhours" else 24 if first >= 16 else 12
    elif first >= 10 and hour < first:
        late = hour + 12 >= first
        hour += 12 if late else 24 if PARTS[part].label == "evening" else 0
    return _at(hour, minute)
