"""Lists for one person: what they promised, and what is open."""

from __future__ import annotations

from sqlmodel import col, select

from core.activities import CANCELLED, PERSON, posted
from core.claims import LIVE, OFFERED, WAITLISTED, Claim, Roster
from core.deeds.group_line import one_line
from core.members import Member
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.views.details import facts, headline, limit, names, readable
from core.views.readback import what
from core.views.view import View, lines


def mine(view: View) -> Message | None:
    """我的: every promise still to come, one's own and those of the people one speaks for."""
    lookup, me = view.lookup, view.post.member_id
    proxied = lookup.session.exec(
        select(Member.id).where(Member.community_id == lookup.here.id, Member.proxy_id == me)
    ).all()
    whose = [me, *proxied]
    ids = lookup.session.exec(
        select(Claim.occurrence_id)
        .where(
            Claim.community_id == lookup.here.id,
            col(Claim.member_id).in_(whose),
            col(Claim.promised).in_(LIVE),
        )
        .distinct()
    ).all()
    rosters = [s for s in (lookup.roster(id) for id in ids) if s is not None and coming(view, s)]
    rosters.sort(key=lambda s: (s.occurrence.starts_at is None, s.occurrence.starts_at, s.occurrence.number or 0))
    if not rosters:
        return Message(view.say("mine.nothing"))
    return Message(lines(view.say("mine.head"), *(promise(view, s, whose) for s in rosters), view.say("mine.how")))


def coming(view: View, on: Roster) -> bool:
    return (
        on.occurrence.state != CANCELLED
        and on.occurrence.starts_at is not None
        and view.lookup.now < on.occurrence.ends()
    )


def promise(view: View, on: Roster, whose: list[int]) -> tuple[Span, ...]:
    """One promise: what, when, where, for whom, and whether it is only a place in the waiting list."""
    theirs = [c for c in on.claims if c.member_id in whose]
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != view.post.member_id))
    state = ""
    if all(c.promised == WAITLISTED for c in theirs):
        state = view.text("mine.waiting", n=1 + on.waiting().index(theirs[0]))
    elif any(c.promised == OFFERED for c in theirs):
        state = view.text("mine.offered")
    who = view.text("mine.for", names=names(view.lookup, others, view.lang)) if others else ""
    holding = readable(view.lookup, on, theirs, view.reader)
    place = "" if holding else on.occurrence.place  # it stands among the facts
    parts = (what(view.lookup, on, theirs, view.lang), view.lookup.when(on, view.lang), place, who, state)
    first = (headline(view.lookup, on, view.lang), "\n", " ".join(part for part in parts if part))
    if not holding:
        return first
    return lines(first, *facts(view.lookup, on, view.lang, private=True, to=holding)[1:])


def open_ones(view: View) -> Message | None:
    """活动: what stands in the groups now, soonest first, with how many of how many."""
    lookup = view.lookup
    rows = posted(lookup.session, lookup.here.id, lookup.now)
    rosters = [s for s in (lookup.roster(row.id) for row in rows) if s is not None and coming(view, s)]
    if not rosters:
        return Message(view.say("open.nothing"))
    out = [view.say("open.head")]
    for on in rosters[:20]:
        unit = on.slots[0].unit if on.slots else PERSON
        count = limit(lookup.kind(on), len(on.taking()), on.wanted(), view.lang, unit)
        out.append((f"{headline(lookup, on, view.lang)} {count}\n{lookup.when(on, view.lang)}",))
    return Message(lines(*out, view.say("open.how", number=rosters[0].occurrence.number or 1)))


MINE = PostKind("mine", render=mine, unheard=one_line)
OPEN_ONES = PostKind("open", render=open_ones, unheard=one_line)
