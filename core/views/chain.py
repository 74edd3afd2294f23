"""A roster as a chain, and what a pasted chain changed."""

from __future__ import annotations

from collections.abc import Iterable

from core.claims import WAITLISTED, Claim, Sheet
from core.messages import Message, Span
from core.reading.chains import Chain, Entry, write_chain
from core.views.books import Books
from core.views.details import facts, headline
from core.views.look import Look, lines
from core.views.readback import UNDO_FOR


def chain_of(books: Books, on: Sheet, lang: str) -> Chain:
    """The roster as a chain: what everybody may see, one line a person."""
    o = on.occurrence
    title = f"{headline(books, on, lang, private=False)} {books.when(on, lang)}"
    free = ["".join(str(span) for span in part) for part in facts(books, on, lang, private=False)[1:]]
    entries: list[Entry] = []
    for member_id in dict.fromkeys(c.member_id for c in on.claims):
        theirs = [c for c in on.claims if c.member_id == member_id]
        entries.append(entry(books, on, theirs, len(entries) + 1, lang))
    need = on.wanted() if o.starts_at else None
    return Chain(title, entries=tuple(entries), lines=tuple(free), need=need)


def entry(books: Books, on: Sheet, theirs: list[Claim], n: int, lang: str) -> Entry:
    feature = books.feature(on)
    slot = on.slot(theirs[0].slot_id)
    place = feature.slot_label(slot, lang) if slot is not None and feature.chooses(on) else ""
    dishes = [feature.thing(c, lang) for c in theirs if c.thing]
    note = " ".join(part for part in (place, *dishes) if part) or None
    waits = all(c.promised == WAITLISTED for c in theirs)
    count = 1 if dishes else len(theirs)
    return Entry(n, books.name(theirs[0].member_id), count, note, status="waitlist" if waits else None)


def chain(look: Look) -> Message | None:
    """接龙: the roster, ready to be copied."""
    on = look.books.sheet(look.post.occurrence_id)
    return None if on is None else Message((write_chain(chain_of(look.books, on, look.lang), look.lang),))


def chained(look: Look) -> Message | None:
    """What a pasted chain changed, in two lines, with 撤销."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None:
        return None
    body = look.post.body
    if body.get("undone"):
        return Message(look.say("back.undone"))

    def part(name: str) -> tuple[Span, ...]:
        found: Iterable[str] = body.get(name, ())
        return look.say(f"chain.{name}", names=look.text("list.comma").join(found)) if found else ()

    parts = [p for p in (part("added"), part("removed"), part("changed")) if p]
    said: list[Span] = []
    for p in parts:
        said += ["；" if look.lang == "zh" else "; ", *p] if said else p
    first = look.say("chain.read", title=headline(look.books, on, look.lang, private=False))
    done = tuple(said) or look.say("chain.nothing")
    may_undo = bool(parts) and look.books.now - look.post.due < UNDO_FOR
    return Message(
        lines(first, done, part("kept"), part("unclear"), part("nowhere")), look.open("undo") if may_undo else ()
    )
