"""报平安 每天9点 王伯 邻居李阿姨: that somebody is to be asked each morning whether they are well, or no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from core.reading.parts import Written, clause, number

_SAID = Written(__file__)
LONGEST = 80
LONGEST_NAME = 24
_WORD = _SAID.pattern("word")
_BEGINS = _SAID.pattern("begins")
_DAILY = _SAID.pattern("daily")
_FILLER = _SAID.pattern("filler")
_NEIGHBOUR = re.compile(_SAID.regex("neighbour"), re.IGNORECASE)
_TIME = _SAID.pattern("time")
_OFF = _SAID.pattern("off")
_LATER = re.compile("下午|傍晚|晚上|夜里")
ONESELF = frozenset({"", "我", "自己", "我自己", "本人", "me", "myself"})


@dataclass(frozen=True, slots=True)
class MorningSaid:
    """`off`: no more. `at`: None where nobody said when. `who`, `neighbour`: names as typed, '' for oneself or none."""

    off: bool = False
    at: time | None = None
    who: str = ""
    neighbour: str = ""


def read_morning(words: str) -> MorningSaid | None:
    """What these words arrange; None where they are about something else, as 到家报平安 among friends is."""
    piece = clause(words[: LONGEST + 1]).strip(" \t\n.,!?。，！~、;:")
    text = piece.text.replace("\u2019", "'")
    if len(words) > LONGEST or not text:
        return None
    if found := _OFF.fullmatch(text):
        name = next((group for group in ("after", "before", "en") if found[group]), None)
        return MorningSaid(off=True, who=as_typed(piece.said, found, name) if name else "")
    if not (_WORD.search(text) and (_BEGINS.match(text) or _DAILY.search(text))):
        return None
    said = piece.said if len(piece.said) == len(text) else text
    neighbour = ""
    if found := _NEIGHBOUR.search(said):
        neighbour = (found["zh"] or found["en"]).strip()
        said = f"{said[: found.start()]} {said[found.end() :]}"
    at, said = hour(said)
    said = (
        _WORD.sub(" ", said, count=1) if _WORD.search(said) else re.sub(_WORD.pattern, " ", said, flags=re.IGNORECASE)
    )
    name = " ".join(re.sub(_FILLER.pattern, " ", said, flags=re.IGNORECASE).split())
    if name.lower() in ONESELF:
        name = ""
    if len(name) > LONGEST_NAME or (not name.isascii() and len(name) > 8):
        return None
    return MorningSaid(at=at, who=name, neighbour=neighbour)


def as_typed(written: str, found: re.Match[str], name: str) -> str:
    who = written[found.start(name) : found.end(name)].strip()
    return "" if who.lower() in ONESELF else who


def hour(text: str) -> tuple[time | None, str]:
    """The time of day that was said, and the rest of the words."""
    found = re.search(_TIME.pattern, text, re.IGNORECASE)
    if found is None:
        return None, text
    hours = int(number(found["h"] or found["h_en"]) or 0)
    said = found["m"] or "0"
    minutes = {"半": 30, "一刻": 15, "三刻": 45}.get(said) or int(said if said.isdecimal() else 0)
    later = _LATER.fullmatch(found["part"] or "") or (found["ap"] or found["ap_en"] or "").lower() == "pm"
    hours += 12 if later and hours < 12 else 0
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return (time(hours, minutes), rest) if hours < 24 and minutes < 60 else (None, rest)
