"""Retracting: who just brought a matter thought better of it, and takes it back while nobody else has a part in it."""

from __future__ import annotations

from datetime import timedelta

from core import matters
from core.confided import Confided
from core.deeds.matters import settle_cards, show
from core.deeds.picturing import discard
from core.deeds.whole import deed
from core.matters import OPEN, RETRACTED, WAITING, Matter
from core.rules import Refusal
from core.work import Work

TAKEN_BACK_WITHIN = timedelta(days=1)


def retractable(work: Work, row: Matter) -> Refusal | None:
    """Why a matter cannot be taken back any more: somebody shares it, something came of it, or it is long ago."""
    shared = len(matters.sharers(work.session, work.here.id, row.id)) > 1
    stepped = bool(matters.steps_of(work.session, work.here.id, row.id))
    late = work.now - row.brought_at >= TAKEN_BACK_WITHIN
    if row.state not in (OPEN, WAITING) or shared or stepped or late:
        return Refusal("matter_under_way")
    return None


@deed
def retract(work: Work, row: Matter) -> None:
    """It is off the board, its words are gone, and its number goes to no other."""
    row.state, row.closed_at = RETRACTED, work.now
    row.words, row.kept, row.confided = "", Confided(), Confided()
    work.session.add(row)
    work.log("matter_retracted", matter=row.id)
    discard(work, row)
    settle_cards(work, row)
    show(work)
