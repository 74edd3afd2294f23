"""What is said of visits before commands are looked for: of the register, or by who is on a round."""

from __future__ import annotations

from core.features.visit import register
from core.talk import rounds
from core.turn import Turn


def hears(turn: Turn, about: int, words: str) -> bool:
    """Whether words were about either, and were acted upon."""
    return register.hears(turn, about, words) or rounds.hears(turn, about, words)
