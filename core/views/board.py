"""The live roster: what, when, where, how many of how many, and the names."""

from __future__ import annotations

from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN, Slot
from core.claims import Claim, Sheet
from core.messages import Action, Bold, Message, Span
from core.views.details import facts, head, headline, limit, readable
from core.views.look import Look, lines


def roster(look: Look) -> Message | None:
    """The roster of an occurrence, for a group or, asked for privately, for one person."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None or on.occurrence.state in (DRAFT, DISCARDED):
        return None
    mine = readable(look.books, on, on.claims, look.reader) if look.private else []
    every = look.private and look.books.reader(look.reader).coordinates
    private = bool(mine) or every
    title: tuple[Span, ...] = (Bold(headline(look.books, on, look.lang, private=private)),)
    text = lines(
        title,
        state(look, on),
        *facts(look.books, on, look.lang, private=private, to=mine, everywhere=every),
        *places(look, on),
        missing(look, on),
        waiting(look, on),
    )
    return Message(text, actions(look, on))


def missing(look: Look, on: Sheet) -> tuple[Span, ...]:
    words = look.books.feature(on).missing(on, look.lang) if on.occurrence.state == OPEN else ""
    return (words,) if words else ()


def state(look: Look, on: Sheet) -> tuple[Span, ...]:
    """A line of its own when it is cancelled, closed or over."""
    match on.occurrence.state:
        case state if state == CANCELLED:
            return look.say("roster.cancelled")
        case _ if on.occurrence.starts_at is not None and look.books.now >= on.occurrence.ends():
            return look.say("roster.over")
        case state if state == CLOSED:
            return look.say("roster.closed")
    return ()


def places(look: Look, on: Sheet) -> list[tuple[Span, ...]]:
    """The count, then who has each place. One slot: a numbered list. Several: a line each, and the sum first."""
    lang, books = look.lang, look.books
    unit = on.slots[0].unit if on.slots else "person"
    total = limit(len(on.taking()), on.wanted(), lang, unit)
    out: list[tuple[Span, ...]] = [look.say("roster.count", count=total, more=more(look, on))]
    if len(on.slots) == 1 and not on.slots[0].label:
        return out + [(f"{n}. {head(books, on, c, lang)}",) for n, c in enumerate(on.taking(), 1)]
    return out + [line(look, on, slot) for slot in on.slots]


def more(look: Look, on: Sheet) -> str:
    """What else there is to say of the number: no limit, or a least."""
    if on.wanted() is None:
        return look.text("roster.unlimited")
    if len(on.slots) == 1 and on.slots[0].min is not None and on.slots[0].min != on.slots[0].max:
        return look.text("roster.at_least", n=on.slots[0].min)
    return ""


def line(look: Look, on: Sheet, slot: Slot) -> tuple[Span, ...]:
    """'3号楼 1/2：陈伯'."""
    taken = on.taking(slot)
    who = look.text("list.comma").join(head(look.books, on, c, look.lang) for c in taken)
    count = limit(len(taken), slot.max, look.lang, slot.unit)
    label = look.books.feature(on).slot_label(slot, look.lang)
    return look.say("roster.slot" if who else "roster.slot_free", label=label, count=count, names=who)


def waiting(look: Look, on: Sheet) -> tuple[Span, ...]:
    """候补 and the names, only while somebody waits."""
    queue = on.waiting()
    if not queue:
        return ()
    feature = look.books.feature(on)

    def waits(claim: Claim) -> str:
        slot = on.slot(claim.slot_id)
        where = feature.slot_label(slot, look.lang) if slot and not feature.pools(on) else ""
        name = head(look.books, on, claim, look.lang)
        return look.text("roster.waits_for", name=name, where=where) if where else name

    return look.say("roster.waiting", names=look.text("list.comma").join(waits(c) for c in queue))


def actions(look: Look, on: Sheet) -> tuple[Action, ...]:
    """Join while it is open, leave until it is over."""
    o = on.occurrence
    if o.state == CANCELLED or (o.starts_at is not None and look.books.now >= o.ends()):
        return ()
    join = look.action("join", label=look.text(look.books.feature(on).join_key(on)))
    return ((join,) if o.state == OPEN else ()) + (look.action("leave"),)
