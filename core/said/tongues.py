"""In which of its languages the bot is written to."""

from __future__ import annotations

import re

from core.reading.parts import HAN

_LATIN = re.compile(r"[A-Za-z]")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'\u2019]+")
_HANDLES = re.compile(r"@\S+|https?://\S+")
SENTENCE = 3
"""Words of English that are no slip and no OK."""


def written_in(words: str) -> str | None:
    """'zh' or 'en', where these words are plainly in it: a name in the other script, OK and +1 say nothing."""
    bare = _HANDLES.sub(" ", words)
    han, latin = len(HAN.findall(bare)), len(_LATIN.findall(bare))
    if han >= 2 and 2 * han >= latin:
        return "zh"
    return "en" if han == 0 and len(_WORDS.findall(bare)) >= SENTENCE else None
