"""What is said of study at the door before commands are looked for: 请假的送上门, or by who is on a round."""

from __future__ import annotations

from core.excused import carried_to
from core.rules import Refusal
from core.said.visits import read_excused
from core.talk import rounds
from core.talk.drafting import draft
from core.turn import Turn


def hears(turn: Turn, about: int, words: str) -> bool:
    """Whether words were about either, and were acted upon."""
    return to_excused(turn, words) or rounds.hears(turn, about, words)


def to_excused(turn: Turn, words: str) -> bool:
    """请假的送上门 12月1日到12月18日, privately by a coordinator: a draft with a household for each of them."""
    if not turn.chat.private or not read_excused(words):
        return False
    if not turn.may("arrange", "study"):
        turn.refuse(Refusal("coordinators_only"))
    elif not carried_to(turn.work):
        turn.tell("study.nobody_excused")
    else:
        draft(turn, words, "study")
    return True
