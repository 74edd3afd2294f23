"""Danger in what is said: somebody fell, does not answer, is missing; fire, gas. Said of now, and of people."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from core.reading.text import plain

LONGEST = 400
"""Letters that are read; a cry for help is shorter."""


@cache
def _list(name: str) -> re.Pattern[str]:
    """A list of `alarms.toml`: `grave` and `danger` raise an alarm; `never`, and `over` without `now`, take it back."""
    lists = tomllib.loads((Path(__file__).parent / "vocabulary" / "alarms.toml").read_text(encoding="utf-8"))[name]
    entries = [*lists["zh"].split(), *(line for line in lists["en"].splitlines() if line)]
    return re.compile("|".join(entry.replace("…", ".{0,30}?") for entry in entries))


def alarming(words: str) -> bool:
    """Whether somebody is in danger now, by these words. A fire drill, a fall of last year and a cat are no danger."""
    text = " ".join(plain(words[:LONGEST]).text.replace("\u2019", "'").split()).strip(" .!?,。~…")
    if _list("never").search(text):
        return False
    if _list("grave").search(text):
        return True
    if not _list("danger").search(text):
        return False
    return not _list("over").search(text) or bool(_list("now").search(text))
