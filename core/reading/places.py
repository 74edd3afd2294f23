"""Places as they are called: 3号楼, 三幢, ３# and building 3 are one; 13号楼, 东3号楼 and 3号楼502 are others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.reading.numerals import HAN, WORDS_EN, number
from core.reading.text import plain
from core.reading.vocabulary import regex

LONGEST = 60
"""Characters. Where somebody goes is said in fewer."""
KEYCAP = "\u20e3"


@dataclass(frozen=True, slots=True)
class Place:
    """A way to somewhere, from the building to the flat: ("building", "3"), ("flat", "502").

    Sorts: building, door, unit, household, floor, flat, lane, yard, gate; "number" where only a number was said
    with a sign that it is one (3号, 3#, No. 3), "bare" without.
    """

    steps: tuple[tuple[str, str], ...]

    @property
    def numbered(self) -> bool:
        return any(sort != "gate" for sort, _ in self.steps)


_NAME = regex("places", "name", HAN=HAN)
SORTS = {
    "building": ["号楼楼组", "号楼组", "号楼", "楼组", "幢楼", "幢", "栋楼", "栋", "座楼", "座", "#楼"],
    "door": ["号楼门洞", "号楼楼道", "号楼道", "号门洞", "号门栋", "号门", "门洞", "楼道"],
    "unit": ["号单元", "单元"],
    "yard": ["号院"],
    "lane": ["支弄", "弄"],
    "number": ["号阳台", "号", "#"],
    "floor": ["楼", "层"],
}
_SORT_OF = {word: sort for sort, words in SORTS.items() for word in words}
_UNITS = "|".join(sorted(map(re.escape, _SORT_OF), key=len, reverse=True))
_NOUNS = {
    "building": "building", "block": "building", "bldg": "building", "house": "building", "stairwell": "door",
    "entrance": "door", "door": "door", "gate": "door", "unit": "unit", "household": "household", "floor": "floor",
    "flat": "flat", "room": "flat", "apartment": "flat", "apt": "flat",
    "no": "number", "nr": "number", "number": "number", "#": "number",
}  # fmt: skip
_NOUN = "|".join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))
_GATES = {
    "northeast": "东北", "northwest": "西北", "southeast": "东南", "southwest": "西南", "east": "东", "west": "西",
    "south": "南", "north": "北", "main": "大", "front": "前", "back": "后", "side": "侧",
}  # fmt: skip
_STEP = re.compile(regex("places", "step", HAN=HAN, _NAME=_NAME, _UNITS=_UNITS, _NOUN=_NOUN, WORDS_EN=WORDS_EN))
_FLAT = re.compile(regex("places", "flat"))
"""Right behind a building, or after it where one of its words says so."""
_ALONE = re.compile(r"(?P<flat>\d{3,4})\s?(?:室|房)")
_BARE = re.compile(rf"[a-z]?\d{{1,4}}|[{HAN}]{{1,6}}")
_NUMERAL = re.compile(rf"[\da-z{HAN}]")
_GAP = re.compile(r"[\s,]*")
_BEFORE = re.compile(regex("places", "before"))
_AFTER = re.compile(regex("places", "after"))


@lru_cache(4096)
def read_place(words: str) -> Place | None:
    """The place that these words name and nothing else; None for anything more or less than one place."""
    text = _fold(words)
    start = found.end() if (found := _BEFORE.match(text)) else 0
    if end := _BARE.fullmatch(text, start):
        name = _plain_name(end[0])
        return None if name is None else Place((("bare", name),))
    place, at = _walk(text, start)
    if place is None or (at < len(text) and not _AFTER.fullmatch(text, at)):
        return None
    return place


def read_bare(words: str) -> bool:
    """Whether this is a number and nothing else: it may count anything."""
    place = read_place(words)
    return place is not None and place.steps[0][0] == "bare"


def places_in(words: str) -> tuple[tuple[Place, str], ...]:
    """Every place that is named anywhere in these words, with the words themselves; none from inside a longer one."""
    folded = plain(words[:LONGEST])
    text, at = folded.text, 0
    found: list[tuple[Place, str]] = []
    while at < len(text):
        place, end = (None, at) if _inside(text, at) else _walk(text, at)
        if place is None:
            at += 1
            continue
        start, stop = folded.span(at, end)
        found.append((place, words[start:stop]))
        at = end
    return tuple(found)


def same_place(one: str, two: str) -> bool:
    """Whether these two are whole names of one place: 三号楼 and building 3 are, 13号楼 and 3号楼 are not."""
    a, b = read_place(one), read_place(two)
    return a is not None and b is not None and alike(a, b)


def alike(a: Place, b: Place) -> bool:
    """Whether two places are one: every step the same, a bare sign of a number standing for building or door."""
    return len(a.steps) == len(b.steps) and all(map(_same_step, a.steps, b.steps))


def near_place(said: str, label: str) -> bool:
    """Whether `label` may be what was meant, though it is not what was said: 3楼 or 3号楼502 for 3号楼. Only to ask."""
    wanted = {step[1] for place, _ in places_in(label) for step in place.steps[:1]}
    if not wanted:
        bare = "".join(_fold(label).split())
        return len(bare) > 1 and bare in "".join(_fold(said).split())
    whole = read_place(said)
    named = [whole] if whole is not None else [place for place, _ in places_in(said)]
    return any(step[1] in wanted for place in named for step in place.steps if step[0] != "flat")


def without_flat(said: str) -> tuple[str, str]:
    """3号楼502 as ("3号楼", "502"), 3-502 as ("3号", "502"); the flat is '' when none was said."""
    for place, words in places_in(said):
        if len(place.steps) > 1 and place.steps[-1][0] == "flat":
            flat = place.steps[-1][1]
            head = words[: words.rfind(flat)].rstrip(" -,，－—")
            return f"{head}号" if read_bare(head) else head, flat
    return said, ""


# ---------------------------------------------------------------- step by step


def _fold(words: str) -> str:
    return plain(words[:LONGEST]).text.replace(KEYCAP, "").strip()


def _inside(text: str, at: int) -> bool:
    """Whether what begins at `at` is the tail of a longer name: 3号楼 stands in 13号楼, and is another."""
    if not at or not (_NUMERAL.match(text[at]) and _NUMERAL.match(text[at - 1])):
        return False
    return text[at].isascii() == text[at - 1].isascii()


def _walk(text: str, at: int) -> tuple[Place | None, int]:
    """The place that begins at `at`, as long as it goes, and where it ends."""
    steps: list[tuple[str, str]] = []
    while found := _STEP.match(text, _past_gap(text, at) if steps else at):
        made = _steps(found)
        if made is None or (steps and not _goes_on(steps[-1], made[0])):
            break
        steps += made
        at = found.end()
        if (flat := _FLAT.match(text, at)) and steps[-1][0] not in ("flat", "gate", "household", "lane"):
            steps.append(("flat", flat["flat"]))
            at = flat.end()
    if not steps and (alone := _ALONE.match(text, at)):
        steps, at = [("flat", alone["flat"])], alone.end()
    return (Place(tuple(steps)), at) if steps else (None, at)


def _past_gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


ORDER = ("lane", "yard", "building", "number", "door", "unit", "floor", "flat")


def _goes_on(last: tuple[str, str], then: tuple[str, str]) -> bool:
    """Whether a step leads further into the same place: 3号楼2单元 does, 1号楼2号楼 are two places."""
    return last[0] in ORDER and then[0] in ORDER and ORDER.index(then[0]) > ORDER.index(last[0])


def _steps(found: re.Match[str]) -> list[tuple[str, str]] | None:
    if found["c"]:
        steps = [("number", str(int(found["a"])))]
        return [*steps, *([("unit", str(int(found["b"])))] if found["b"] else []), ("flat", found["c"])]
    if found["gate"] or found["en_gate"]:
        return [("gate", found["gate"] or _GATES[re.sub("[ -]", "", found["en_gate"])])]
    for name, sort in (
        (found["home"], "household"),
        (found["name"], _SORT_OF.get(found["unit"] or "", "")),
        (found["en"], _NOUNS.get(found["noun"] or "", "")),
        (found["spelt"], _NOUNS.get((found["noun_spelt"] or "").rstrip("."), "")),
        (found["th"], _NOUNS.get(found["th_noun"] or "", "")),
    ):
        if name:
            called = _plain_name(name)
            return None if called is None else [(sort, called)]
    return None


def _plain_name(name: str) -> str | None:
    """三 and 03 as 3, a12 as it is; None for figures that are no one number."""
    if name.isdecimal():
        return str(int(name))
    if name[0] in HAN or (len(name) > 1 and not any(c.isdecimal() for c in name)):
        value = number(name)
        return None if value is None else str(value)
    return name


VAGUE = frozenset({"building", "door", "number"})


def _same_step(a: tuple[str, str], b: tuple[str, str]) -> bool:
    if a[1] != b[1]:
        return False
    return a[0] == b[0] != "bare" or ("number" in (a[0], b[0]) and {a[0], b[0]} <= VAGUE)


STAIRS = frozenset({"building", "door", "unit", "household", "lane", "yard", "flat"})


def stair(text: str, at: int) -> int:
    """Where the words of a building, a door or a household end that begin at `at` of plain text; 0 if none do.

    A bare 3号, No. 3 or 3楼 is none: it may be a day, an activity, a floor.
    """
    place, end = (None, at) if _inside(text, at) else _walk(text, at)
    return end if place is not None and _plainly(place, text[:end]) else 0


def _plainly(place: Place, words: str) -> bool:
    sort = place.steps[0][0]
    return sort in STAIRS or len(place.steps) > 1 or (sort == "number" and words.endswith("#"))


def names_a_place(words: str) -> bool:
    """Whether these words speak of a building, a door, a flat or a floor, and not only of a number."""
    return any(place.steps[0][0] == "floor" or _plainly(place, _fold(said)) for place, said in places_in(words))


def flat_in(words: str) -> str:
    """The flat that these words name, '' for none."""
    return next((step[1] for place, _ in places_in(words) for step in place.steps if step[0] == "flat"), "")
