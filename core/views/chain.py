"""A roster as a chain."""

from __future__ import annotations

from core.claims import WAITLISTED, Claim, Roster
from core.reading import Chain, Entry
from core.views.details import called, facts, headline
from core.views.lookup import Lookup


def chain_of(lookup: Lookup, on: Roster, lang: str) -> Chain:
    """The roster as a chain: what everybody may see, one line a person."""
    o = on.occurrence
    title = f"{headline(lookup, on, lang)} {lookup.when(on, lang)}"
    free = ["".join(str(span) for span in part) for part in facts(lookup, on, lang, private=False)[1:]]
    entries: list[Entry] = []
    for member_id in dict.fromkeys(c.member_id for c in on.claims):
        theirs = [c for c in on.claims if c.member_id == member_id]
        entries.append(entry(lookup, on, theirs, len(entries) + 1, lang))
    need = on.wanted() if o.starts_at else None
    return Chain(title, entries=tuple(entries), lines=tuple(free), need=need)


def entry(lookup: Lookup, on: Roster, theirs: list[Claim], n: int, lang: str) -> Entry:
    kind = lookup.kind(on)
    slot = on.slot(theirs[0].slot_id)
    place = kind.slot_name(on, slot, lang) if slot is not None and kind.chooses(on) else ""
    things = [kind.thing(c, lang) for c in theirs if c.thing]
    note = " ".join(part for part in (place, *things) if part) or None
    waits = all(c.promised == WAITLISTED for c in theirs)
    count = 1 if things else len(theirs)
    return Entry(n, called(lookup, on, theirs[0].member_id, lang), count, note, status="waitlist" if waits else None)
