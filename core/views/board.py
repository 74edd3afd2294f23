"""The live roster: what, when, where, how many of how many, and the names."""

from __future__ import annotations

from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN, PERSON, Slot
from core.claims import Claim, Roster
from core.messages import Action, Bold, Message, Span
from core.views.details import facts, head, headline, limit, readable
from core.views.view import View, lines


def roster(view: View) -> Message | None:
    """The roster of an occurrence, for a group or, asked for privately, for one person."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state in (DRAFT, DISCARDED):
        return None
    mine = readable(view.lookup, on, on.claims, view.reader) if view.private else []
    every = view.private and view.lookup.reader(view.reader).coordinates
    private = bool(mine) or every
    title: tuple[Span, ...] = (Bold(headline(view.lookup, on, view.lang)),)
    text = lines(
        title,
        state(view, on),
        *facts(view.lookup, on, view.lang, private=private, to=mine, everywhere=every),
        *places(view, on),
        missing(view, on),
        waiting(view, on),
    )
    return Message(text, actions(view, on))


def missing(view: View, on: Roster) -> tuple[Span, ...]:
    words = view.lookup.kind(on).missing(on, view.lang) if on.occurrence.state == OPEN else ""
    return (words,) if words else ()


def state(view: View, on: Roster) -> tuple[Span, ...]:
    """A line of its own when it is cancelled, closed or over."""
    match on.occurrence.state:
        case state if state == CANCELLED:
            return view.say("roster.cancelled")
        case _ if on.occurrence.starts_at is not None and view.lookup.now >= on.occurrence.ends():
            return view.say("roster.over")
        case state if state == CLOSED:
            return view.say("roster.closed")
    return ()


def places(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """The count, then who has each place. One slot: a numbered list. Several: a line each, and the sum first."""
    lang, lookup = view.lang, view.lookup
    unit = on.slots[0].unit if on.slots else PERSON
    total = limit(lookup.kind(on), len(on.taking()), on.wanted(), lang, unit)
    out: list[tuple[Span, ...]] = [view.say("roster.count", count=total, more=more(view, on))]
    if len(on.slots) == 1 and not on.slots[0].label:
        return out + [(f"{n}. {head(lookup, on, c, lang)}",) for n, c in enumerate(on.taking(), 1)]
    return out + [line(view, on, slot) for slot in on.slots]


def more(view: View, on: Roster) -> str:
    """What else there is to say of the number: no limit, or a least."""
    if on.wanted() is None:
        return view.text("roster.unlimited")
    if len(on.slots) == 1 and on.slots[0].min is not None and on.slots[0].min != on.slots[0].max:
        return view.text("roster.at_least", n=on.slots[0].min)
    return ""


def line(view: View, on: Roster, slot: Slot) -> tuple[Span, ...]:
    """'3号楼 1/2：陈伯'."""
    taken = on.taking(slot)
    who = view.text("list.comma").join(head(view.lookup, on, c, view.lang) for c in taken)
    kind = view.lookup.kind(on)
    count = limit(kind, len(taken), slot.max, view.lang, slot.unit)
    label = kind.slot_label(slot, view.lang)
    return view.say("roster.slot" if who else "roster.slot_free", label=label, count=count, names=who)


def waiting(view: View, on: Roster) -> tuple[Span, ...]:
    """候补 and the names, only while somebody waits."""
    queue = on.waiting()
    if not queue:
        return ()
    kind = view.lookup.kind(on)

    def waits(claim: Claim) -> str:
        slot = on.slot(claim.slot_id)
        where = kind.slot_label(slot, view.lang) if slot and not kind.pools(on) else ""
        name = head(view.lookup, on, claim, view.lang)
        return view.text("roster.waits_for", name=name, where=where) if where else name

    return view.say("roster.waiting", names=view.text("list.comma").join(waits(c) for c in queue))


def actions(view: View, on: Roster) -> tuple[Action, ...]:
    """Join while it is open, leave until it is over."""
    o = on.occurrence
    if o.state == CANCELLED or (o.starts_at is not None and view.lookup.now >= o.ends()):
        return ()
    join = view.action("join", label=view.text(view.lookup.kind(on).join_key(on)))
    return ((join,) if o.state == OPEN else ()) + (view.action("leave"),)
