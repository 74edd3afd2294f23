"""Whether somebody asks why the bot is not in their group, or why nothing comes of what they said there."""

from __future__ import annotations

from typing import Literal

from core.reading.parts import Written, plain

_WORDS = Written(__file__)
LONGEST = 60
"""Letters that are read; the question is shorter."""


def misses_the_bot(words: str) -> Literal["away", "unheard", ""]:
    """What is asked about the bot in a group: why it is `away`, why somebody is `unheard` there; '' for neither."""
    if len(words) > LONGEST:
        return ""
    text = plain(words).text.replace("\u2019", "'")
    if _WORDS.listed("away").search(text):
        return "away"
    return "unheard" if _WORDS.listed("unheard").search(text) else ""
