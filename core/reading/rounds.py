"""What visitors say on a round: 送到了 with what follows, 没碰上, 没事, 要跟进, 急."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.clauses import clause
from core.reading.vocabulary import regex


@dataclass(frozen=True, slots=True)
class OfRound:
    """delivered, not_in, fine, follow_up or urgent; `rest`: what was said behind it."""

    act: str
    rest: str = ""


_END = r"[\s.!?。！？~，,]*"
_BEGUN = {
    act: re.compile(rf"(?:{regex('rounds', act)})(?:{_END}$|[\s,，。;；:：!！]+(?P<rest>\S.*))", re.DOTALL)
    for act in ("delivered", "not_in")
}
_WHOLE = {act: re.compile(rf"(?:{regex('rounds', act)}){_END}") for act in ("fine", "follow_up", "urgent")}


def read_round(words: str) -> OfRound | None:
    """What these words say of a round; None where they say anything else."""
    piece = clause(words[:2_000]).strip()
    for act, pattern in _BEGUN.items():
        if found := pattern.fullmatch(piece.text):
            rest = piece.said[found.start("rest") :].strip() if found["rest"] else ""
            return OfRound(act, rest)
    if len(piece.text) > 20:
        return None
    return next((OfRound(act) for act, pattern in _WHOLE.items() if pattern.fullmatch(piece.text)), None)
