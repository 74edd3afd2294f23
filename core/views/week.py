"""The roster of a week: a line for each of its days, with how many of how many and the names."""

from __future__ import annotations

from collections.abc import Sequence

from core import when
from core.activities import CANCELLED, OPEN, Occurrence
from core.claims import Roster
from core.messages import Action, Bold, Message, Span
from core.views.bidden import for_whom, tally
from core.views.board import actions as of_day
from core.views.board import sought, state, unsafe_line, waiting
from core.views.details import facts, head, so_many
from core.views.places import line
from core.views.units import persons, units
from core.views.view import View, lines


def week(view: View, days: Sequence[Occurrence]) -> Message:
    """All days of a week in one message; what they have in common is said once."""
    lookup = view.lookup
    lookup.expect_rosters({o.id for o in days})
    rosters = [on for o in days if (on := lookup.roster(o.id)) is not None and o.starts_at is not None]
    first = rosters[0]
    title = lookup.kind(first).title(first.occurrence, view.lang)
    begins, ends = (
        when.day(on.occurrence.starts_at or lookup.now, lookup.here.tz, view.lang, lookup.now)
        for on in (rosters[0], rosters[-1])
    )
    return Message(
        lines(
            (Bold(view.text("roster.week", title=title, first=begins, last=ends)),),
            for_whom(view, first),
            *facts(lookup, first, view.lang, private=False)[1:],
            *(said for on in rosters for said in day(view, on, first)),
        ),
        actions(view, rosters),
    )


def day(view: View, on: Roster, first: Roster) -> list[tuple[Span, ...]]:
    """'#5 12月1日周二 晚上7点到9点 1/2：陈伯', and what else is to be said of this day."""
    o, lookup = on.occurrence, view.lookup
    attends = lookup.kind(on).attends
    count = "" if attends else so_many(lookup.kind(on), on, view.lang)
    alone = len(on.slots) == 1 and not on.slots[0].label
    names = [head(lookup, on, c, view.lang) for c in persons(lookup, on.filling())] if alone else []
    if o.state == CANCELLED:
        names, count = [], view.text("roster.week_off")
    said = view.say(
        "roster.week_day" if names else "roster.week_day_free",
        number=o.number or 0,
        when=lookup.when(on, view.lang),
        count=count,
        names=view.text("list.comma").join(names),
    )
    place = view.say("activity.place", value=o.place) if o.place and o.place != first.occurrence.place else ()
    if o.state == CANCELLED:
        return [said]
    slots = [] if alone else [line(view, on, slot) for slot in on.slots]
    return [said, place, tally(view, on) if attends else (), *slots, *units(view, on), *after(view, on)]


def after(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """That it is closed or over; that two are needed; that somebody is looked for; who waits."""
    open_still = on.occurrence.state == OPEN
    return [state(view, on), unsafe_line(view, on) if open_still else (), sought(view, on), waiting(view, on)]


def actions(view: View, rosters: Sequence[Roster]) -> tuple[Action, ...]:
    """Join while a day of it is open, leave until the last is over: which day is asked then."""
    found = {each.id.partition(".")[0]: each for on in reversed(rosters) for each in of_day(view, on)}
    return tuple(found[verb] for verb in ("join", "leave", "excuse") if verb in found)
