"""转给下一位 in a coordinator's own words: which of the visitors' notes is meant, for whoever goes next."""

from __future__ import annotations

from datetime import timedelta

from core.deeds import rounds as deeds
from core.reading.parts import named_whole
from core.rounds import VisitReport, noted, report
from core.rules import Refusal
from core.said.handing_on import read_hand_on
from core.turn import Turn

POINTED_AT, NAMED = timedelta(days=3), timedelta(days=60)
"""How old a note may be that is only pointed at (这条), and one whose visitor, house or words are named."""


def hears(turn: Turn, words: str) -> bool:
    """Whether words were about a note for whoever goes next, and were acted upon."""
    said = read_hand_on(words) if turn.chat.private else None
    if said is None:
        return False
    answered = turn.answered if turn.answered is not None and turn.answered.kind == "round.report" else None
    if not turn.may("reports"):
        if answered is not None:
            turn.refuse(Refusal("coordinators_only"))
        return answered is not None
    row = report(turn.session, turn.here.id, int(answered.occasion)) if answered is not None else None
    row = row or which(turn, said.what, back=said.back)
    if row is None or not row.words:
        return False
    if said.back == (row.handed_at is not None):  # else it is so already, and said once more
        deeds.hand_on(turn.work, row, back=said.back)
    if said.back:
        turn.tell("round.not_handed")
    else:
        turn.tell("round.handed_on", who=turn.lookup().name(row.member_id), place=house(turn, row))
    return True


def which(turn: Turn, what: str, *, back: bool) -> VisitReport | None:
    """The newest note that may be meant: of those for which it can still be done before others; None for none."""
    since = turn.now - (NAMED if what else POINTED_AT)
    found = [row for row in noted(turn.session, turn.here.id, since) if not what or is_of(turn, row, what)]
    return next((row for row in found if back == (row.handed_at is not None)), next(iter(found), None))


def is_of(turn: Turn, row: VisitReport, what: str) -> bool:
    """Whether a note is meant by its visitor, by whom they were at, by the house, or by some of its words."""
    elder = turn.lookup().elder(row.elder_id) if row.elder_id else None
    known = [turn.lookup().name(row.member_id), house(turn, row), *([elder.name] if elder is not None else [])]
    if any(named_whole(each, what) for each in known if each):
        return True
    return len(what) > 1 and not row.words.lost and what.lower() in row.words.privately().lower()


def house(turn: Turn, row: VisitReport) -> str:
    """Where they were, as the group calls it."""
    on = turn.lookup().roster(row.occurrence_id)
    slot = on.slot(row.slot_id) if on is not None else None
    if on is None:
        return ""
    return (turn.kind(on.occurrence).slot_name(on, slot, turn.lang) if slot is not None else "") or on.occurrence.place
