"""A roster as a chain, and what a pasted chain changed."""

from __future__ import annotations

from collections.abc import Iterable

from core.claims import WAITLISTED, Claim, Roster
from core.messages import Message, Span
from core.reading.chains import Chain, Entry, write_chain
from core.views.details import facts, headline
from core.views.lookup import Lookup
from core.views.readback import UNDO_FOR
from core.views.view import View, lines


def chain_of(lookup: Lookup, on: Roster, lang: str) -> Chain:
    """The roster as a chain: what everybody may see, one line a person."""
    o = on.occurrence
    title = f"{headline(lookup, on, lang, private=False)} {lookup.when(on, lang)}"
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
    place = kind.slot_label(slot, lang) if slot is not None and kind.chooses(on) else ""
    dishes = [kind.thing(c, lang) for c in theirs if c.thing]
    note = " ".join(part for part in (place, *dishes) if part) or None
    waits = all(c.promised == WAITLISTED for c in theirs)
    count = 1 if dishes else len(theirs)
    return Entry(n, lookup.name(theirs[0].member_id), count, note, status="waitlist" if waits else None)


def chain(view: View) -> Message | None:
    """接龙: the roster, ready to be copied."""
    on = view.lookup.roster(view.post.occurrence_id)
    return None if on is None else Message((write_chain(chain_of(view.lookup, on, view.lang), view.lang),))


def chained(view: View) -> Message | None:
    """What a pasted chain changed, in two lines, with 撤销."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    body = view.post.body
    if body.get("undone"):
        return Message(view.say("back.undone"))

    def part(name: str) -> tuple[Span, ...]:
        found: Iterable[str] = body.get(name, ())
        return view.say(f"chain.{name}", names=view.text("list.comma").join(found)) if found else ()

    parts = [p for p in (part("added"), part("removed"), part("changed")) if p]
    said: list[Span] = []
    for p in parts:
        said += ["；" if view.lang == "zh" else "; ", *p] if said else p
    first = view.say("chain.read", title=headline(view.lookup, on, view.lang, private=False))
    done = tuple(said) or view.say("chain.nothing")
    may_undo = bool(parts) and view.lookup.now - view.post.due < UNDO_FOR
    return Message(
        lines(first, done, part("kept"), part("unclear"), part("nowhere")), view.open("undo") if may_undo else ()
    )
