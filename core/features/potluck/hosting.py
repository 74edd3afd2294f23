"""What its coordinator says of a meal in passing: when the cooks come, how many come to eat. It is changed at once."""

from __future__ import annotations

from core.activities import Occurrence
from core.features.potluck import said
from core.features.potluck.minding import NAME
from core.reading import read_time
from core.talk.deciding import do
from core.talk.wishes import Wish
from core.turn import Turn


def hear(turn: Turn, about: int, words: str) -> bool:
    """Such words in answer to a meal's board, or privately. False: they say something else, or whoever says them may
    not change it: 90 people are coming, said by a neighbour, is passed on as any words are.
    """
    row = turn.session.get(Occurrence, (turn.here.id, about)) if about else None
    if (about and (row is None or row.kind != NAME)) or not (about or turn.chat.private):
        return False
    if not turn.may("arrange", NAME) or not (about or any(row.kind == NAME for row in turn.posted())):
        return False
    edited = cooks(turn, words) or said.expects(words)
    return bool(edited) and do(turn, Wish("edit", occurrence=about, kind="" if about else NAME, thing=edited), edited)


def cooks(turn: Turn, words: str) -> str:
    """烧菜的改成9点半到 as a correction says it; '' for anything else."""
    hour = said.cooks_at(words)
    if not hour:
        return ""
    said_so = f"cooks arrive at {hour}" if words.isascii() else f"做菜的{hour}到"
    read = read_time(said_so, base=turn.local, lang=turn.lang)
    told = sum(end - start for start, end in read.spans)
    if read.kind != "instant" or read.gran != "time" or told < len(hour.replace(" ", "")):
        return ""
    return said_so
