"""A pasted list of neighbours: who is on it, and in which building each lives, where that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.reading.parts import at_home, flat, looks_like_a_name, plain

LONGEST, MOST = 8_000, 200
"""Letters of what is read, and people of one list."""
_LINE = 120
"""Letters of one line that are looked at."""
_SHORT = 4
"""Letters of the longest name that is written with a gap in it."""
_HAN = r"\u3400-\u9fff"
_NUMBER = re.compile(
    rf"\A\s*(?:[（(\[]\s*\d{{1,3}}\s*[）)\]]|\d{{1,3}}\s*(?:[.．、)）:：](?!\d)|\s(?=[^\W\d])|(?=[{_HAN}])(?![号栋幢弄楼单室座门组区]))"
    r"|[\u2460-\u2473]|[一二三四五六七八九十]{1,3}、|[-*•·●]\s)\s*"
)
_GAPS = re.compile(rf"[、,，;；|\t\u3000]+|(?<=[{_HAN}）)]) +")
_EDGES = " \t　.。:：、,，;；!！~-—_"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody on a list: the name, the building or flat as written ("" where none is), whether it reads as a name."""

    name: str
    building: str = ""
    likely: bool = True


def residents(words: str) -> tuple[Resident, ...]:
    """Everybody on a pasted list, in its order: one a line or by commas, with numbers before them or without.

    王阿姨 3号楼, 3号楼王阿姨, 王阿姨（3-502） and Mary Chen, building 3 say where somebody lives. Who stands there
    twice is there twice: they may be two people.
    """
    found = [each for line in words[:LONGEST].splitlines() for each in _on_line(line[:_LINE])]
    return tuple(found[:MOST])


def _on_line(line: str) -> Iterator[Resident]:
    last: Resident | None = None
    for piece in _GAPS.split(_NUMBER.sub("", line, count=1)):
        said = piece.strip(_EDGES)
        if not any(letter.isalnum() for letter in said):
            continue
        if last is not None and (lives := _lives(said)):
            last = replace(last, building=f"{last.building} {lives}".strip())
            continue
        here = _resident(said)
        if last is not None and (whole := _in_two(last, here)) is not None:
            last = whole
            continue
        if last is not None:
            yield last
        last = here
    if last is not None:
        yield last


def _in_two(one: Resident, other: Resident) -> Resident | None:
    """王　芳, set apart so that short names stand below long ones, is one name."""
    name = one.name + other.name
    if one.likely or one.building or len(name) > _SHORT or not looks_like_a_name(name):
        return None
    return Resident(name, other.building)


def _lives(said: str) -> str:
    """The building, where these words are about nothing else: 3-502, 西区3号楼; else ''."""
    if _is_home(said):
        return said.strip("（）() ")
    name, building = _home_behind(said)
    return said if building and not looks_like_a_name(name) else ""


def _resident(said: str) -> Resident:
    building, name = at_home(said)
    if not building:
        name, building = _home_behind(said)
    name = name.strip(_EDGES)
    return Resident(name, building.strip("（）() "), looks_like_a_name(_BEHIND.sub("", name)))


_BEHIND = re.compile(r"\s*[(（][^()（）]{1,12}[)）]$")
"""杨老师（组长） is a name."""


def _home_behind(said: str) -> tuple[str, str]:
    """王阿姨3号楼 as ("王阿姨", "3号楼"): the longest end that is a home."""
    for at in range(1, len(said)):
        if _is_home(said[at:]) and not said[at - 1].isdigit() and (name := said[:at].strip(_EDGES + "（(")):
            return name, said[at:].strip()
    return said, ""


def _is_home(said: str) -> bool:
    text = plain(said).text.strip("() ")
    return flat(text) is not None and any(letter.isdigit() or letter in "一二三四五六七八九十" for letter in text)
