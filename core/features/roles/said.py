"""Who does what with the coordinators, as it is said: 王阿姨当副手, 李阿姨只管慰问, 王阿姨不管了, 谁管什么."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.parts import Written, clause

What = Literal["deputy", "visits", "patrols", "none", "asked"]
LONGEST = 60
"""Letters. Whoever writes more is telling something."""
NAME_ZH, NAME_EN = r"[^\s,，。.!?:、]{1,8}?", r"[^,.!?:]{1,40}?"
_of = Written(__file__).regex
_END = r"[\s.!?。！？~]*"


def _zh(middle: str) -> re.Pattern[str]:
    return re.compile(rf"{_of('let')}(?P<name>{NAME_ZH}){middle}{_of('done')}{_END}")


def _en(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_of(name, NAME=NAME_EN)}){_END}", re.IGNORECASE)


_SAID: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("none", re.compile(rf"{_of('ends_before')}(?P<name>{NAME_ZH}){_of('ends_behind')}{_of('done')}{_END}")),
    ("none", _zh(f"(?:{_of('ends')})")),
    ("deputy", _zh(_of("deputy"))),
    ("visits", _zh(_of("only") + _of("visits"))),
    ("patrols", _zh(_of("only") + _of("patrols"))),
    ("none", _en("ends_en")),
    ("deputy", _en("deputy_en")),
    ("visits", _en("only_en")),
)
_ASKED = re.compile(rf"(?:{_of('asked')}|{_of('asked_en')}){_END}", re.IGNORECASE)
_NOBODY = re.compile(r"谁.*|我们?.*|大家.*|各位.*|你们?|您|他们?|她们?|i|you|we|they|who|he|she", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfRole:
    """Somebody, as they are called, and the role that they are to have; "none" where it ends, "asked" for all."""

    what: What
    name: str = ""


def read_role(words: str) -> OfRole | None:
    """What these words, all of them, say of roles; None where they say anything else."""
    piece = clause(words[: LONGEST * 2]).strip()
    said = " ".join(piece.said.split())
    if not said or len(said) > LONGEST:
        return None
    if _ASKED.fullmatch(said):
        return OfRole("asked")
    bare = said if said.isascii() else said.replace("，", ",").replace(" ", "")
    for what, pattern in _SAID:
        found = pattern.fullmatch(bare)
        if found is None:
            continue
        parts = {key: value for key, value in found.groupdict().items() if value}
        which = (parts.pop("what", "") or parts.pop("what2", "")).lower()
        name = next(iter(parts.values())).strip()
        if _NOBODY.fullmatch(name):
            return None
        return OfRole("patrols" if "patrol" in which else what, name)
    return None
