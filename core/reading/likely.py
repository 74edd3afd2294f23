"""What words that no rule reads most likely wish: learned from the corpora, only ever proposed, and only privately.

A score for each way of wishing is the sum of the weights of the words' letters, pairs and triples of them. The weights
are trained by `python -m bench.likely`, which also fixes from which score on something is proposed: where, of the part
of the corpora that it was not trained with, almost nothing is proposed wrongly.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from base64 import b85decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from core.reading.text import plain
from core.reading.vocabulary import regex

WISHES = ("", "join", "leave")
"""Neither stands first."""
PLACES = 8192
"""Rows of letters share that many weights: which one is theirs is decided by their letters alone."""
LONGEST = 60
_OTHERS = re.compile(regex("likely", "others"))
"""What asks, or speaks for others: nothing is proposed for it."""
FILE = Path(__file__).parent / "vocabulary" / "likely.toml"


@dataclass(frozen=True, slots=True)
class Learned:
    """For each wish its weights, a number of whole steps each; `sure`: the likelihood from which on it is proposed."""

    weights: tuple[tuple[int, ...], ...]
    step: float
    sure: float


@cache
def learned() -> Learned:
    """What the file holds."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rows = tuple(
        tuple(byte - 128 for byte in b85decode(said["weights"][wish])) for wish in ("neither", "join", "leave")
    )
    return Learned(rows, said["step"], said["sure"])


def letters(words: str) -> Iterator[int]:
    """The place of each row of one to three letters, beginning and end being letters too."""
    text = f"^{''.join(plain(words[:LONGEST]).text.split())}$"
    for long in (1, 2, 3):
        for at in range(len(text) - long + 1):
            yield zlib.crc32(text[at : at + long].encode("utf-8", "replace")) % PLACES


def likelihoods(scores: list[float]) -> list[float]:
    """Scores as shares of one."""
    powers = [exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def weighed(words: str) -> list[float]:
    """How likely each of `WISHES` is."""
    known = learned()
    places = set(letters(words))
    return likelihoods([known.step * sum(row[at] for at in places) for row in known.weights])


def likely(words: str) -> str:
    """What these words most likely wish, join or leave; '' where that is not likely enough to be asked about."""
    if not 1 < len(words.strip()) <= LONGEST or _OTHERS.search(plain(words).text):
        return ""
    share = weighed(words)
    best = max(range(len(WISHES)), key=share.__getitem__)
    return WISHES[best] if share[best] >= learned().sure else ""


learned()  # when the program starts, so that nobody's sign-up waits for it
