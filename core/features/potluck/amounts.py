"""How much of a dish somebody brings: for how many it is enough (20人份), or in what it comes (两大锅, 50只)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Written, number

pattern = Written(__file__, "said.toml").pattern
"""The words of all that is said of dishes, of which amounts are the smallest piece."""
LONGEST = 160
"""Letters that are read. Whoever says more tells of something else."""


@dataclass(frozen=True, slots=True)
class Much:
    """`portions`, where they are said; else what it comes in, as it stands behind the dish: '2只', '1大锅'."""

    portions: int | None = None
    measure: str = ""
    bare: bool = False  # a number alone, which may be anything

    @property
    def says(self) -> bool:
        return self.portions is not None or bool(self.measure)


NOTHING = Much()
"""One of it, on a plate: 一盘, 一个, a. It says nothing that a board should say."""


def whole(text: str) -> Much | None:
    """What words say that speak of an amount and of nothing else: 大概15份, 够十个人吃, 一大锅."""
    found = pattern("portions").fullmatch(text) or pattern("measured").fullmatch(text)
    return of(found) if found else None


def before(text: str, at: int) -> tuple[Much, int]:
    """An amount that stands there, before the dish: 两大锅, 一个, a pot of; and where the dish begins."""
    for name in ("portions_before", "measured_before", "some"):
        found = pattern(name).match(text, at)
        if found and at < found.end() < len(text):
            return (NOTHING if name == "some" else of(found)), found.end()
    return NOTHING, at


def behind(text: str, at: int, end: int) -> tuple[Much, int] | None:
    """The amount with which words end, and where it begins; None where they end in none."""
    for name in ("portions", "measured"):
        for found in pattern(name).finditer(text, at + 1, end):
            if found.end() == end and (much := of(found)) is not None:
                return much, found.start()
    return None


def of(found: re.Match[str]) -> Much:
    groups = {name: value for name, value in found.groupdict().items() if value}
    if portions := next((groups[name] for name in ("n", "n2", "for", "for2", "bare") if name in groups), ""):
        return Much(number(portions), bare="bare" in groups)
    many, measure = groups.get("many", ""), groups.get("measure", "")
    if "of_them" in groups:
        return Much(measure=groups["of_them"])
    if "en" in groups:  # 3 loaves, behind the bread
        return Much(measure=f"{found[0].partition(' of ')[0].strip()} of")
    if found[0].isascii():
        return Much(measure=found[0].strip())
    n = number(many)
    if (n == 1 and pattern("plain").fullmatch(measure)) or not measure:
        return NOTHING
    return Much(measure=f"{many if n is None else n}{measure}")
