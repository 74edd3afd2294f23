"""Safety: a duty in the dark and a first visit need two, one of them with three duties behind them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from core.activities import CLOSED, OPEN, Occurrence, Slot
from core.claims import CLAIMED, EXCUSED, NO_SHOW, THERE, Claim, Roster
from core.here import Here

TOGETHER = 2
BEHIND_THEM = 3
"""Who was on so many duties knows what to do."""
STEP = timedelta(minutes=30)


class Lacking(NamedTuple):
    """What a duty lacks: so many people in all, somebody who knows it; and why: it is `dark`, or the `first` visit."""

    people: int
    knows: bool
    why: str


def asks_for_two(session: Session, here: Here, o: Occurrence, slots: Collection[Slot]) -> dict[int, str]:
    """The slots that need two, by their ids, and why; none where the settings do not ask for it."""
    if not here.manners.two_at_night or o.starts_at is None or not here.kind(o).on_duty or here.kind(o).rounds(o):
        return {}
    if in_the_dark(here, o):
        return {slot.id: "dark" for slot in slots if not slot.of_things and slot.max != 0}
    elders = [slot.elder_id for slot in slots if slot.elder_id]
    seen = visited(session, here, o, elders) if elders else set()
    return {slot.id: "first" for slot in slots if slot.elder_id and slot.elder_id not in seen}


def in_the_dark(here: Here, o: Occurrence) -> bool:
    """Whether any part of it is in the dark, by the hours that the settings call so."""
    dark = here.manners.dark
    if dark is None or o.starts_at is None or o.all_day:
        return False
    at, ends = o.report_at or o.starts_at, o.ends()
    while at < ends:
        if dark.covers(at, here.tz):
            return True
        at += STEP
    return False


def visited(session: Session, here: Here, o: Occurrence, elders: Collection[int]) -> set[int]:
    """Those of the register who were visited before."""
    rows = session.exec(
        select(Slot.elder_id)
        .join(Claim, (col(Claim.community_id) == Slot.community_id) & (col(Claim.slot_id) == Slot.id))
        .where(
            Slot.community_id == here.id,
            col(Slot.elder_id).in_(elders),
            Slot.occurrence_id != o.id,
            col(Claim.happened).in_(THERE),
        )
    ).all()
    return set(rows)


def lacking(session: Session, here: Here, on: Roster) -> Lacking | None:
    """What it lacks to be safe; None where it lacks nothing."""
    o = on.occurrence
    two = asks_for_two(session, here, o, on.slots)
    people, knows, why = 0, True, ""
    for slot in on.slots:
        if slot.id not in two:
            continue
        there = [claim for claim in on.taking(slot) if claim.guest_of is None]
        people += max(0, TOGETHER - len(there))
        why = two[slot.id]
        if len(there) >= TOGETHER and not any(n >= BEHIND_THEM for n in behind(session, here, o, there).values()):
            knows = False
    return Lacking(people, knows, why) if people or not knows else None


def behind(session: Session, here: Here, o: Occurrence, theirs: Collection[Claim]) -> dict[int, int]:
    """How many duties each of them has behind them. Nobody is taken for absent who did not say that they were there."""
    kinds = [name for name, kind in here.may_post.items() if kind.on_duty]
    rows = session.exec(
        select(Claim.member_id, func.count(func.distinct(Occurrence.id)))
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id),
        )
        .where(
            Claim.community_id == here.id,
            col(Claim.member_id).in_([claim.member_id for claim in theirs]),
            Claim.promised == CLAIMED,
            col(Claim.happened).not_in((NO_SHOW, EXCUSED)),
            col(Occurrence.kind).in_(kinds),
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.starts_at) < o.starts_at,
        )
        .group_by(col(Claim.member_id))
    ).all()
    return dict(rows)
