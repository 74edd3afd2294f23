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
    text = " ".join(plain(words[:LONGEST]).text.replace("\u2019", "'").split()).strip(" .!?,。~…")
    if _WORDS.listed("never").search(text):
        return False
    if _WORDS.listed("grave").search(text):
        return True
    if not _WORDS.listed("danger").search(text):
        return False
    return not _WORDS.listed("over").search(text) or bool(_WORDS.listed("now").search(text))
