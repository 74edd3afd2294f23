"""Joining: from a wish to people who are to come onto a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core import rules
from core.activities import CLOSED, Slot
from core.claims import Roster, rosters_of
from core.deeds import claiming
from core.deeds.claiming import MOST_GUESTS, Coming, bars
from core.rules import Refusal
from core.talk import people, regulars
from core.talk.ahead import of_series
from core.talk.choosing import choose, joinable, label, meant, none_open
from core.talk.namesakes import as_typed, may_be_another, there_already
from core.talk.placing import as_place, at_home, find_slot, where_said
from core.talk.saying import say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_line, tidy_name


def join(turn: Turn, wish: Wish) -> None:
    """Put down whoever the wish means, asking for what is missing, one question at a time."""
    found = people.resolve(turn, at_home(turn, wish), make=True)
    if found is None:
        return
    wish = found
    if regulars.begin(turn, wish):
        return
    more = bool(wish.thing or wish.guests or wish.strangers)
    fits = joinable(turn, subjects(turn, wish), more=more)
    of_days = of_series(turn, as_place(turn, wish, fits))
    if of_days is None:
        return
    wish = of_days
    on = choose(turn, wish, where_said(turn, wish, fits), lambda: nothing(turn, wish), "ask.join")
    if on is None:
        return
    brought = bool(wish.thing) and turn.kind(on.occurrence).asks_thing(on)
    further = brought or bool(wish.thing and wish.portions) or wish.guests > 0
    barred = {id: bars(turn.work, on, id, more=further) for id in subjects(turn, wish)}
    shut = rules.may_join(on, 0, turn.now)
    welcome = [id for id, refusal in barred.items() if refusal is None]
    if shut is not None or not (welcome or wish.strangers):
        refuse_join(turn, on, wish, shut or rules.first(barred.values()), barred)
        return
    wish = replace(  # of several, those who are in already are left as they are
        wish,
        myself=wish.myself and turn.member.id in welcome,
        people=tuple(id for id in wish.people if id in welcome),
    )
    slot = find_slot(turn, on, wish)
    if slot is None:
        return
    anywhere = not wish.slot and not wish.thing and turn.kind(on.occurrence).pools(on)
    came = claiming.claim(turn.work, on, coming(turn, wish, slot, anywhere=anywhere))
    if isinstance(came, Refusal):
        refuse_join(turn, on, wish, came, barred)
        return
    if wish.typed:
        turn.mark()
    say_back(turn, came, on, another=may_be_another(turn, wish))
    people.ask_name(turn)


def coming(turn: Turn, wish: Wish, slot: Slot, *, anywhere: bool) -> list[Coming]:
    """Those whom a wish is for, with what they bring. A name that nobody has is a guest of the speaker who comes too,
    else a new member for whom the speaker speaks."""
    thing = tidy_line(wish.thing, 30) if slot.of_things else ""
    found = []
    for id in subjects(turn, wish):
        mine = id == turn.member.id and wish.myself
        names = tuple(tidy_name(name) for name in wish.strangers) if mine else ()
        guests = min(wish.guests, MOST_GUESTS) if mine else 0
        found.append(Coming(id, slot, "", thing, wish.portions, guests, names, anywhere))
    if not wish.myself:
        for name, typed in (as_typed(wish, said) for said in wish.strangers):
            found.append(Coming(0, slot, typed, thing, wish.portions, anywhere=anywhere, stranger=name))
    return found


def nothing(turn: Turn, wish: Wish) -> Refusal | None:
    """Why no activity fits a join: nothing is open, all is promised or waited for, or the rest is closed or begun.

    None: it was said.
    """
    open_ones = [o for o in turn.posted() if meant(turn, wish, o)]
    if not open_ones:
        return none_open(turn, wish)
    rosters = rosters_of(turn.session, open_ones)
    who = subjects(turn, wish)
    if len(who) == 1 and (waits := [on for on in rosters if waiting_place(on, who[0])]):
        return already_waiting(turn, waits, who[0])
    left = [on for on in rosters if not all(on.of(id) for id in who)]
    if left:
        return Refusal("closed" if any(on.occurrence.state == CLOSED for on in left) else "started")
    if wish.people and not wish.myself:
        there_already(turn, wish, wish.people[0])
        return None
    return Refusal("already_all")


def waiting_place(on: Roster, member_id: int) -> int:
    """Where somebody stands on the waiting list, 1 for the first; 0 for who holds a place there, or does neither."""
    theirs = on.of(member_id)
    waiting = on.waiting()
    return 1 + waiting.index(theirs[0]) if theirs and all(claim in waiting for claim in theirs) else 0


def already_waiting(turn: Turn, waits: Sequence[Roster], member_id: int) -> Refusal:
    """You wait for it already, and where: for which, if it is for several."""
    name = "" if member_id == turn.member.id else turn.lookup().name(member_id)
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


def refuse_join(
    turn: Turn, on: Roster, wish: Wish, refusal: Refusal | None, barred: Mapping[int, Refusal | None]
) -> None:
    """Say why not, with whose name it is and the place in the waiting list where that is the reason.

    `barred`: what stands in the way of each.
    """
    if refusal is None:
        return
    who = next((id for id, reason in barred.items() if reason is refusal), turn.member.id)
    if refusal.code == "already_waiting":
        refusal = already_waiting(turn, [on], who)
    elif refusal.code == "already" and who != turn.member.id:
        there_already(turn, replace(wish, occurrence=on.occurrence.id), who)
        return
    turn.refuse(refusal)
