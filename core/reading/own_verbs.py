"""Verbs of the bot's own that are spelt like those of features: one's own data and name, as last time, to a
coordinator, and which language is spoken.
"""

from __future__ import annotations

import re

from core.reading.clauses import clause
from core.reading.verbs import Spelt
from core.reading.vocabulary import regex

_PARTS = {name.upper(): regex("own_verbs", name) for name in ("kept", "all", "ask", "ask_en", "end", "end_en")}


def _of(name: str) -> str:
    return regex("own_verbs", name, **_PARTS)


WITH_WORDS = ("correct", "misnamed", "again", "tell_coordinator")
"""Those that may have words behind them."""
OWN = tuple(
    Spelt(intent, zh=_of(intent), en=_of(f"{intent}_en"), words=intent in WITH_WORDS)
    for intent in (
        "my_data", "consents", "forget_me", *WITH_WORDS, "speak_en", "speak_zh", "just_en", "just_zh",
    )
)  # fmt: skip
"""`just_`: nothing but the name of a language."""
_RIGHT = re.compile(_of("right_name"))


def right_name(words: str) -> str | None:
    """陈大伯 of 应该是陈大伯, 我叫陈大伯, it should be Tom; None where they say no name."""
    piece = clause(words).strip()
    found = _RIGHT.fullmatch(piece.text)
    return None if found is None else piece.said[found.start("name") : found.end("name")].strip()
