"""Danger in what is said: somebody fell, does not answer, is missing; fire, gas. Said of now, and of people.

Of the lists in `alarms.toml` `grave` and `danger` raise an alarm; `never`, and `over` without `now`, take it back.
"""

from __future__ import annotations

from core.reading.text import plain
from core.reading.vocabulary import listed

LONGEST = 400
"""Letters that are read; a cry for help is shorter."""


def alarming(words: str) -> bool:
    """Whether somebody is in danger now, by these words. A fire drill, a fall of last year and a cat are no danger."""
    text = " ".join(plain(words[:LONGEST]).text.replace("\u2019", "'").split()).strip(" .!?,。~…")
    if listed("alarms", "never").search(text):
        return False
    if listed("alarms", "grave").search(text):
        return True
    if not listed("alarms", "danger").search(text):
        return False
    return not listed("alarms", "over").search(text) or bool(listed("alarms", "now").search(text))
