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
_NO_MORE_EN = re.compile(regex("regular", "no_more_en"))
_SKIP_EN = re.compile(regex("regular", "skip_en"))
_SWAP = re.compile(regex("regular", "swap"))
_TAKES = re.compile(r"上(?=周|星期|礼拜)")
"""我上周四的: nobody changes what was last week."""
_SWAP_EN = re.compile(regex("regular", "swap_en"))
DAYS = ("days", "days_of", "days_own", "days_mine")
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
        said = next((found[name] for name in DAYS if found[name]), None)
        return Duty("join", day=_every(said) if said not in (None, "以后") else ALWAYS, kind=_kind(found, kinds))
    if (found := another.fullmatch(text)) and (said := _of_another(found, piece, kinds)):
        return said
    if found := _NO_MORE.fullmatch(text):
        return Duty("leave", day=_every(found["day"]) if found["day"] else ALWAYS)
    if found := _NO_MORE_EN.fullmatch(text):
        return Duty("leave", day=f"every {found['day']}")
    if found := _SKIP_EN.fullmatch(text):
        return Duty("leave", day=found["day"])
    if (found := _SWAP.fullmatch(text)) and (swap := _of_two(found, piece)):
        return swap
    if found := _SWAP_EN.fullmatch(text):
        name = piece.said[found.start("name") : found.end("name")]
        return Duty("swap", who=name, day=f"{found['mine']}、{found['theirs']}")
    if (found := _PAUSE.fullmatch(text)) and not (among_others and "停" not in text and "pause" not in text):
        return Duty("pause", rest=found["until"] or found["until_en"])
    if _RESUME.fullmatch(text) and not among_others:
        return Duty("resume")
    return None


def _every(day: str) -> str:
    """每周二 of 以后周二都排老张, as of 每周二."""
    return f"每{day.removeprefix('的').removeprefix('每')}" if not day.isascii() else day


def _kind(found: re.Match[str], kinds: Kinds) -> str | None:
    word = next((word for name, word in found.groupdict().items() if name.startswith("kind") and word), None)
    kind = kinds.begun(word) if word else None
    return kind.name if kind else None


def _of_another(found: re.Match[str], piece: Clause, kinds: Kinds) -> Duty | None:
    which = next(name for name in "abcde" if found[name])
    at = piece.text.find(found.string)
    name = piece.said[at + found.start(f"name_{which}") : at + found.end(f"name_{which}")].strip()
    english = name.isascii()
    if not name or not (looks_like_a_name(name, "en" if english else "zh")) or name.lower() in NOBODY:
        return None
    return Duty("regular", who=name, day=_every(found[which]), kind=_kind(found, kinds))


def _of_two(found: re.Match[str], piece: Clause) -> Duty | None:
    """我跟水师傅换，我周四他周二: with two days of two people, whoever stands between 跟 and 换 is one of them."""
    which = next(name for name in "abcd" if found[f"name_{name}"])
    days = found[f"days_{which}"] if which in "ab" else f"{found[f'mine_{which}']}，{found[f'theirs_{which}']}"
    two = days_of_swap(_TAKES.sub("", days))
    at = piece.text.find(found.string)
    name = piece.said[at + found.start(f"name_{which}") : at + found.end(f"name_{which}")]
    return Duty("swap", who=name, day=two) if two else None


NOBODY = frozenset(
    {"i", "we", "you", "he", "she", "they", "it", "who", "everybody", "somebody", "me", "us", "join", "not"}
)


def days_of_swap(text: str) -> str:
    """The two days of 我跟王伯换，我周二他周四; '' where there are not two."""
    found = days_in(text)
    return "、".join(found) if len(found) == 2 else ""


def days_in(text: str) -> list[str]:
    """The words of days that stand anywhere in a plain text: 12月1号 of 12月1号要陪老伴看病，来不了了."""
    found: list[str] = []
    at = 0
    while at < len(text):
        both = [match for match in (DAY.match(text, at), DAY_EN.match(text, at)) if match]
        match = max(both, key=lambda each: each.end(), default=None)
        if match and match.end() > at and re.search(r"周|星期|礼拜|[号日天/]|day|\d", match[0]):
            found.append(match[0].strip(" 的"))
            at = match.end()
        else:
            at += 1
    return found
