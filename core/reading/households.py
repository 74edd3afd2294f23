"""Those who are visited: what is said of each household, which only those who go there may read."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from core.reading.headcounts import LABEL, NUM, WHO, WHO_EN, Wanted, labels
from core.reading.page import STRUCK, Page
from core.reading.vocabulary import regex

_PLACE = re.compile(regex("households", "place"))
"""What makes a building a place to meet at, and no household."""
_COUNT = re.compile(regex("households", "count", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
_ANOTHER = re.compile(r"\s*(?:[、,和及与/&¦]|and\b|[(]$)")
_END = re.compile(r"[\n。;!?]|\.(?=\s|$)")
_STOP = re.compile(r"[\n。;!?,、]|\.(?=\s|$)")
_FLAT = re.compile(r"(?<!\d)\d{3,4}室|\b(?:flat|room|apt\.?|apartment) \d{1,4}[a-z]?")


@dataclass(frozen=True, slots=True)
class Home:
    """A household: its building, and all that was said of it (3号楼302室王奶奶)."""

    label: str
    said: str


def take_homes(page: Page) -> list[Home]:
    """Every building of which more is said than how many shall go there; that leaves the text, the building stays.

    A household's words go up to the next building. Those of the last one end at a comma: what follows is of all.
    """
    found = [match for match in LABEL.finditer(page.left) if match["one"] or match["en_one"]]
    homes: list[Home] = []
    for at, match in enumerate(found):
        follows = found[at + 1].start() if at + 1 < len(found) else None
        start, end = _own(page.left, match.end(), follows)
        own = page.said(start, end).strip(" 、,，;；:：")
        if start < end and any(c.isalnum() for c in own):
            homes.append(Home(labels(match, page)[0], page.said(match.start(), end).strip(" 、,，;；:：")))
            page.strike(start, end)
    return homes


def _own(text: str, start: int, follows: int | None) -> tuple[int, int]:
    """Where the words of the household stand whose building ends at `start`."""
    if _PLACE.match(text, start) or _COUNT.match(text, start):
        return start, start
    end = follows if follows is not None else len(text)
    line = text.rfind("\n", 0, start) + 1
    whole = follows is not None or (line and not text[line:start].strip(f"{STRUCK} ;").count(" "))
    stop = (_END if whole else _STOP).search(text, start, end)
    end = stop.start() if stop else end
    if (struck := text.find(STRUCK, start, end)) >= 0:
        end = struck
    if count := _COUNT.search(text, start, end):
        end = count.start()
    return start, end


def take_flats(page: Page) -> str | None:
    """Flats said apart from any building: nothing for a group to read, so they leave place and labels."""
    return "、".join([page.said(*match.span()) for match in page.each(_FLAT)]) or None


def shared(slots: tuple[Wanted, ...], homes: list[Home]) -> tuple[tuple[Wanted, ...], list[str]]:
    """The slots with what is said of each household, and the words of those that have no slot of their own."""
    waiting: dict[str, list[Home]] = defaultdict(list)
    for home in homes:
        waiting[home.label].append(home)
    many = [slot.label for slot in slots]
    told = []
    for slot in slots:
        mine = waiting[slot.label]
        own = mine[:1] if many.count(slot.label) > 1 else mine[:]
        del mine[: len(own)]
        told.append(replace(slot, said="、".join(home.said for home in own)) if own else slot)
    left = [home.said for homes in waiting.values() for home in homes]
    return tuple(told), left
