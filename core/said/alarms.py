"""Danger in what is said: somebody fell, does not answer, is missing; fire, gas. Said of now, and of people.

Of the lists in `alarms.toml` `grave` and `danger` raise an alarm; `never`, and `over` without `now`, take it back.
"""

from __future__ import annotations

from core.reading.parts import Written, plain

_WORDS = Written(__file__)
LONGEST = 400
"""Letters that are read; a cry for help is shorter."""


def alarming(words: str) -> bool:
    """Whether somebody is in danger now, by these words. A fire drill, a fall of last year and a cat are no danger."""
    text = _read(words)
    if _WORDS.listed("never").search(text):
        return False
    if _WORDS.listed("grave").search(text):
        return True
    if not _WORDS.listed("danger").search(text):
        return False
    return not _WORDS.listed("over").search(text) or bool(_WORDS.listed("now").search(text))


def all_clear(words: str) -> bool:
    """Whether they say that somebody is well again, or was found: 没事了，她在楼下晒太阳."""
    return _WORDS.listed("over").search(_read(words)) is not None


def _read(words: str) -> str:
    return " ".join(plain(words[:LONGEST]).text.replace("\u2019", "'").split()).strip(" .!?,。~…")
