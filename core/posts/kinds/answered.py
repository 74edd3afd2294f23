"""The answer to a plain question: when, where, how many are missing, who comes, what to bring, what somebody posted."""

from __future__ import annotations

from core.activities import CANCELLED, PERSON, posted
from core.claims import Roster
from core.deeds.group_line import one_line
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.talk.answering import MOST, Answered
from core.views.details import facts, headline, names, readable, so_many
from core.views.view import View, lines


def answered(view: View) -> Message | None:
    """What was asked of each activity, under what it is called."""
    body = Answered.of(view.post)
    ids = mine(view) if body.what == "posted" else body.which
    rosters = [on for on in map(view.lookup.roster, ids) if on is not None]
    if not rosters:
        return Message(view.say("answered.no_posts")) if body.what == "posted" else None
    head = view.say("answered.posts") if body.what == "posted" else ()
    return Message(lines(head, *(lines(*about(view, on, body.what)) for on in rosters)))


def mine(view: View) -> list[int]:
    """What its reader posted and is not over."""
    lookup = view.lookup
    rows = posted(lookup.session, lookup.here.id, lookup.now)
    return [row.id for row in rows if row.made_by == view.post.member_id][: 3 * MOST]


def about(view: View, on: Roster, what: str) -> list[tuple[Span, ...]]:
    """The lines on one activity: what it is called and when, and what was asked."""
    lookup, lang = view.lookup, view.lang
    first: tuple[Span, ...] = (headline(lookup, on, lang),)
    if on.occurrence.state == CANCELLED:
        return [first, view.say("roster.cancelled")]
    when = (lookup.when(on, lang),)
    match what:
        case "short" | "posted":
            return [first, when, missing(view, on)]
        case "who":
            return [first, when, *people(view, on)]
        case "place":
            return [first, when, standing(view, on)]
    theirs = readable(lookup, on, on.of(view.post.member_id), view.reader)
    told = facts(lookup, on, lang, private=bool(theirs), to=theirs)
    said = [view.say(f"answered.no_{what}")] if what in ("bring", "where") and not known(on, what) else []
    return [first, *told, *said]


def known(on: Roster, what: str) -> bool:
    """Whether it was said of this activity where it is, or what to bring."""
    o = on.occurrence
    if what == "bring":
        return bool(o.bring or o.bring_confided or o.note or o.confided)
    return bool(o.place or o.place_confided or any(slot.label for slot in on.slots))


def missing(view: View, on: Roster) -> tuple[Span, ...]:
    """How many of how many, and how many are still wanted."""
    said, n = so_many(view.lookup.kind(on), on, view.lang), on.missing()
    if n is None:
        return view.say("answered.unlimited", count=said)
    if n:
        things = any(slot.unit != PERSON for slot in on.slots)
        return view.say("answered.short_things" if things else "answered.short", count=said, n=n)
    waiting = len(on.waiting())
    return view.say("answered.full_waiting" if waiting else "answered.full", count=said, n=waiting)


def people(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """Who has a place, and who waits: what the roster shows to everybody."""
    taking = list(dict.fromkeys(c.member_id for c in on.taking()))
    waiting = list(dict.fromkeys(c.member_id for c in on.waiting()))
    who = view.say("answered.who", names=names(view.lookup, taking, view.lang, on)) if taking else ()
    waits = view.say("roster.waiting", names=names(view.lookup, waiting, view.lang, on)) if waiting else ()
    return [who or view.say("answered.nobody"), waits]


def standing(view: View, on: Roster) -> tuple[Span, ...]:
    """Where somebody stands: with a place, or in the waiting list."""
    me = view.post.member_id
    queue, taking = on.waiting(), on.taking()
    for n, claim in enumerate(queue, 1):
        if claim.member_id == me:
            return view.say("answered.waits", n=n)
    for n, claim in enumerate(taking, 1):
        if claim.member_id == me:
            return view.say("answered.in", n=n)
    return view.say("refusal.not_joined")


ANSWERED = PostKind("answered", Answered, answered, unheard=one_line)
