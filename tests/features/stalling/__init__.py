"""A feature whose verb never comes to an end: its reader is as readers must not be."""

from __future__ import annotations

import re
from pathlib import Path

from core.feature import Feature, Verb
from core.reading.verbs import Spelt
from core.talk.wishes import Wish
from core.turn import Turn

EXPONENTIAL = re.compile(r"(a+)+b")


def read_badly(_turn: Turn, _wish: Wish, words: str) -> None:
    """With `freeze` the interpreter stands still, in one call; without it only this thread goes round and round."""
    if "freeze" in words:
        EXPONENTIAL.match("a" * 64)
    while True:
        pass


FEATURE = Feature(
    folder=Path(__file__).parent, verbs=(Verb(Spelt("read_badly", zh="读死", en="read badly", words=True), read_badly),)
)
