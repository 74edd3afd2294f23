"""Saying back what was understood: who, what, weekday and time, with a press to take it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col

from core import claims, columns, when
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import TAKING, Claim, Roster
from core.messages import Span
from core.news import Told
from core.views.details import facts, headline, names, readable, to_come
from core.views.lookup import Lookup
from core.views.view import View, lines
from core.way import Beside, one_of
from core.words import say, text

UNDO_FOR = timedelta(days=1)
LONGEST = timedelta(hours=12)
"""So long before something else may have begun and still go on."""
HELD = Beside(
    [Occurrence],
    lambda columns_of: columns_of.join(
        Claim, (col(Claim.community_id) == Occurrence.community_id) & (col(Claim.occurrence_id) == Occurrence.id)
    ).where(
        Claim.community_id == bindparam("community"),
        Claim.member_id == bindparam("member"),
        one_of(Claim.promised, TAKING),
        one_of(Occurrence.state, (OPEN, CLOSED)),
        col(Occurrence.all_day).is_(False),
        col(Occurrence.starts_at) > bindparam("since", type_=columns.Moment()),
        col(Occurrence.starts_at) < bindparam("until", type_=columns.Moment()),
    ),
)
"""What somebody has promised that begins between two moments."""


def readback(
    lookup: Lookup, body: Told, member_id: int, lang: str, *, private: bool, reader: int = 0
) -> tuple[Span, ...]:
    """One or two sentences on what happened to these claims, in the past tense, as they were moved then.

    `member_id` is whom it is for; `reader`, if given, who reads it: their proxy, perhaps.
    """
    theirs = lookup.claims([id for id, _ in body.claims])
    on = lookup.roster(theirs[0].occurrence_id) if theirs else None
    if on is None:
        return ()
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != member_id))
    mine = [c for c in theirs if c.member_id == member_id]
    verb = body.verb
    if body.by:
        who = lookup.name(body.by)
        whom = lookup.name(member_id) if reader not in (0, member_id) else text(lang, "back.you")
        first = say(lang, f"back.{verb}.by", who=who, whom=whom)
    elif others:
        first = say(lang, f"back.{verb}.for", names=names(lookup, others, lang, on))
    else:
        first = say(lang, f"back.{verb}.me", me=lookup.name(member_id))
    hint = lookup.kind(on).hint(on, theirs, lang) if verb in ("join", "wait") and private else ""
    left = [claim for claim in theirs if claim.promised in claims.LIVE] if verb in ("join", "wait") else []
    details = what(lookup, on, left or theirs, lang)  # of two dishes one may have been taken back since
    heads = how_many(on, mine, verb, lang)
    opens = to_come(lookup, on, theirs, reader or member_id) if verb == "join" and private else None
    later = told_later(lookup, opens, lang)
    place: tuple[Span, ...] = ()
    if verb == "wait" and (number := on.number_waiting(theirs[0])):
        place = say(lang, "back.place", n=number)
    sure = readable(lookup, on, theirs, reader or member_id) if verb == "join" and private else []
    more = tuple(facts(lookup, on, lang, private=bool(sure), to=sure)[1:]) if verb == "join" and private else ()
    place_known = on.occurrence.place if verb == "join" and not more else ""
    public = say(lang, "back.at", place=place_known) if place_known else ()
    return lines(
        first,
        (f"{headline(lookup, on, lang)} {details}".strip(),),
        (hint,) if hint else (),
        (lookup.when(on, lang),),
        public,
        *more,
        heads,
        place,
        later,
        at_that_hour(lookup, on, mine, lang) if verb == "join" else (),
    )


def told_later(lookup: Lookup, opens: datetime | None, lang: str) -> tuple[Span, ...]:
    """When who goes reads whom they go to, where that is still to come."""
    if opens is None:
        return ()
    tz = lookup.here.tz
    at = text(lang, "when.at", day=when.day(opens, tz, lang, lookup.now), time=when.clock(opens, tz, lang))
    return say(lang, "elders.later", when=at)


def at_that_hour(lookup: Lookup, on: Roster, mine: list[Claim], lang: str) -> tuple[Span, ...]:
    """What else the reader has promised at that hour: a hint, so that nobody finds out at the gate."""
    o = on.occurrence
    if not mine or o.starts_at is None or o.all_day or mine[0].promised not in TAKING:
        return ()
    where = {"community": lookup.here.id, "member": mine[0].member_id}
    rows = HELD.all(lookup.session, **where, since=o.starts_at - LONGEST, until=o.ends())
    both = [row.id for (row,) in rows if row.id != o.id and row.ends() > o.starts_at]
    other = lookup.roster(both[0]) if both else None
    if other is None:
        return ()
    return say(lang, "back.at_that_hour", what=f"{headline(lookup, other, lang)} {lookup.when(other, lang)}")


def how_many(on: Roster, mine: list[Claim], verb: str, lang: str) -> tuple[Span, ...]:
    """How many they are with those they bring, and how many of these only wait."""
    if any(claim.thing for claim in mine):  # dishes are no heads; who eats besides is counted
        aside = {slot.id for slot in on.aside}
        mine = [claim for claim in mine if claim.slot_id in aside]
    if len(mine) < 2:
        return ()
    waits = sum(claim.promised == claims.WAITLISTED for claim in mine)
    if verb == "join" and waits:
        return say(lang, "back.heads_waiting", n=len(mine), waiting=waits)
    where = {claim.slot_id for claim in mine}
    there = [claim for claim in on.of(mine[0].member_id) if claim.slot_id in where] if verb == "join" else mine
    return say(lang, "back.heads", n=max(len(mine), len(there)))


def what(lookup: Lookup, on: Roster, theirs: list[Claim], lang: str) -> str:
    """The slots and the things of these claims, where there is something to tell apart."""
    kind, parts = lookup.kind(on), []
    for claim in theirs:
        slot = on.slot(claim.slot_id)
        anywhere = claim.promised == claims.WAITLISTED and kind.pools(on)
        label = kind.slot_name(on, slot, lang) if slot and len(on.slots) > 1 and not anywhere else ""
        thing = kind.thing(claim, lang)
        if label or thing:
            parts.append(text(lang, "back.what", label=label, thing=thing).strip())
    return text(lang, "list.comma").join(dict.fromkeys(parts))


def which_and_when(view: View, on: Roster) -> str:
    """'巡逻 #1 11月27日周五晚上7点': what everybody may know of it, on one line."""
    return f"{headline(view.lookup, on, view.lang)} {view.lookup.when(on, view.lang)}"
