"""Which course a dish belongs to, as far as its name says: by a table that neighbours would agree on."""

from __future__ import annotations

import re

from core.kind import squeeze
from core.reading.parts import COURSES

_MEASURE = re.compile(r"\s*[（(][^（()）]*[)）]$|\s(?:\d{1,3}(?:\.\d)?|[半几一-十]{1,3})\S?[\u4e00-\u9fff]{1,3}$")
"""What is said of a dish behind its name: 橘子 2箱, 红烧肉 1大锅（两家合做）."""


def bare(dish: str) -> str:
    """The name of a dish alone, without how much of it and who made it together."""
    name, before = dish.strip(), ""
    while name != before:
        before, name = name, _MEASURE.sub("", name).strip()
    return name


def course_named(words: str) -> str:
    """The course that a word for a course means: '凉菜' -> 'cold'. '' for any other word."""
    wish = squeeze(words)
    return next((name for name, course in COURSES.items() if wish in course.called), "")


def course_of(dish: str) -> str:
    """The course of a dish by its name: 凉菜 is one, else its longest known ending or how it begins say; '' if none."""
    if len(parts := re.split(r" and | & ", bare(dish))) > 1:
        return next((course for part in parts if (course := course_of(part))), "")  # fish and chips
    name = squeeze(bare(dish))
    if course := course_named(name):
        return course
    known = COURSES.items()
    best = max(((len(e), course) for course, its in known for e in its.endings if name.endswith(e)), default=(0, ""))
    start = max(
        ((len(b), course) for course, its in known for b in its.beginnings if name.startswith(b)), default=(0, "")
    )
    if best[0] > 1 and best[1] in ("fruit", "drink"):
        return best[1]
    if start[1] == "cold" and best[1] in ("hot", "staple", ""):
        return "cold"  # 凉拌鸡丝 is cold, whatever it is made of
    return best[1] or start[1]
