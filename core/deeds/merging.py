"""Merging: two members are one person, and what the one promised is the other's; and two again, if that was wrong."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.claims import (
    CLAIMED,
    OFFERED,
    WAITLISTED,
    WITHDRAWN,
    Claim,
    Roster,
    next_ordinal,
    roster_of,
    take_back,
)
from core.confiding import look_again
from core.deeds.reminding import schedule
from core.deeds.telling import changed, notify
from core.deeds.undoing import come_back
from core.deeds.whole import deed
from core.deeds.withdrawing import fill
from core.members import Member
from core.news import Told
from core.work import Work


@deed
def merge(work: Work, twin: Member, who: Member, proxy: Member) -> tuple[list[int], list[tuple[int, bool]]]:
    """What was promised for `twin`, for whom `proxy` spoke, is `who`'s. Returns what moved: see `move_promises`."""
    moved, ended = move_promises(work, twin, who)
    twin.merged_into, twin.proxy_id = who.id, None
    work.session.add(twin)
    work.session.flush()
    work.log("merged", member=twin.id)
    for on, theirs in promises(work, select(Claim).where(col(Claim.id).in_(moved))):
        mine = [c for c in theirs if c.promised == CLAIMED]
        if mine and on.occurrence.starts_at is not None and work.now < on.occurrence.ends():
            known = tuple((c.id, c.changes) for c in mine)
            notify(work, who.id, "readback", on.occurrence, Told(verb="join", claims=known, by=proxy.id))
    look_again(work.session, work.here.id, work.now, members={who.id, twin.id, proxy.id})
    return moved, ended


@deed
def part(
    work: Work, twin: Member, who: Member, proxy: Member, moved: Collection[int], ended: Collection[tuple[int, bool]]
) -> None:
    """They are two again, each with what was theirs: what `merge` returned says what that is."""
    twin.merged_into, twin.proxy_id = None, proxy.id
    work.session.add(twin)
    work.log("parted", member=twin.id)
    waited = [id for id, only_waited in ended if only_waited]
    over = {id for id, _ in ended}
    for on, theirs in promises(work, select(Claim).where(col(Claim.id).in_({*moved, *over}))):
        for claim in theirs:
            if claim.id in moved and claim.member_id == who.id:
                claim.member_id = twin.id
                work.session.add(claim)
                work.log("moved", on.occurrence, member=twin.id, claim=claim.id)
        work.session.flush()
        come_back(work, on, [claim for claim in theirs if claim.id in over], waited)
        schedule(work, on.occurrence, [twin.id])
        changed(work, on)
    look_again(work.session, work.here.id, work.now, members={who.id, twin.id, proxy.id})


def move_promises(work: Work, twin: Member, who: Member) -> tuple[list[int], list[tuple[int, bool]]]:
    """Every claim of `twin` becomes one of `who`. The ids of those that moved, and of those that ended, for of two for
    one head the lesser ends; each with whether it only waited.
    """
    moved: list[int] = []
    ended: list[tuple[int, bool]] = []
    for on, theirs in promises(work, select(Claim).where(Claim.member_id == twin.id)):
        freed = []
        for claim in on.of(twin.id):
            rival = next((c for c in on.of(who.id) if c.ordinal == claim.ordinal), None)
            slot = on.slot(claim.slot_id)
            if rival is None:
                continue
            if slot is not None and slot.of_things:
                claim.ordinal = next_ordinal(on, who.id)  # two things are two
                continue
            lesser = claim if BETTER.index(claim.promised) >= BETTER.index(rival.promised) else rival
            ended.append((lesser.id, lesser.promised == WAITLISTED))
            freed += take_back(work.session, on, [lesser], WITHDRAWN)
            work.log("merged", on.occurrence, member=lesser.member_id, claim=lesser.id)
        work.session.flush()
        for claim in theirs:
            claim.member_id = who.id
            work.session.add(claim)
            moved.append(claim.id)
            work.log("moved", on.occurrence, member=who.id, claim=claim.id)
        work.session.flush()
        if freed and on.occurrence.state in (OPEN, CLOSED):
            fill(work, on)
        schedule(work, on.occurrence, [who.id])
        changed(work, on)
    return moved, ended


BETTER = (CLAIMED, OFFERED, WAITLISTED)
"""Of two promises for one head the one that is worth more stays."""


def promises(work: Work, claims: Any) -> list[tuple[Roster, list[Claim]]]:
    """These claims, ended ones included, by their activities, whose slots are held."""
    rows: dict[int, list[Claim]] = {}
    for claim in work.session.exec(claims.where(Claim.community_id == work.here.id)).all():
        rows.setdefault(claim.occurrence_id, []).append(claim)
    found = []
    for id in sorted(rows):
        occurrence = work.session.get_one(Occurrence, (work.here.id, id))
        found.append((roster_of(work.session, occurrence, lock=True), rows[id]))
    return found
