"""Words written where everybody reads them are to go: 帮我删掉, 群里那条撤回来, take it down; or are gone already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.parts import Written, clause

_WORDS = Written(__file__)

Act = Literal["take", "done", "keep"]


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to become of them. `sure`: they say what is to go, or that the bot is to do it; a bare 删掉 does not."""

    act: Act
    sure: bool = True


def _take() -> re.Pattern[str]:
    ask = _WORDS.regex("ask")
    again = ask.replace("?P<helper>", "?P<helper_too>")
    parts = {"ASK2": again, "THING2": _WORDS.regex("thing", N="_too"), "GONE": _WORDS.regex("gone")}
    parts |= {"ASK": ask, "THING": _WORDS.regex("thing", N=""), "AFTER": _WORDS.regex("after")}
    return re.compile(_WORDS.regex("take", **parts))


_TAKE = _take()
_DONE, _KEEP = (re.compile(_WORDS.regex(name)) for name in ("done", "keep"))
LONGEST = 40
"""Letters. Who writes more says something else."""


def read_removal(words: str) -> Removal | None:
    """What these words, all of them, say of words that stand in the wrong place; None where they say anything else."""
    piece = clause(words[:100]).strip()
    if not piece.text or len(piece.text) > LONGEST:
        return None
    if _KEEP.fullmatch(piece.text):
        return Removal("keep", sure=False)
    if _DONE.fullmatch(piece.text):
        return Removal("done", sure=False)
    found = _TAKE.fullmatch(piece.text)
    return None if found is None else Removal("take", sure=any(found.groups()))
