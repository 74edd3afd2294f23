"""The places of a roster: each on its own line with its own n/m; many that are empty, or full of dishes, share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from core.activities import Slot
from core.claims import Roster
from core.messages import Span
from core.views.bidden import tally
from core.views.details import called, head, limit, so_many
from core.views.units import heads_of_units, persons, units
from core.views.view import View

MANY = 3
"""From so many on places in which nobody is yet share a line."""
FULL, DISHES = 2, 6
"""So many kinds of dish that are complete, with so many dishes in all, share a line in a group."""


def places(view: View, on: Roster, *, folded: bool = False, names: bool = True) -> list[tuple[Span, ...]]:
    """The count, then who has each place. One slot: a numbered list. Several: a line each, and the sum first.

    `folded`: what is still empty shares lines, 还空：1 2 4号楼 0/2; and has none once it is over. `names`: who brings a
    dish is said of every dish.
    """
    lang, lookup = view.lang, view.lookup
    total = so_many(lookup.kind(on), on, lang)
    attends = lookup.kind(on).attends
    out: list[tuple[Span, ...]] = [tally(view, on)] if attends else []
    if not attends or on.wanted() is not None:
        out.append(view.say("roster.count", count=total, more=more(view, on)))
    if len(on.slots) == 1 and not on.slots[0].label:
        alone = persons(lookup, on.filling())
        return out + [(f"{n}. {head(lookup, on, c, lang)}",) for n, c in enumerate(alone, 1)] + units(view, on)
    if expected := lookup.kind(on).expected(on, lang):
        out.append((expected,))
    bare = empty(view, on) if folded else []
    full = [] if names else complete(view, on)
    out += [line(view, on, slot) for slot in on.slots if slot not in bare and slot not in full]
    if full:
        out.append(view.say("roster.full", kinds=view.text("list.comma").join(dishes(view, on, slot) for slot in full)))
    out += [*apart(view, on), *units(view, on)]
    if view.over(on):
        return out
    if bare and lookup.kind(on).asks_thing(on):
        return [*out, lacking(view, on, bare)]
    return out + [still_free(view, on, [s for s in bare if s.max == n]) for n in dict.fromkeys(s.max for s in bare)]


def apart(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """Those who come and fill no place, a line for all of them: 王伯、赵姨（3人）."""
    out = []
    for slot in on.aside:
        heads = Counter(claim.member_id for claim in on.taking(slot))
        if heads:
            kind = view.lookup.kind(on)
            names = [called(view.lookup, on, id, view.lang) + several(view, n) for id, n in heads.items()]
            label = kind.slot_label(slot, view.lang)
            count = view.text("count.person", n=heads.total())
            out.append(view.say("roster.slot", label=label, count=count, names=view.text("list.comma").join(names)))
    return out


def several(view: View, n: int) -> str:
    return view.text("roster.heads", count=view.text("count.person", n=n)) if n > 1 else ""


def more(view: View, on: Roster) -> str:
    """What else there is to say of the number: no limit, or a least."""
    if on.wanted() is None:
        return view.text("roster.unlimited")
    if len(on.slots) == 1 and on.slots[0].min is not None and on.slots[0].min != on.slots[0].max:
        return view.text("roster.at_least", n=on.slots[0].min)
    return ""


def line(view: View, on: Roster, slot: Slot) -> tuple[Span, ...]:
    """'3号楼 1/2：陈伯'."""
    theirs = on.taking(slot)
    said = [head(view.lookup, on, c, view.lang) for c in persons(view.lookup, theirs)]
    of_units = heads_of_units(view.lookup, theirs).items()
    said += [called(view.lookup, on, id, view.lang) + several(view, n) for id, n in of_units]
    who = view.text("list.comma").join(said)
    label = view.lookup.kind(on).slot_name(on, slot, view.lang)
    return view.say("roster.slot" if who else "roster.slot_free", label=label, count=count(view, on, slot), names=who)


def count(view: View, on: Roster, slot: Slot) -> str:
    return limit(view.lookup.kind(on), len(on.taking(slot)), slot.max, view.lang, slot.unit)


# ------------------------------------------------------------ what shares a line


def empty(view: View, on: Roster) -> list[Slot]:
    """The places in which nobody is yet and that share a line: kinds of dish, or many places that want as many."""
    bare = [slot for slot in on.slots if slot.max and not on.taking(slot)]
    if view.lookup.kind(on).asks_thing(on):
        return bare
    return [slot for slot in bare if sum(other.max == slot.max for other in bare) >= MANY]


def still_free(view: View, on: Roster, slots: Sequence[Slot]) -> tuple[Span, ...]:
    """'还空：1 2 4号楼 0/2', each of which wants so many."""
    called = [view.lookup.kind(on).slot_name(on, slot, view.lang) for slot in slots]
    together = view.text("list.comma").join(gathered(called))
    return view.say("roster.empty", places=together, count=count(view, on, slots[0]))


LABEL = re.compile(r"(\D*)(\d+)(\D*)")


def gathered(labels: Sequence[str]) -> list[str]:
    """'1 2 4号楼' of 1号楼, 2号楼 and 4号楼: what is about the number is said once."""
    found: dict[tuple[str, str], list[str]] = {}
    for label in labels:
        parts = LABEL.fullmatch(label)
        around, number = ((parts[1], parts[3]), parts[2]) if parts else ((label, ""), "")
        found.setdefault(around, []).append(number)
    return [f"{before}{' '.join(numbers)}{after}" for (before, after), numbers in found.items()]


def lacking(view: View, on: Roster, bare: Sequence[Slot]) -> tuple[Span, ...]:
    """'还缺：凉菜 0/2、热菜': those that have no line have their number here."""

    def gap(slot: Slot) -> str:
        label = view.lookup.kind(on).slot_name(on, slot, view.lang)
        return view.text("roster.gap", label=label, count=count(view, on, slot)) if slot in bare else label

    wanted = [slot for slot in on.slots if slot.max is not None and on.room(slot)]
    return view.say("roster.lacking", gaps=view.text("list.comma").join(map(gap, wanted)))


def complete(view: View, on: Roster) -> list[Slot]:
    """The kinds of dish of which there are enough, where they are so many that they share a line."""
    if not view.lookup.kind(on).asks_thing(on):
        return []
    full = [slot for slot in on.slots if slot.max and not on.room(slot)]
    return full if len(full) >= FULL and sum(len(on.taking(slot)) for slot in full) >= DISHES else []


def dishes(view: View, on: Roster, slot: Slot) -> str:
    """'热菜 2/2（红烧肉、油焖笋）'."""
    things = view.text("list.comma").join(claim.thing for claim in on.taking(slot))
    label = view.lookup.kind(on).slot_name(on, slot, view.lang)
    return view.text("roster.full_one", label=label, count=count(view, on, slot), things=things)
