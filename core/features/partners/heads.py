"""What is done with partner units: one is written down, its heads come and go, places are held for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core import rules
from core.activities import ASIDE, Slot
from core.attendance import attendance_of
from core.claims import (
    CLAIMED,
    OFFERED,
    PRESENT,
    THERE,
    UNKNOWN,
    Claim,
    Head,
    Promised,
    Roster,
    happen,
    next_ordinal,
    promise,
)
from core.claims import put_down as put
from core.deeds.attending import keep_hours
from core.deeds.changing import set_apart
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.reminding import schedule
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.deeds.withdrawing import withdraw
from core.ids import new_id
from core.kind import Wanted
from core.manners import NINE, wall
from core.members import Member, member
from core.reminders import stamp
from core.rules import Refusal
from core.speaking import begins, none_of
from core.way import Rows
from core.work import Work

HELD_UNTIL = timedelta(days=3)
"""Places are held until nine in the morning so many days before."""
MOST = 300


WITH_CONTACT = (Member.community_id == bindparam("community"), col(Member.unit), col(Member.proxy_id).is_not(None))
UNITS = Rows(Member, *WITH_CONTACT)
"""In no order: for one, SQLite would go through all members."""
UNIT = aliased(Member)
KEEPS = exists().where(
    col(UNIT.community_id) == bindparam("community"), col(UNIT.unit), col(UNIT.proxy_id).is_not(None)
)


def units(session: Session, community_id: int) -> list[Member]:
    """The partner units that have a contact, the oldest first."""
    if none_of(session, community_id, "partners"):
        return []
    return sorted(UNITS.all(session, community=community_id), key=lambda unit: unit.id)


def contact(session: Session, unit: Member) -> Member:
    """Who speaks for it now: who was found to be the same as the one named is that other."""
    return member(session, unit.community_id, unit.proxy_id or 0)


@deed
def keep(work: Work, unit: Member | None, name: str, contact_id: int) -> Member:
    """A partner unit of this name has this contact, alone."""
    if unit is None:
        again = select(Member).where(Member.community_id == work.here.id, col(Member.unit), Member.name == name)
        unit = work.session.exec(again).first()
    if unit is None:
        unit = Member(community_id=work.here.id, id=new_id(work.now), name=name, named=True, unit=True)
    unit.proxy_id = contact_id
    begins(work.session, work.here.id, "partners")
    work.session.add(unit)
    work.session.flush()
    work.log("unit", member=unit.id)
    return unit


@deed
def give_up(work: Work, unit: Member) -> None:
    """Nobody speaks for it any more. What it did stays, and so does what it promised."""
    unit.proxy_id = None
    work.session.add(unit)
    work.session.flush()
    work.log("unit", member=unit.id)


def of_unit(on: Roster, unit: Member) -> list[Claim]:
    """Its heads on a roster: those who surely come first."""
    return sorted(on.of(unit.id), key=lambda claim: (claim.promised == OFFERED, claim.position))


def emptiest(work: Work, on: Roster) -> Slot | None:
    """Where the next head goes: of the places that have room, the one with the fewest; None where all are full."""
    kind = work.kind(on.occurrence)
    if kind.asks_thing(on):  # who brings nothing is counted apart
        apart = next((slot for slot in on.aside if slot.label == kind.apart), None)
        return apart or set_apart(work, on, Wanted(label=kind.apart, unit=ASIDE))
    free = [slot for slot in on.slots if on.room(slot)]
    return min(free, key=lambda slot: (len(on.taking(slot)), slot.position), default=None)


def seat(work: Work, on: Roster, unit: Member, n: int, *, held: bool = False, over: bool = False) -> list[Claim]:
    """So many heads more, as far as there is room; `over`: they are there, room or not."""
    new: list[Claim] = []
    for _ in range(n):
        slot = emptiest(work, on) or (on.slots[0] if over else None)
        if slot is None:
            break
        head = Head(unit.id, next_ordinal(on, unit.id))
        state: Promised = OFFERED if held else CLAIMED
        new.append(put(work.session, on, slot, head, work.by.account, work.now, state))
        work.log("join", on.occurrence, member=unit.id, claim=new[-1].id)
    work.session.flush()
    return new


@deed
def bring(work: Work, on: Roster, unit: Member, n: int) -> Outcome | Refusal:
    """So many of it come, in all: more as far as there is room, fewer from the last. What was held is settled by it."""
    there = of_unit(on, unit)
    more = n > sum(claim.promised != OFFERED for claim in there)
    opened = rules.still_open(on, work.now) if more else None
    if (refusal := rules.first((rules.stands(on), rules.not_over(on, work.now), opened))) is not None:
        return refusal
    before = ClaimsBefore.of(there)
    stay, surplus = there[:n], there[n:]
    for claim in stay:
        if claim.promised == OFFERED:
            promise(work.session, claim, CLAIMED)
            work.log("accept", on.occurrence, member=unit.id, claim=claim.id)
    if surplus:
        withdraw(work, on, surplus, verb="unit")
    new = seat(work, on, unit, n - len(stay))
    schedule(work, on.occurrence, [unit.id])
    changed(work, on)
    return before.outcome("unit", on.occurrence.id, [*there, *new])


@deed
def arrive(work: Work, on: Roster, unit: Member, n: int) -> Outcome | Refusal:
    """So many of it are there; more than were promised are put down, -1 stands for all who were."""
    there = of_unit(on, unit)
    before = ClaimsBefore.of(there)
    n = len(there) if n < 0 else n
    new = seat(work, on, unit, n - len(there), over=True)
    theirs = [*there, *new]
    if (refusal := rules.may_check_in(on, theirs, work.now)) is not None:
        return refusal
    for at, claim in enumerate(theirs):
        if claim.promised == OFFERED and at < n:
            promise(work.session, claim, CLAIMED)
        if at < n and claim.happened not in THERE:
            keep_hours(work, on, claim, PRESENT)
            happen(work.session, claim, PRESENT)
        elif at >= n and claim.happened in THERE:
            for row in attendance_of(work.session, work.here.id, [claim.id]).values():
                work.session.delete(row)
            happen(work.session, claim, UNKNOWN)
        work.log("here", on.occurrence, member=unit.id, claim=claim.id)
    work.session.flush()
    changed(work, on)
    return before.outcome("here", on.occurrence.id, theirs)


def held_until(work: Work, on: Roster) -> datetime | None:
    """Until when places are held on this roster; None where it is too late for that, or has no start."""
    starts = on.occurrence.starts_at
    if starts is None:
        return None
    tz = work.here.tz
    until = wall((starts.astimezone(tz) - HELD_UNTIL).date(), NINE, tz)
    return until if until > work.now else None


@deed
def hold(work: Work, on: Roster, unit: Member, n: int) -> Outcome | Refusal:
    """So many places are kept for it, those included that it has, until three days before."""
    until = held_until(work, on)
    if (refusal := rules.first((rules.stands(on), rules.still_open(on, work.now)))) is not None:
        return refusal
    if until is None:
        return Refusal("held_too_late")
    there = of_unit(on, unit)
    before = ClaimsBefore.of(there)
    sure = sum(claim.promised != OFFERED for claim in there)
    if surplus := there[max(n, sure) :]:
        withdraw(work, on, surplus, verb="unit")
    new = seat(work, on, unit, n - len(there), held=True)
    work.owe_at(
        "partners.release",
        until,
        occurrence_id=on.occurrence.id,
        occasion=f"{unit.id}@{stamp(on.occurrence.starts_at)}",
    )
    changed(work, on)
    return before.outcome("unit", on.occurrence.id, [*there, *new])


@deed
def release(work: Work, on: Roster, unit: Member) -> int:
    """What was held for it and not settled is everybody's again. Returns how many that were."""
    held = [claim for claim in on.of(unit.id) if claim.promised == OFFERED]
    if held:
        withdraw(work, on, held, verb="decline")
    return len(held)
