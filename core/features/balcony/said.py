"""What is said of balconies: pure, words in and values out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Wholly, Written, clause

ACTS = ("story", "rained", "watered", "needs", "give_back", "adopt", "state", "hand", "all", "of_plant", "photo")
STATES = ("empty", "to_plant", "planted", "thriving", "dead", "care")


@dataclass(frozen=True, slots=True)
class OfBalcony:
    """What is said of one: `place` as named, '' for none; `who` it is handed to; `state` with what grows there.

    `mine`: it was called the speaker's own, 我的花. `helps`: it is asked who could do it.
    """

    act: str
    place: str = ""
    who: str = ""
    state: str = ""
    grows: str = ""
    mine: bool = False
    helps: bool = False


pattern = Written(__file__).pattern


def read(words: str, *, pictured: bool = False) -> OfBalcony | None:
    """What these words, all of them, say of balconies. A place alone means something only under a picture."""
    piece = clause(words[:61]).strip(" .!。~?？吧哦啊呀啦,，")
    if not piece.text or len(words) > 60:
        return None
    for act in ("photo", *ACTS) if pictured else ACTS:
        if (act == "photo") is not pictured and act in ("photo", "story"):
            continue
        found = pattern(act).fullmatch(piece.text)
        if found is None:
            continue
        groups = {name: value for name, value in found.groupdict().items() if value}
        where = pattern("place").search(piece.text)
        place = where[0] if where else ""
        mine = pattern("mine").fullmatch(place) is not None
        place = "" if mine else place
        if act in ("story", "adopt") and not (place or mine) and (number := re.search(r"\d{1,3}", piece.text)):
            place = number[0]
        who = next(
            (piece.cut(*found.span(name)).said.strip() for name in ("who", "who2", "who3", "who4") if name in groups),
            "",
        )
        if act == "of_plant":
            return OfBalcony(act, grows=groups.get("plant") or groups["plant2"])
        helps = act == "needs" and pattern("help").search(piece.text) is not None
        return OfBalcony(act, place, who, *_state(act, groups), mine=mine, helps=helps)
    return None


def going(words: str) -> bool:
    """知道了，马上去, in answer to what was asked of its carer."""
    return len(words) <= 20 and pattern("going").fullmatch(clause(words).text.strip()) is not None


def of_any(plant: str) -> bool:
    """Whether this may be said of whatever grows: 花, 叶子, leaves."""
    return pattern("whatever").fullmatch(plant) is not None


def for_good(words: str) -> bool:
    """Whether words of who takes a place can only mean that it is looked after from then on: 认养, 照看."""
    return pattern("for_good").search(clause(words).text) is not None


_EN = dict(zip(("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8"), (*STATES, "care", "care"), strict=True))


def _state(act: str, groups: dict[str, str]) -> tuple[str, str]:
    if act == "photo":
        return ("before" if any(name.startswith("before") for name in groups) else "after", "")
    if act != "state":
        return "", ""
    grows = groups.get("grows") or groups.get("grows2") or ""
    if grows:
        bare = re.sub(r"^(?:种的?是|种了|种着|种上了?|种|grows|planted with|growing|has) ?|了$", "", grows)
        return "planted", bare.strip()
    name = next(iter(groups))
    return _EN.get(name, name), ""


SAID = Wholly("balcony", reads=lambda: map(pattern, ACTS), after=r"[\s.!?。~吧哦啊呀啦]*")
"""All that can be said of balconies, as one verb."""
