"""An activity meant by its title: 报名 大扫除, 讲座我来, where any word may be one."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.activities import Occurrence
from core.reading.parts import Kind
from core.turn import Turn

SHORTEST = 2
"""Letters of a title that means anything in a sentence."""


LONGEST = 60
"""Letters of a message that is read for titles: each costs a look at what is open."""
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Titled(NamedTuple):
    """The activity, and what was said besides its title."""

    occurrence: Occurrence
    rest: str


def titled(turn: Turn, words: str) -> Titled | None:
    """The one open activity of the kind for anything else whose title stands in these words; else None."""
    free = turn.kinds.for_anything()
    if free is None or len(words) > LONGEST or not _LETTERS.search(words):
        return None
    found = [o for o in turn.posted() if is_titled(o, free) and stands_in(o, words)]
    longest = max((len(o.title) for o in found), default=0)
    meant = [o for o in found if len(o.title) == longest]  # 大扫除 and 楼道大扫除
    if len(meant) != 1:
        return None
    rest = re.sub(
        rf"(?:\b(?:for|to|at) )?(?:\bthe )?{re.escape(meant[0].title)}", " ", words, count=1, flags=re.IGNORECASE
    )
    return Titled(meant[0], rest.strip(" \t,，.。!！:：的"))


def is_titled(occurrence: Occurrence, free: Kind) -> bool:
    """Whether it has a title of its own, and is not called by the name of its kind."""
    return occurrence.kind == free.name and occurrence.title not in (free.zh, free.en)


def stands_in(occurrence: Occurrence, words: str) -> bool:
    title = occurrence.title
    return len(title) >= SHORTEST and title.casefold() in words.casefold()
