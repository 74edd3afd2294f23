"""For which lists of people an activity is, as a posting says it: 请第一支部参加, members of the choir only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.reading.parts import DIGITS, FIGURES, Written, clause, plain

_WORDS = Written(__file__)


def key(name: str) -> str:
    """A name as it is compared."""
    return "".join(plain(name).text.split()).replace("第", "").translate(FIGURES)


@dataclass(frozen=True, slots=True)
class For:
    """For whom an activity is: the lists named, or everybody; and whether nobody else may come."""

    lists: tuple[str, ...] = ()
    everybody: bool = False
    only: bool = False


@lru_cache(32)
def _audience(known: tuple[str, ...]) -> re.Pattern[str]:
    # a name ends where another word begins: 第一支部活动室 is a place
    ends = rf"(?:{_WORDS.regex('before')}|(?![\u4e00-\u9fffa-z0-9](?<![的全都参来出党成人可能和跟及与])))"
    names = [f"{_spelt(each)}{ends}" for each in known]
    whole = _WORDS.regex("whole")
    some = "|".join([*sorted(names, key=len, reverse=True), whole])
    only = _WORDS.regex("only", NAMES=some)
    return re.compile(_WORDS.regex("audience", ONLY=only, INVITE=_WORDS.regex("invite"), NAMES=some))


def _spelt(name: str) -> str:
    """A name of a list, in any of the ways in which it may be written: 第一支部, 第1支部, 一支部."""
    out, at = "", key(name)
    for letter in at:
        alike = "".join(char for char, figure in DIGITS.items() if str(figure) == letter)
        out += rf"\s?第?\s?[{letter}{alike}]" if alike else rf"\s?{re.escape(letter)}"
    begins = r"(?<![a-z0-9])" if at[:1].isascii() else ""
    return begins + out.removeprefix(r"\s?")


def take_audience(words: str, known: Sequence[str]) -> tuple[str, For | None]:
    """The words without what says for whom it is, and that; None where nothing does."""
    piece = clause(words)
    pattern = _audience(tuple(known))
    found = next((each for each in pattern.finditer(piece.text) if not _goes_on(piece.text, each)), None)
    if found is None:
        return words, None
    names = found["names"]
    lists = tuple(each for each in known if re.search(_spelt(each), names))
    whole = not lists and re.search(_WORDS.regex("whole"), names) is not None
    rest = piece.said[: found.start()].rstrip(" ,，、") + " " + piece.said[found.end() :].lstrip(" ,，、")
    return rest.strip(), For(lists, whole, bool(found["only"]) or found["after"] == "only")


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether the word goes on behind it: 第一支部党员活动室 is a place."""
    after = text[found.end() :]
    here = re.search(r"[\u4e00-\u9fff]$", found[0]) is not None and re.match(r"[\u4e00-\u9fff]", after) is not None
    return here and not re.match(_WORDS.regex("before"), after)
