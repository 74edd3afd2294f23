"""Lists for one person: what they promised, and what is open."""

from __future__ import annotations

from sqlmodel import col, select

from core.activities import CANCELLED, posted
from core.claims import LIVE, OFFERED, WAITLISTED, Claim, Sheet
from core.members import Member
from core.messages import Message, Span
from core.views.details import facts, headline, limit, names, readable
from core.views.look import Look, lines
from core.views.readback import what


def mine(look: Look) -> Message | None:
    """我的: every promise still to come, one's own and those of the people one speaks for."""
    books, me = look.books, look.post.member_id
    proxied = books.session.exec(
        select(Member.id).where(Member.community_id == books.here.id, Member.proxy_id == me)
    ).all()
    whose = [me, *proxied]
    ids = books.session.exec(
        select(Claim.occurrence_id)
        .where(
            Claim.community_id == books.here.id,
            col(Claim.member_id).in_(whose),
            col(Claim.promised).in_(LIVE),
        )
        .distinct()
    ).all()
    sheets = [s for s in (books.sheet(id) for id in ids) if s is not None and coming(look, s)]
    sheets.sort(key=lambda s: (s.occurrence.starts_at is None, s.occurrence.starts_at, s.occurrence.number or 0))
    if not sheets:
        return Message(look.say("mine.nothing"))
    return Message(lines(look.say("mine.head"), *(promise(look, s, whose) for s in sheets), look.say("mine.how")))


def coming(look: Look, on: Sheet) -> bool:
    return (
        on.occurrence.state != CANCELLED
        and on.occurrence.starts_at is not None
        and look.books.now < on.occurrence.ends()
    )


def promise(look: Look, on: Sheet, whose: list[int]) -> tuple[Span, ...]:
    """One promise: what, when, where, for whom, and whether it is only a place in the waiting list."""
    theirs = [c for c in on.claims if c.member_id in whose]
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != look.post.member_id))
    state = ""
    if all(c.promised == WAITLISTED for c in theirs):
        state = look.text("mine.waiting", n=1 + on.waiting().index(theirs[0]))
    elif any(c.promised == OFFERED for c in theirs):
        state = look.text("mine.offered")
    feature = look.books.feature(on)
    place = feature.open_place(on.occurrence)
    who = look.text("mine.for", names=names(look.books, others, look.lang)) if others else ""
    parts = (what(look.books, on, theirs, look.lang), look.books.when(on, look.lang), place, who, state)
    first = (headline(look.books, on, look.lang, private=False), "\n", " ".join(part for part in parts if part))
    holding = readable(look.books, on, theirs, look.reader)
    if not holding:
        return first
    return lines(first, *facts(look.books, on, look.lang, private=True, to=holding)[1:])


def open_ones(look: Look) -> Message | None:
    """活动: what stands in the groups now, soonest first, with how many of how many."""
    books = look.books
    rows = posted(books.session, books.here.id, books.now)
    sheets = [s for s in (books.sheet(row.id) for row in rows) if s is not None and coming(look, s)]
    if not sheets:
        return Message(look.say("open.nothing"))
    out = [look.say("open.head")]
    for on in sheets[:20]:
        unit = on.slots[0].unit if on.slots else "person"
        count = limit(len(on.taking()), on.wanted(), look.lang, unit)
        out.append((f"{headline(books, on, look.lang, private=False)} {count}\n{books.when(on, look.lang)}",))
    return Message(lines(*out, look.say("open.how", number=sheets[0].occurrence.number or 1)))
