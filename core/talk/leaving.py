"""Leaving: taking promises back, and what becomes of the places that fall free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select

from core import posts, rules
from core.claims import CLAIMED, LIVE, WAITLISTED, WITHDRAWN, Claim, Sheet, promise, promote, sheet, take_back
from core.members import Member, member
from core.reminders import schedule
from core.rules import Refusal
from core.talk import people
from core.talk.choosing import choose
from core.talk.saying import changed, notify, say_back, tell_coordinator
from core.talk.wishes import Wish
from core.turn import Turn

LATE = timedelta(hours=24)
"""Leaving with less than this to go is told to the coordinator: somebody must be found."""
NO_PROMOTION = timedelta(hours=1)
"""In the last hour nobody is moved up by the bot: they may not see it in time. Whoever comes first has the place."""


def leave(turn: Turn, wish: Wish) -> None:
    """Take back the speaker's promise, or that of the people named."""
    if wish.names:
        own = put_down_by(turn)  # of two who bear a name, the one the speaker put down is meant
        known = all(isinstance(people.find(turn, name, own), Member) for name in wish.names)
        found = people.resolve(turn, wish, make=False, among=own if known else None)
        if found is None:
            return
        wish = found
    if wish.strangers:
        turn.refuse(Refusal("nobody_called", {"name": wish.strangers[0]}))
        return
    whose = set(wish.people) or {turn.member.id}

    def fits(on: Sheet) -> bool:
        return any(on.of(id) for id in whose)

    on = choose(turn, wish, fits, "nothing_promised", "ask.leave")
    if on is None:
        return
    theirs = [c for c in on.claims if c.member_id in whose]
    reasons = [
        rules.may_leave(on, theirs, turn.now),
        *(rules.speaks_for(c, turn.speaker, turn.member.id, coordinates=turn.coordinates) for c in theirs),
    ]
    if (refusal := rules.first(reasons)) is not None:
        turn.refuse(refusal)
        return
    waited = [c.id for c in theirs if c in on.waiting()]
    withdraw(turn, on, theirs)
    if wish.typed:
        turn.mark()
    say_back(turn, "leave", on, theirs, waited=waited)


def put_down_by(turn: Turn) -> set[int]:
    """Others for whom the speaker has claimed places that still stand."""
    network, account = turn.speaker
    rows = turn.session.exec(
        select(Claim.member_id).where(
            Claim.community_id == turn.community.id,
            Claim.speaker_network == network,
            Claim.speaker_account == account,
            col(Claim.promised).in_(LIVE),
        )
    ).all()
    return set(rows) - {turn.member.id}


def withdraw(turn: Turn, on: Sheet, theirs: list[Claim], *, verb: str = "leave") -> None:
    """End these claims, offer what became free, and tell those who must know."""
    took = [c for c in theirs if c in on.taking()]
    freed = take_back(turn.session, on, theirs, WITHDRAWN)
    for claim in theirs:
        turn.did(verb, on.occurrence, member=claim.member_id, claim=claim.id)
    turn.session.flush()
    offered = fill(turn, on) if freed else []
    if freed and not offered:
        first_come(turn, on)
    changed(turn, on, {c.member_id for c in (*theirs, *offered)})
    if took and soon(turn, on):
        told = {c.member_id for c in took}
        for id in told:
            name = member(turn.session, turn.community.id, id).name
            tell_coordinator(turn, on, "notice.late_leave", name=name)


def first_come(turn: Turn, on: Sheet) -> None:
    """In the last hour a place is kept for nobody: those who wait are told that whoever comes first has it."""
    starts = on.occurrence.starts_at
    if starts is None or not starts - NO_PROMOTION < turn.now < starts:
        return
    for id in dict.fromkeys(c.member_id for c in on.waiting()):
        if id != turn.member.id:
            notify(turn, id, "notice", on.occurrence, key="notice.free", facts={"number": on.occurrence.number or 0})


def soon(turn: Turn, on: Sheet) -> bool:
    starts = on.occurrence.starts_at
    return starts is not None and starts - LATE <= turn.now < on.occurrence.ends()


def fill(turn: Turn, on: Sheet) -> list[Claim]:
    """Offer every free place to the waiting list, unless it starts within the hour."""
    starts = on.occurrence.starts_at
    if starts is not None and turn.now > starts - NO_PROMOTION:
        return []
    offered = promote(turn.session, on, pools=turn.feature(on.occurrence).pools(on))
    for claim in offered:
        turn.did("offer", on.occurrence, member=claim.member_id, claim=claim.id)
        posts.want(
            turn.session,
            turn.community.id,
            turn.now,
            "offer",
            urgency=posts.OFFER,
            member_id=claim.member_id,
            occurrence_id=on.occurrence.id,
            claim_id=claim.id,
            occasion=str(claim.changes),
            expires=on.occurrence.ends(),
        )
        schedule(turn.session, turn.community, turn.house, on.occurrence, claim.member_id, turn.now)
    return offered


def come_back(turn: Turn, on: Sheet, theirs: list[Claim], waited: Sequence[int] = ()) -> None:
    """Undo a leave: a free place, else the front of the waiting list, never somebody's place.

    Who only waited (`waited`) waits again where they did: leaving and coming back must not get anybody ahead.
    """
    for claim in theirs:
        slot = on.slot(claim.slot_id)
        again = any(c.member_id == claim.member_id and c.ordinal == claim.ordinal for c in on.claims)
        if slot is None or again or claim.promised in LIVE:
            continue
        if on.room(slot) and not (claim.id in waited and on.waiting(slot)):
            promise(turn.session, claim, CLAIMED)
        else:
            promise(turn.session, claim, WAITLISTED)
            if claim.id not in waited:
                claim.position = min([c.position for c in on.waiting()] or [claim.position + 1]) - 1
        on.claims.append(claim)
        turn.did("undo", on.occurrence, member=claim.member_id, claim=claim.id)
        schedule(turn.session, turn.community, turn.house, on.occurrence, claim.member_id, turn.now)
    turn.session.flush()
    changed(turn, sheet(turn.session, on.occurrence))
