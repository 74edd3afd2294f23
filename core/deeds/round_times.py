"""When a round says what to whom: what a visitor needs, and the morning on which it is looked who has not been."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from core.activities import Occurrence
from core.rounds import first_morning, last_look
from core.work import Work


def days_stamp(o: Occurrence) -> str:
    """What tells this round from the same on other days."""
    return f"{o.starts_at:%Y%m%d}"


def schedule_round(work: Work, o: Occurrence, people: Collection[int]) -> None:
    """Owe visitors what they need, and from nine of the first day on what they press there."""
    if o.starts_at is None or work.now >= o.ends():
        return
    opens = work.kind(o).opens(work.here, o)
    begins = max(work.now, first_morning(work.here, o))
    for id in people:
        where: dict[str, Any] = {"member_id": id, "occurrence_id": o.id, "occasion": days_stamp(o)}
        if opens is not None and work.now < opens < begins:
            work.owe("round.eve", due=opens, expires=begins, **where)
        work.owe("round.mine", due=begins, expires=o.ends(), **where)


def watch_round(work: Work, o: Occurrence) -> None:
    """Owe the morning three days before the end on which it is looked who has not been."""
    due = last_look(work.here, o)
    if due > work.now:
        work.owe_at("round.look", due, occurrence_id=o.id, occasion="look")
