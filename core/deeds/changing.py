"""Changing what is posted: another time, place or number, closed, cancelled; and back to what it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core import rules
from core.activities import CANCELLED, CLOSED, RETIRED, Occurrence, Slot, slots_of
from core.claims import Roster, roster_of
from core.deeds.outcome import Outcome
from core.deeds.posting import Moments, follow_on, slot_row
from core.deeds.reminding import reschedule
from core.deeds.telling import changed, tell_holders
from core.deeds.withdrawing import fill
from core.kind import Arrangement
from core.rules import Refusal
from core.work import Work

MOMENTS = ("starts_at", "ends_at", "report_at")
PLAIN = ("all_day", "title", "place", "bring", "note", "confided", "state", "draft")


def may_change(work: Work, on: Roster) -> Refusal | None:
    """Whether who acts may change what is posted, and it still stands."""
    return rules.first((None if work.coordinates else Refusal("coordinators_only"), rules.stands(on)))


def change(work: Work, on: Roster, plan: Arrangement, moments: Moments, read: dict[str, Any]) -> Outcome | Refusal:
    """Write another arrangement over a posted occurrence; slots that people have claimed are kept, whatever it says."""
    if (refusal := may_change(work, on)) is not None:
        return refusal
    if moments.starts_at is not None and moments.starts_at <= work.now and not moments.all_day:
        return Refusal("edit_past")
    o, before = on.occurrence, snapshot(on)
    o.title, o.place, o.bring, o.note, o.confided = plan.title, plan.place, plan.bring, plan.note, plan.confided
    moments.onto(o)
    o.draft = read
    work.session.add(o)
    arrange_slots(work, on, plan)
    after(work, on, before, "edit")
    return Outcome("edit", o.id, before=before)


def arrange_slots(work: Work, on: Roster, plan: Arrangement) -> None:
    """The slots of an arrangement in place of those there are."""
    o = on.occurrence
    left = {slot.label: slot for slot in on.slots}
    for position, wanted in enumerate(plan.slots):
        slot = left.pop(wanted.label, None)
        if slot is None and len(plan.slots) == len(on.slots) == 1:
            slot = left.popitem()[1]
        if slot is None:
            work.session.add(slot_row(o, wanted, position, work.now))
            continue
        slot.min, slot.max, slot.position = wanted.min, wanted.max, position
        slot.confided = wanted.confided
        work.session.add(slot)
    for slot in left.values():
        retire(work, slot)
    work.session.flush()
    on.slots = roster_of(work.session, o).slots


def retire(work: Work, slot: Slot) -> None:
    """Take a slot away. Nobody is removed: whoever is on it stays, and the coordinator sees 2/0 and talks to them."""
    slot.max, slot.position = 0, RETIRED
    work.session.add(slot)


def after(work: Work, on: Roster, before: dict[str, Any], verb: str) -> None:
    """Move the reminders, fill new places, tell those who promised."""
    o = on.occurrence
    work.log(verb, o)
    if any(stamp(getattr(o, name)) != before[name] for name in MOMENTS):
        reschedule(work, o)
        follow_on(work, o)
    fill(work, on)
    changed(work, on)
    tell_moved(work, on, before)


def tell_moved(work: Work, on: Roster, before: dict[str, Any]) -> None:
    """Tell those who promised or wait of another time or place; of anything else the roster speaks."""
    moved = any(stamp(getattr(on.occurrence, name)) != before[name] for name in MOMENTS)
    elsewhere = on.occurrence.place != before["place"]
    if moved or elsewhere:
        tell_holders(work, on, "notice.both" if moved and elsewhere else "notice.moved" if moved else "notice.place")


def close(work: Work, on: Roster) -> Outcome | Refusal:
    """No more joining; leaving and moving up go on."""
    if (refusal := may_change(work, on)) is not None:
        return refusal
    before = on.occurrence.state
    on.occurrence.state = CLOSED
    work.session.add(on.occurrence)
    work.log("close", on.occurrence)
    changed(work, on)
    return Outcome("close", on.occurrence.id, before={"state": before})


def cancel(work: Work, on: Roster) -> Outcome | Refusal:
    """It does not take place. Nobody is taken off the roster: it says what was to be, and everybody is told."""
    if not work.coordinates:
        return Refusal("coordinators_only")
    o = on.occurrence
    if o.state != CANCELLED:
        o.state = CANCELLED
        work.session.add(o)
        work.log("cancel", o)
        tell_holders(work, on, "notice.cancelled")
        changed(work, on)
    return Outcome("cancel", o.id)


def change_back(work: Work, on: Roster, before: dict[str, Any]) -> Outcome | Refusal:
    """Undo a change: write back what was before it."""
    if (refusal := may_change(work, on)) is not None:
        return refusal
    now = snapshot(on)
    restore(work, on, before)
    after(work, on, now, "edit_undone")
    return Outcome("edit_undone", on.occurrence.id)


def too_many(on: Roster) -> int:
    """How many hold places beyond those wanted."""
    return sum(max(0, -(on.left(slot) or 0)) for slot in on.slots)


def stamp(value: datetime | None) -> str | None:
    """A moment for comparing and keeping: whatever its zone was, the same moment looks the same."""
    return None if value is None else value.astimezone(UTC).isoformat()


def snapshot(on: Roster) -> dict[str, Any]:
    """What a change may change, as JSON, so that it can be taken back."""
    o = on.occurrence
    return {
        **{name: stamp(getattr(o, name)) for name in MOMENTS},
        **{name: getattr(o, name) for name in PLAIN},
        "slots": {str(s.id): [s.min, s.max, s.position, s.confided, s.label] for s in on.slots},
    }


def restore(work: Work, on: Roster, before: dict[str, Any]) -> None:
    """Write a snapshot back. A slot added since is kept if somebody claimed it."""
    o: Occurrence = on.occurrence
    for name, value in before.items():
        if name in MOMENTS:
            setattr(o, name, None if value is None else datetime.fromisoformat(value))
        elif name != "slots":
            setattr(o, name, value)
    work.session.add(o)
    if "slots" in before:
        restore_slots(work, on, before["slots"])
    work.session.flush()
    on.slots = roster_of(work.session, o).slots


def restore_slots(work: Work, on: Roster, before: dict[str, list[Any]]) -> None:
    """The slots as they were. One that was added since goes, unless somebody claimed it."""
    o, there = on.occurrence, {slot.id: slot for slot in slots_of(work.session, on.occurrence)}
    for id, (least, most, position, confided, label) in before.items():
        slot = there.pop(int(id), None)
        if slot is None:  # versions before this deleted it
            slot = Slot(community_id=o.community_id, id=int(id), occurrence_id=o.id, unit=on.slots[0].unit)
        slot.min, slot.max, slot.position, slot.confided, slot.label = least, most, position, confided, label
        work.session.add(slot)
    for slot in there.values():
        if not on.taking(slot) and not on.waiting(slot):
            retire(work, slot)
