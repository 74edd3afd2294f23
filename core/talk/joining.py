"""Joining: from a wish to claims on a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core import claims, rules
from core.activities import CLOSED, Slot, posted
from core.claims import Claim, Head, Sheet, put_down, sheet
from core.reminders import schedule
from core.rules import Refusal
from core.talk import people
from core.talk.asking import ask, expect
from core.talk.choosing import choose, joinable, label, meant
from core.talk.saying import changed, say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_line, tidy_name


def join(turn: Turn, wish: Wish) -> None:
    """Put down whoever the wish means, asking for what is missing, one question at a time."""
    found = people.resolve(turn, wish, make=True)
    if found is None:
        return
    wish = found
    more = bool(wish.thing or wish.guests or wish.strangers)
    on = choose(turn, wish, joinable(turn, subjects(turn, wish), more=more), lambda: nothing(turn, wish), "ask.join")
    if on is None:
        return
    barred = {id: bars(turn, on, wish, id) for id in subjects(turn, wish)}
    shut = rules.may_join(on, 0, turn.now)
    welcome = [id for id, refusal in barred.items() if refusal is None]
    if shut is not None or not (welcome or wish.strangers):
        refuse_join(turn, on, shut or rules.first(barred.values()), barred)
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
    """Why no activity fits a join: nothing is open, all is promised or waited for, or the rest is closed or begun."""
    open_ones = [o for o in posted(turn.session, turn.community.id, turn.now) if meant(turn, wish, o)]
    sheets = [sheet(turn.session, o) for o in open_ones]
    who = subjects(turn, wish)
    if len(who) == 1 and (waits := [on for on in sheets if waiting_place(on, who[0])]):
        return already_waiting(turn, waits, who[0])
    left = [on for on in sheets if not all(on.of(id) for id in who)]
    if left:
        return Refusal("closed" if any(on.occurrence.state == CLOSED for on in left) else "started")
    if sheets and wish.people and not wish.myself:
        return Refusal("already_there", {"name": turn.books().name(wish.people[0])})
    return Refusal("already_all" if sheets else "nothing_open")


def waiting_place(on: Sheet, member_id: int) -> int:
    """Where somebody stands on the waiting list, 1 for the first; 0 for who holds a place there, or does neither."""
    theirs = on.of(member_id)
    waiting = on.waiting()
    return 1 + waiting.index(theirs[0]) if theirs and all(claim in waiting for claim in theirs) else 0


def already_waiting(turn: Turn, waits: Sequence[Sheet], member_id: int) -> Refusal:
    """You wait for it already, and where: for which, if it is for several."""
    name = "" if member_id == turn.member.id else turn.books().name(member_id)
    if len(waits) == 1:
        place: dict[str, str | int] = {"n": waiting_place(waits[0], member_id)}
        return Refusal("already_waiting_for", {**place, "name": name}) if name else Refusal("already_waiting", place)
    places = [
        text(turn.lang, "refusal.waiting_place", what=label(turn, on.occurrence), n=waiting_place(on, member_id))
        for on in waits
    ]
    return Refusal("already_waiting_all", {"places": "\n".join(places)})


def subjects(turn: Turn, wish: Wish) -> list[int]:
    """The members whom a wish is for."""
    return [*([turn.member.id] if wish.myself else []), *wish.people]


def bars(turn: Turn, on: Sheet, wish: Wish, member_id: int) -> Refusal | None:
    """What stands in the way of one of those a wish is for."""
    further = bool(wish.thing and wish.portions) or wish.guests > 0 or on.moves_up(member_id)
    return rules.may_join(on, member_id, turn.now, more=further)


def refuse_join(turn: Turn, on: Sheet, refusal: Refusal | None, barred: Mapping[int, Refusal | None]) -> None:
    """Say why not, with whose name it is and the place in the waiting list where that is the reason.

    `barred`: what stands in the way of each.
    """
    if refusal is None:
        return
    who = next((id for id, reason in barred.items() if reason is refusal), turn.member.id)
    if refusal.code == "already_waiting":
        refusal = already_waiting(turn, [on], who)
    elif refusal.code == "already" and who != turn.member.id:
        refusal = Refusal("already_there", {"name": turn.books().name(who)})
    turn.refuse(refusal)


# ------------------------------------------------------------ which slot


def find_slot(turn: Turn, on: Sheet, wish: Wish) -> Slot | None:
    """The slot a wish means. None: it was asked, or there is no such place and that was said."""
    feature = turn.feature(on.occurrence)
    if wish.slot:
        return on.slot(wish.slot)
    if feature.asks_thing(on) and not wish.thing:
        expect(
            turn, "ask.dish", "dish", replace(wish, occurrence=on.occurrence.id), missing=feature.missing(on, turn.lang)
        )
        return None
    fits = feature.slots_for(on, wish.thing)
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1 or (feature.chooses(on)):
        if wish.thing and not fits and not feature.asks_thing(on):
            turn.refuse(Refusal("no_such_place", {"place": tidy_line(wish.thing, 20)}))
            return None
        ask_slot(turn, on, wish, fits or on.slots)
        return None
    with_room = [s for s in on.slots if on.room(s)]
    return (with_room or list(on.slots))[0]


def ask_slot(turn: Turn, on: Sheet, wish: Wish, slots: Sequence[Slot]) -> None:
    """Which place or kind of dish? Those with room first."""
    feature = turn.feature(on.occurrence)
    known = replace(wish, occurrence=on.occurrence.id)
    options = []
    for slot in sorted(slots, key=lambda s: (not on.room(s), s.position)):
        count = f" {len(on.taking(slot))}/{slot.max}" if slot.max is not None else ""
        options.append((f"{feature.slot_label(slot, turn.lang)}{count}", replace(known, slot=slot.id)))
    ask(turn, "ask.course" if feature.asks_thing(on) else "ask.slot", options)


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


def next_ordinal(on: Sheet, member_id: int) -> int:
    """0 for the person, 1 2 ... for those (or the further dishes) they bring: live claims are unique by it."""
    taken = {c.ordinal for c in on.of(member_id)}
    return next(n for n in range(1000) if n not in taken)
