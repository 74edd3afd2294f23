"""Joining: from a wish to claims on a roster."""

from __future__ import annotations

from dataclasses import replace

from core import claims, rules
from core.activities import CLOSED, Slot, posted
from core.claims import Claim, Head, Sheet, next_ordinal, put_down, sheet
from core.reminders import schedule
from core.rules import Refusal
from core.talk import people
from core.talk.choosing import choose, joinable
from core.talk.placing import as_place, find_slot, where_said
from core.talk.saying import changed, say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.words.clean import tidy_line, tidy_name


def join(turn: Turn, wish: Wish) -> None:
    """Put down whoever the wish means, asking for what is missing, one question at a time."""
    found = people.resolve(turn, wish, make=True)
    if found is None:
        return
    wish = found
    more = bool(wish.thing or wish.guests or wish.strangers)
    fits = joinable(turn, subjects(turn, wish), more=more)
    wish = as_place(turn, wish, fits)
    on = choose(turn, wish, where_said(turn, wish, fits), lambda: nothing(turn, wish), "ask.join")
    if on is None:
        return
    barred = {id: bars(turn, on, wish, id) for id in subjects(turn, wish)}
    shut = rules.may_join(on, 0, turn.now)
    welcome = [id for id, refusal in barred.items() if refusal is None]
    if shut is not None or not (welcome or wish.strangers):
        refuse_join(turn, on, wish, shut or rules.first(barred.values()))
        return
    wish = replace(  # of several, those who are in already are left as they are
        wish,
        myself=wish.myself and turn.member.id in welcome,
        people=tuple(id for id in wish.people if id in welcome),
    )
    slot = find_slot(turn, on, wish)
    if slot is None:
        return
    made = write(turn, on, slot, replace(wish, occurrence=on.occurrence.id))
    changed(turn, on, {c.member_id for c in made})
    if wish.typed:
        turn.mark()
    say_back(turn, "join", on, made)
    people.ask_name(turn)


def nothing(turn: Turn, wish: Wish) -> Refusal:
    """Why no activity fits a join: nothing is open, everything is promised already, or the rest is closed or begun."""
    sheets = [sheet(turn.session, o) for o in posted(turn.session, turn.community.id, turn.now)]
    left = [on for on in sheets if not all(on.of(id) for id in subjects(turn, wish))]
    if left:
        return Refusal("closed" if any(on.occurrence.state == CLOSED for on in left) else "started")
    if sheets and wish.people and not wish.myself:
        return Refusal("already_there", {"name": turn.books().name(wish.people[0])})
    return Refusal("already_all" if sheets else "nothing_open")


def subjects(turn: Turn, wish: Wish) -> list[int]:
    """The members whom a wish is for."""
    return [*([turn.member.id] if wish.myself else []), *wish.people]


def bars(turn: Turn, on: Sheet, wish: Wish, member_id: int) -> Refusal | None:
    """What stands in the way of one of those a wish is for."""
    further = bool(wish.thing and wish.portions) or wish.guests > 0 or on.moves_up(member_id)
    return rules.may_join(on, member_id, turn.now, more=further)


def refuse_join(turn: Turn, on: Sheet, wish: Wish, refusal: Refusal | None) -> None:
    """Say why not, with the place in the waiting list where that is the reason."""
    if refusal is None:
        return
    if refusal.code == "already_waiting":
        mine = on.of(subjects(turn, wish)[0])
        refusal = Refusal(refusal.code, {"n": 1 + on.waiting().index(mine[0])})
    turn.refuse(refusal)


# ------------------------------------------------------------ writing it down


def write(turn: Turn, on: Sheet, slot: Slot, wish: Wish) -> list[Claim]:
    """One claim for each head: the speaker, the members named, the strangers, the nameless guests."""
    made: list[Claim] = []
    spread = not wish.slot and not wish.thing and turn.feature(on.occurrence).pools(on)

    def down(head: Head, where: Slot) -> Claim:
        if spread and not on.room(where):
            where = next((s for s in on.slots if on.room(s)), where)
        claim = put_down(turn.session, on, where, head, turn.speaker, turn.now)
        made.append(claim)
        turn.did("join", on.occurrence, member=head.member_id, claim=claim.id)
        return claim

    for id in subjects(turn, wish):
        if on.moves_up(id) and not wish.portions:
            made += take_place(turn, on, slot, id)
            continue
        if on.of(id) and not wish.thing:
            continue  # in already: only those they bring are new
        down(
            Head(
                id,
                next_ordinal(on, id),
                thing=tidy_line(wish.thing, 30) if dish(slot) else "",
                portions=wish.portions,
            ),
            slot,
        )
    for name in wish.strangers:
        if wish.myself:  # 我和老伴: a guest of mine, by the name I give
            down(guest(turn, on, name), slot)
        else:
            who = people.without_account(turn, name, proxy=True)
            down(
                Head(
                    who.id,
                    name=tidy_name(name),
                    thing=tidy_line(wish.thing, 30) if dish(slot) else "",
                    portions=wish.portions,
                ),
                slot,
            )
    for _ in range(min(wish.guests, 9)):
        down(guest(turn, on, ""), slot)
    turn.session.flush()
    for id in {c.member_id for c in made}:
        schedule(turn.session, turn.community, turn.house, on.occurrence, id, turn.now)
    return made


def take_place(turn: Turn, on: Sheet, slot: Slot, member_id: int) -> list[Claim]:
    """Somebody who was offered a place, or waits while one is free, says 我来: they have it."""
    taken = []
    for claim in on.of(member_id):
        if claim.promised == claims.OFFERED or (claim.promised == claims.WAITLISTED and on.room(slot)):
            if claim.promised == claims.WAITLISTED:
                claim.slot_id = slot.id
            claims.promise(turn.session, claim, claims.CLAIMED)
            turn.did("accept", on.occurrence, member=member_id, claim=claim.id)
            taken.append(claim)
    return taken


def dish(slot: Slot) -> bool:
    return slot.unit == "dish"


def guest(turn: Turn, on: Sheet, name: str) -> Head:
    mine = on.of(turn.member.id)
    host = next((c for c in mine if c.ordinal == 0), None)
    return Head(turn.member.id, next_ordinal(on, turn.member.id), tidy_name(name), guest_of=host.id if host else None)
