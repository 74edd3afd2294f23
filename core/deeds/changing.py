"""Changing what is posted: another time, place or number, closed, cancelled; and back to what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core import drafts, rules
from core.activities import ASIDE, CANCELLED, CLOSED, RETIRED, Occurrence, Slot, slots_of
from core.claims import Roster, roster_of
from core.confided import Confided
from core.deeds.outcome import Outcome
from core.deeds.posting import Moments, follow_on, room_for_two, slot_row
from core.deeds.reminding import reschedule, to_the_start
from core.deeds.telling import changed, off_the_screens, tell_holders
from core.deeds.whole import deed
from core.deeds.withdrawing import fill
from core.drafts import Before, Read, SlotBefore
from core.kind import Arrangement, Wanted
from core.rules import Refusal
from core.work import Work

APART = RETIRED - 1
"""The position of a slot that is counted apart."""
MOMENTS = ("starts_at", "ends_at", "report_at")
PLAIN = ("all_day", "daypart", "title", "place", "bring", "note", "state", "draft_id", "original")
CONFIDED = ("title_confided", "place_confided", "bring_confided", "confided")


def may_change(work: Work, on: Roster) -> Refusal | None:
    """Whether who acts may change what is posted, and it still stands."""
    allowed = None if work.may("arrange", on.occurrence.kind) else Refusal("coordinators_only")
    return rules.first((allowed, rules.stands(on)))


@deed
def change(
    work: Work, on: Roster, plan: Arrangement, moments: Moments, read: Read, *, tells: bool = True
) -> Outcome | Refusal:
    """Write another arrangement over a posted occurrence; slots that people have claimed are kept, whatever it says.

    `tells`: who promised is told of another time or place; else whoever changes it does that.
    """
    if (refusal := may_change(work, on)) is not None:
        return refusal
    if moments.starts_at is not None and moments.starts_at <= work.now and not moments.all_day:
        return Refusal("edit_past")
    o, before = on.occurrence, snapshot(on)
    plan.onto(o)
    moments.onto(o)
    o.draft_id = drafts.keep(work.session, o, read, work.now)
    work.session.add(o)
    arrange_slots(work, on, plan.slots)
    room_for_two(work, o)
    after(work, on, before, "edit", tells=tells)
    return Outcome("edit", o.id, before=drafts.keep(work.session, o, before, work.now))


def arrange_slots(work: Work, on: Roster, plan: Sequence[Wanted]) -> None:
    """These slots in place of those there are."""
    o = on.occurrence
    left = list(on.slots)
    apart = {slot.label: slot for slot in on.aside}
    for wanted in plan:
        if wanted.unit == ASIDE:
            set_apart(work, on, wanted, apart.get(wanted.label))
    plan = [wanted for wanted in plan if wanted.unit != ASIDE]
    for position, wanted in enumerate(plan):
        slot = same_slot(left, wanted)
        if slot is None and len(plan) == len(on.slots) == 1:
            slot = left[0]
        if slot is None:
            work.session.add(slot_row(o, wanted, position, work.now))
            continue
        left.remove(slot)
        slot.min, slot.max, slot.position = wanted.min, wanted.max, position
        slot.confided, slot.elder_id = wanted.confided, wanted.elder
        work.session.add(slot)
    for slot in left:
        retire(work, slot)
    work.session.flush()
    on.slots = roster_of(work.session, o).slots


def same_slot(slots: Sequence[Slot], wanted: Wanted) -> Slot | None:
    """The slot that is called so; of several in one house the one of which the same is confided, else the first."""
    alike = [slot for slot in slots if slot.label == wanted.label]
    if wanted.elder and (theirs := [slot for slot in alike if slot.elder_id == wanted.elder]):
        return theirs[0]
    same = [s for s in alike if not s.confided.lost and s.confided.privately() == wanted.confided.privately()]
    return next(iter(same or alike), None)


def set_apart(work: Work, on: Roster, wanted: Wanted, slot: Slot | None = None) -> Slot:
    """The slot of those who are counted apart: made where there is none, and never taken away."""
    if slot is None:
        slot = slot_row(on.occurrence, wanted, APART, work.now)
        on.aside.append(slot)
    slot.min = wanted.min
    work.session.add(slot)
    work.session.flush()
    return slot


def retire(work: Work, slot: Slot) -> None:
    """Take a slot away. Nobody is removed: whoever is on it stays, and the coordinator sees 2/0 and talks to them."""
    slot.max, slot.position = 0, RETIRED
    work.session.add(slot)


def after(work: Work, on: Roster, before: Before, verb: str, *, tells: bool = True) -> None:
    """Move the reminders, fill new places, tell those who promised."""
    o = on.occurrence
    work.log(verb, o)
    if moved(o, before):
        reschedule(work, o)
        follow_on(work, o)
    fill(work, on)
    changed(work, on)
    if tells:
        tell_moved(work, on, before)


def moved(o: Occurrence, before: Before) -> bool:
    """Whether it is at another time than before."""
    return any(getattr(o, name) != getattr(before, name) for name in MOMENTS)


def tell_moved(work: Work, on: Roster, before: Before) -> None:
    """Tell those who promised or wait of another time or place; of anything else the roster speaks. Another hour for
    those who come early, the cooks, is nothing to those who come for the meal.
    """
    later = moved(on.occurrence, before)
    o = on.occurrence
    early = later and (o.starts_at, o.ends_at) == (before.starts_at, before.ends_at)
    elsewhere = (o.place, o.place_confided.privately()) != (before.place, before.place_confided)
    if later or elsewhere:
        key = "notice.both" if later and elsewhere else "notice.moved" if later else "notice.place"
        everybody = {claim.member_id for claim in on.claims}
        tell_holders(work, on, key, spared=to_the_start(work, o, everybody) if early and not elsewhere else ())


@deed
def close(work: Work, on: Roster) -> Outcome | Refusal:
    """No more joining; leaving and moving up go on."""
    if (refusal := may_change(work, on)) is not None:
        return refusal
    o, before = on.occurrence, Before(state=on.occurrence.state)
    o.state = CLOSED
    work.session.add(o)
    work.log("close", o)
    changed(work, on)
    return Outcome("close", o.id, before=drafts.keep(work.session, o, before, work.now))


@deed
def cancel(work: Work, on: Roster) -> Outcome | Refusal:
    """It does not take place. Nobody is taken off the roster: it says what was to be, and everybody is told."""
    if not work.may("arrange", on.occurrence.kind):
        return Refusal("coordinators_only")
    o = on.occurrence
    if o.state != CANCELLED:
        o.state = CANCELLED
        work.session.add(o)
        work.log("cancel", o)
        tell_holders(work, on, "notice.cancelled")
        changed(work, on)
        off_the_screens(work, [o])
    return Outcome("cancel", o.id)


@deed
def change_back(work: Work, on: Roster, before: int) -> Outcome | Refusal:
    """Undo a change: write back what was before it, as the draft of this id says."""
    if (refusal := may_change(work, on)) is not None:
        return refusal
    now, then = snapshot(on), drafts.before(work.session, work.here.id, before)
    if then is None:
        return Refusal("nothing_to_undo")
    restore(work, on, then)
    after(work, on, now, "edit_undone")
    return Outcome("edit_undone", on.occurrence.id)


def too_many(on: Roster) -> int:
    """How many hold places beyond those wanted."""
    return sum(max(0, -(on.left(slot) or 0)) for slot in on.slots)


def snapshot(on: Roster) -> Before:
    """What a change may change, so that it can be taken back."""
    o = on.occurrence
    return Before(
        **{name: getattr(o, name) for name in (*MOMENTS, *PLAIN)},
        **{name: words.privately() for name in CONFIDED if not (words := getattr(o, name)).lost},
        slots={slot.id: slot_before(slot) for slot in (*on.slots, *on.aside)},
    )


def slot_before(slot: Slot) -> SlotBefore:
    confided = None if slot.confided.lost else slot.confided.privately()
    where = {"position": slot.position, "label": slot.label, "elder": slot.elder_id}
    return SlotBefore(min=slot.min, max=slot.max, confided=confided, **where)


def restore(work: Work, on: Roster, before: Before) -> None:
    """Write a snapshot back. A slot added since is kept if somebody claimed it."""
    o: Occurrence = on.occurrence
    for name in before.model_fields_set - {"slots"}:
        value = getattr(before, name)
        setattr(o, name, Confided(value) if name in CONFIDED else value)
    work.session.add(o)
    if "slots" in before.model_fields_set:
        restore_slots(work, on, before.slots)
    work.session.flush()
    on.slots = roster_of(work.session, o).slots


def restore_slots(work: Work, on: Roster, before: Mapping[int, SlotBefore]) -> None:
    """The slots as they were. One that was added since goes, unless somebody claimed it."""
    o, there = on.occurrence, {slot.id: slot for slot in slots_of(work.session, on.occurrence)}
    for id, was in before.items():
        slot = there.pop(id, None)
        if slot is None:  # versions before this deleted it
            slot = Slot(community_id=o.community_id, id=id, occurrence_id=o.id, unit=on.slots[0].unit)
        slot.min, slot.max, slot.position = was.min, was.max, was.position
        slot.label = was.label
        if was.confided is not None:
            slot.confided = Confided(was.confided)
        if was.elder is not None:
            slot.elder_id = was.elder
        work.session.add(slot)
    for slot in there.values():
        if not on.taking(slot) and not on.waiting(slot):
            retire(work, slot)
