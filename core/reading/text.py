"""People's text made plain for reading (NFKC, simplified script, lower case), with the way back to what they wrote."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.reading import vocabulary

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f\u200e\u200f\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what a reader looks at; `origin[i]` is where its i-th character stands in what was written.

    `origin` has one more entry than `text`, so that ends can be looked up too.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words from `start` to `end` of the plain text, as offsets into what was written."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def plain(text: str) -> Plain:
    """Every character on its own, so that offsets are kept whatever is in there. Length may grow (㈱) or shrink."""
    letters: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if char in INVISIBLE:
            continue
        for letter in _fold(char):
            letters.append(letter)
            origin.append(at)
    origin.append(len(text))
    return Plain(mended("".join(letters)), tuple(origin))


def mended(text: str) -> str:
    """With slips of the keyboard that mean nothing else put right, letter for letter; some mean nothing else only
    where a message begins with them, or has no more in it.
    """
    slip, meant = _slips()
    if slip.search(text):
        text = slip.sub(lambda found: meant[found[0]], text)
    for section, rest in (("begins", ".*"), ("whole", r"(?:\s*#?\d{1,4}号?)?[\s.!?,。~…]*")):
        alone, meant = _alone(section, rest)
        if (found := alone.fullmatch(text)) is not None:
            start, end = found.span("slip")
            text = text[:start] + meant[found["slip"]] + text[end:]
    return text


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    words, hours = vocabulary.slips("words"), vocabulary.slips("hours")
    any_word, any_hour = "|".join(map(re.escape, words)), "|".join(hours)
    return re.compile(rf"{any_word}|(?<=[\d一二两三四五六七八九十])(?:{any_hour})"), words | hours


@cache
def _alone(section: str, rest: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meant = vocabulary.slips(section)
    any_word = "|".join(map(re.escape, meant))
    return re.compile(rf"[\s/!]*(?P<slip>{any_word}){rest}", re.DOTALL), meant


@cache
def _simplified() -> dict[int, str]:
    """The simplified form of every traditional character, for `str.translate`."""
    table = (Path(__file__).parent / "vocabulary" / "script.txt").read_text("utf-8")
    pairs = "".join(line for line in table.splitlines() if not line.startswith("#"))
    return {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}


# Characters are few and recur in every message: remembering them all costs less than one conversion.
_folded: dict[str, str] = {}


def _fold(char: str) -> str:
    """One character in its plain form: full-width to half, compatibility forms resolved, simplified, lower case."""
    known = _folded.get(char)
    if known is None:
        known = unicodedata.normalize("NFKC", char)
        if HAN.search(known):
            known = known.translate(_simplified())
        known = known.lower()
        if len(_folded) < 60_000:
            _folded[char] = known
    return known
