"""Whether two neighbours may speak of the same thing: the same place, and alike words. Only to ask."""

from __future__ import annotations

import re
from functools import cache

from core.reading.places import VAGUE, Place, alike, places_in
from core.reading.text import plain
from core.reading.vocabulary import regex

ENOUGH, ENOUGH_WITHOUT_PLACE = 0.6, 0.7
"""What part of the shorter one's words both must have."""
_EVERYWHERE = re.compile(regex("alike", "everywhere"))
_WORD = re.compile(r"[a-z]{2,}|[\u3400-\u9fff]|\d+")


def speak_alike(one: str, two: str) -> bool:
    """Whether these may be about one and the same: a place said in both must be one."""
    here, there = [place for place, _ in places_in(one)], [place for place, _ in places_in(two)]
    if here and there and not any(_same(a, b) for a in here for b in there):
        return False
    a, b = _content(one), _content(two)
    shorter = min(len(a), len(b))
    both = len(a & b)
    if not shorter or not both:
        return False
    if here and there:
        return both / shorter >= ENOUGH
    return both >= 2 and both / shorter >= ENOUGH_WITHOUT_PLACE


def in_place(place: str, words: str) -> bool:
    """Whether what these words tell of is at this place: where one of the two names none, it may be."""
    named = [found for found, _ in places_in(words)]
    if not place.strip() or not named or _EVERYWHERE.search(plain(place).text):
        return True
    there = [found for found, _ in places_in(place)]
    if not there:
        return plain(place).text.strip() in plain(words).text
    return any(_same(a, b) for a in there for b in named)


def _same(a: Place, b: Place) -> bool:
    """The same building, whichever stair of it is named."""
    first, second = a.steps[0], b.steps[0]
    return alike(a, b) or first == second or (first[1] == second[1] and {first[0], second[0]} <= VAGUE)


def _content(words: str) -> frozenset[str]:
    """The words that say what it is about: places, and words that all sentences have, left out."""
    text = plain(words).text
    for _, said in places_in(words):
        text = text.replace(plain(said).text, " ")
    for meant, others in _same_words():
        text = others.sub(f" {meant} ", text)
    return frozenset(found for found in _WORD.findall(text) if found not in _empty())


@cache
def _same_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    groups = (group.split(":") for group in regex("alike", "same_words").split("|"))
    return tuple((meant, re.compile("|".join(_bounded(w) for w in others.split()))) for meant, others in groups)


def _bounded(word: str) -> str:
    return rf"\b{word}\b" if word.isascii() else word


@cache
def _empty() -> frozenset[str]:
    return frozenset((*regex("alike", "empty"), *regex("alike", "empty_en").split()))
