"""What is said of duty for good: every Tuesday, a pause, coming back, and two who change their days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.reading.clauses import Clause
from core.reading.kinds import Kinds, any_of
from core.reading.names import looks_like_a_name
from core.reading.open_words import DAY, DAY_EN
from core.reading.vocabulary import regex

LONGEST = 60
_PAUSE = re.compile(regex("regular", "pause"))
_RESUME = re.compile(regex("regular", "resume"))
_NO_MORE = re.compile(regex("regular", "no_more"))
_SWAP_EN = re.compile(regex("regular", "swap_en"))
ALWAYS = "每次"
"""The day of who comes whenever it takes place."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What was said: an intent, and the person, day, kind and words of a day that stand with it."""

    intent: str
    who: str = ""
    day: str = ""
    kind: str | None = None
    rest: str = ""


@lru_cache(16)
def _patterns(kinds: Kinds) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = any_of(kind.begins for kind in kinds)
    return tuple(re.compile(regex("regular", name, KINDS=words)) for name in ("of_another", "myself"))  # type: ignore[return-value]  # two of them


def duty(piece: Clause, kinds: Kinds, *, among_others: bool) -> Duty | None:
    """The sentence as one about duty for good. `among_others`: said in a group, where 休息到周五 is talk."""
    text = piece.text.strip(" .!?。~,、")
    if not text or len(text) > LONGEST:
        return None
    another, myself = _patterns(kinds)
    if found := myself.fullmatch(text):
        return Duty(
            "join", day=found["days"] if found["days"] not in (None, "以后") else ALWAYS, kind=_kind(found, kinds)
        )
    if (found := another.fullmatch(text)) and (said := _of_another(found, piece, kinds)):
        return said
    if found := _NO_MORE.fullmatch(text):
        return Duty("leave", day=f"每{found['day'].removeprefix('每')}" if found["day"] else ALWAYS)
    if found := _SWAP_EN.fullmatch(text):
        name = piece.said[found.start("name") : found.end("name")]
        return Duty("swap", who=name, day=f"{found['mine']}、{found['theirs']}")
    if (found := _PAUSE.fullmatch(text)) and not (among_others and "停" not in text and "pause" not in text):
        return Duty("pause", rest=found["until"] or found["until_en"])
    if _RESUME.fullmatch(text) and not among_others:
        return Duty("resume")
    return None


def _kind(found: re.Match[str], kinds: Kinds) -> str | None:
    word = next((word for name, word in found.groupdict().items() if name.startswith("kind") and word), None)
    kind = kinds.begun(word) if word else None
    return kind.name if kind else None


def _of_another(found: re.Match[str], piece: Clause, kinds: Kinds) -> Duty | None:
    which = next(name for name in "abcd" if found[name])
    at = piece.text.find(found.string)
    name = piece.said[at + found.start(f"name_{which}") : at + found.end(f"name_{which}")].strip()
    english = name.isascii()
    if not name or not (looks_like_a_name(name, "en" if english else "zh")) or name.lower() in NOBODY:
        return None
    return Duty("regular", who=name, day=found[which], kind=_kind(found, kinds))


NOBODY = frozenset(
    {"i", "we", "you", "he", "she", "they", "it", "who", "everybody", "somebody", "me", "us", "join", "not"}
)


def days_of_swap(text: str) -> str:
    """The two days of 我跟王伯换，我周二他周四; '' where there are not two."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = DAY.match(text, at) or DAY_EN.match(text, at)
        if match and match.end() > at and re.search(r"周|星期|礼拜|[号日天/]|day|\d", match[0]):
            found.append(match[0].strip(" 的"))
            at = match.end()
        else:
            at += 1
    return "、".join(found) if len(found) == 2 else ""
