"""Lists for one person: what they promised, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, func, select

from core import repeating, when
from core.activities import CANCELLED, LONGEST_OVER, Occurrence, Series, posted
from core.away import of_member as of_member_away
from core.claims import LIVE, OFFERED, WAITLISTED, Claim, Roster
from core.deeds.group_line import one_line
from core.members import Member
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.reading.parts import spell_day
from core.regulars import of_member
from core.repeating import pattern_of, series_of
from core.talk.away import in_words
from core.views.details import facts, headline, names, readable, so_many
from core.views.readback import what
from core.views.records import of_this_year
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
        .join(Occurrence, (col(Occurrence.community_id) == Claim.community_id) & (Occurrence.id == Claim.occurrence_id))
        .where(
            Claim.community_id == lookup.here.id,
            col(Claim.member_id).in_(whose),
            col(Claim.promised).in_(LIVE),
            func.coalesce(Occurrence.ends_at, Occurrence.starts_at) > lookup.now - LONGEST_OVER,
        )
    ).all()
    rosters = [s for s in (lookup.roster(id) for id in dict.fromkeys(ids)) if s is not None and coming(view, s)]
    rosters.sort(key=lambda s: (s.occurrence.starts_at is None, s.occurrence.starts_at, s.occurrence.number or 0))
    weekly = [line for id in whose for line in for_good(view, id)]
    weekly += absences(view, me)
    if not rosters and not weekly:
        return Message(lines(view.say("mine.nothing"), of_this_year(view, me)))
    how = view.say("mine.how") if rosters else ()
    year = of_this_year(view, me)
    return Message(lines(view.say("mine.head"), *(promise(view, s, whose) for s in rosters), *weekly, year, how))


def for_good(view: View, member_id: int) -> list[tuple[Span, ...]]:
    """What somebody comes to every week, a line each, with the pause."""
    session, here = view.lookup.session, view.lookup.here
    out = []
    for mine in of_member(session, here.id, member_id):
        row = session.get(Series, (here.id, mine.series_id))
        like = pattern_of(session, row) if row is not None and row.repeats else None
        if row is None or like is None:
            continue
        days = when.weekdays(mine.weekdays, view.lang) or when.rule(row, like, view.lang)
        today = view.lookup.now.astimezone(here.tz).date()
        paused = mine.paused_until >= today.isoformat() if mine.paused_until else False
        until = when.day_in_words(date.fromisoformat(mine.paused_until), view.lang, today) if paused else ""
        who = "" if member_id == view.post.member_id else view.text("mine.for", names=view.lookup.name(member_id))
        key = "mine.paused" if paused else "mine.weekly"
        facts = {"what": here.kind(like).title(like, view.lang), "days": days, "until": until, "who": who}
        out.append(view.say(key, **facts))
    return out


def absences(view: View, member_id: int) -> list[tuple[Span, ...]]:
    """From when to when somebody is away."""
    today = view.lookup.now.astimezone(view.lookup.here.tz).date()
    rows = of_member_away(view.lookup.session, view.lookup.here.id, member_id, today)
    return [view.say("away.mine", span=in_words(row, view.lang, today)) for row in rows]


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
        state = view.text("mine.waiting", n=on.number_waiting(theirs[0]))
    elif n := sum(c.promised == WAITLISTED and c.guest_of is not None for c in theirs):
        state = view.text("mine.guests", n=n)
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
    shown = rosters[:20]
    ends = {on.occurrence.series_id: on for on in shown}
    for on in shown:
        out.append((f"{headline(lookup, on, view.lang)} {count(view, on)}\n{lookup.when(on, view.lang)}",))
        if ends[on.occurrence.series_id] is on:
            out.append(later(view, on.occurrence))
    return Message(lines(*out, view.say("open.how", number=rosters[0].occurrence.number or 1), later_how(view, shown)))


def count(view: View, on: Roster) -> str:
    """'2/4': how many of how many."""
    return so_many(view.lookup.kind(on), on, view.lang)


def later(view: View, o: Occurrence) -> tuple[Span, ...]:
    """The days of the next weeks on which it comes again, on one line; with how many, where somebody has promised."""
    lookup = view.lookup
    days = []
    for start, row in coming_of(view, o):
        on = lookup.roster(row.id) if row is not None else None
        promised = f" {count(view, on)}" if on is not None and on.taking() else ""
        days.append(f"{when.day(start, lookup.here.tz, view.lang, lookup.now)}{promised}")
    return view.say("open.later", days=view.text("list.comma").join(days)) if days else ()


def coming_of(view: View, o: Occurrence) -> list[tuple[datetime, Occurrence | None]]:
    row = series_of(view.lookup.session, o)
    return [] if row is None else repeating.coming(view.lookup.session, view.lookup.here, row, view.lookup.now)


def later_how(view: View, shown: Sequence[Roster]) -> tuple[Span, ...]:
    """How to promise one of the later days, by the first of them."""
    for on in shown:
        for start, _ in coming_of(view, on.occurrence):
            local = start.astimezone(view.lookup.here.tz).date()
            return view.say("open.later_how", day=spell_day(local, view.lang, weekday=False))
    return ()


MINE = PostKind("mine", render=mine, unheard=one_line)
OPEN_ONES = PostKind("open", render=open_ones, unheard=one_line)
