"""Which place of an activity a wish means: the one named whole, the one asked for, or the first that has room."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from core.activities import Slot
from core.claims import Claim, Roster, roster_of, rosters_of
from core.reading.parts import HAN_DIGITS, names_a_place, places_in, read_days
from core.rules import Refusal
from core.talk.asking import ask, expect
from core.talk.choosing import joinable, meant, row_of
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_line


def find_slot(turn: Turn, on: Roster, wish: Wish) -> Slot | None:
    """The slot a wish means. None: it was asked, or there is no such place and that was said."""
    kind = turn.kind(on.occurrence)
    if wish.slot:
        return on.slot(wish.slot)
    if kind.asks_thing(on) and not wish.thing:
        expect(
            turn,
            kind.thing_key(on),
            "thing",
            replace(wish, occurrence=on.occurrence.id),
            missing=kind.missing(on, turn.lang),
        )
        return None
    if wish.thing:
        fits = kind.slots_for(on, wish.thing)
        if len(fits) == 1:
            return fits[0]
        if fits:
            ask_slot(turn, on, wish, fits)
            return None
        if not kind.asks_thing(on) and kind.minds(on, wish.thing):
            not_whole(turn, on, wish)
            return None
    if kind.chooses(on):
        ask_slot(turn, on, wish, on.slots)
        return None
    with_room = [s for s in on.slots if on.room(s)]
    return (with_room or list(on.slots))[0]


def not_whole(turn: Turn, on: Roster, wish: Wish) -> None:
    """The words name no place that there is: ask about the one that is like it, else say so kindly."""
    near = turn.kind(on.occurrence).slots_near(on, wish.thing)
    if len(near) > 1:
        ask_slot(turn, on, wish, near)
    elif near:
        kind = turn.kind(on.occurrence)
        called = kind.slot_name(on, near[0], turn.lang) or kind.slot_called(on, near[0])
        yes = replace(wish, occurrence=on.occurrence.id, slot=near[0].id)
        options = [(called, yes), (text(turn.lang, "action.no"), Wish("nothing"))]
        ask(turn, "ask.is_place", options, place=called)
    else:
        turn.refuse(no_such_place(wish.thing))


def elsewhere(turn: Turn, on: Roster, thing: str, theirs: Sequence[Claim]) -> Refusal | None:
    """Whether the place said in a swap is another than the one that is to change hands."""
    if not places_in(thing):
        return None
    named = {slot.id for slot in turn.kind(on.occurrence).slots_for(on, thing)}
    return None if all(claim.slot_id in named for claim in theirs) else no_such_place(thing)


def no_such_place(thing: str) -> Refusal:
    return Refusal("no_such_place", {"place": tidy_line(thing, 20)})


def ask_slot(turn: Turn, on: Roster, wish: Wish, slots: Sequence[Slot]) -> None:
    """Which place, or course of a meal? Those with room first."""
    kind = turn.kind(on.occurrence)
    known = replace(wish, occurrence=on.occurrence.id)
    options = []
    for slot in sorted(slots, key=lambda s: (not on.room(s), s.position)):
        count = f" {len(on.taking(slot))}/{slot.max}" if slot.max is not None else ""
        options.append((f"{kind.slot_name(on, slot, turn.lang)}{count}", replace(known, slot=slot.id)))
    ask(turn, kind.slot_key(on), options, thing=tidy_line(wish.thing, 30))


# ------------------------------------------------------------ numbers that may be places

NUMBERED = re.compile(rf"(?:\d{{1,3}}|[{HAN_DIGITS}]{{1,4}})号")
"""A day of the month, or a building."""


def as_place(turn: Turn, wish: Wish, fits: Callable[[Roster], bool]) -> Wish:
    """报名 3号 and 报名 3 may name a building: so they do where an activity has such a place, and none that number."""
    if wish.slot:
        return wish
    if wish.thing:
        return as_one_of_two(turn, wish, fits)
    if wish.number is not None and row_of(turn, wish) is None:
        guess = replace(wish, number=None, thing=str(wish.number))
        near = [on for on in open_to(turn, guess, fits) if turn.kind(on.occurrence).slots_near(on, guess.thing)]
        return guess if near else wish
    if not NUMBERED.fullmatch(wish.day):
        return wish
    could_be = open_to(turn, wish, fits)
    told = bool(wish.occurrence) or wish.number is not None  # which activity it is was said: the day need not say it
    dated = [] if told else [on for on in could_be if meant(turn, wish, on.occurrence)]
    if any(turn.kind(on.occurrence).slots_for(on, wish.day) for on in dated or could_be):
        return replace(wish, thing=wish.day, day=wish.day if dated else "")
    if read_days(wish.day, base=turn.local, lang=turn.lang) is None:
        return replace(wish, thing=wish.day, day="")  # 33号 is no day: of a place that is not there nothing is guessed
    return wish


def as_one_of_two(turn: Turn, wish: Wish, fits: Callable[[Roster], bool]) -> Wish:
    """报名 3号楼②: of two flats in one house the second, which is read as 3号楼 of activity 2."""
    if wish.number is None or wish.occurrence:
        return wish
    there = open_to(turn, wish, fits)
    if any(turn.kind(on.occurrence).slots_for(on, wish.thing) for on in there):
        return wish
    guess = replace(wish, number=None, thing=f"{wish.thing}{wish.number}")
    exact = [on for on in open_to(turn, guess, fits) if len(turn.kind(on.occurrence).slots_for(on, guess.thing)) == 1]
    return guess if exact else wish


def at_home(turn: Turn, wish: Wish) -> Wish:
    """帮王阿姨报名 2号楼: a building where nobody is to go says where she lives, which tells her from another."""
    if len(wish.names) != 1 or wish.lives or not names_a_place(wish.thing):
        return wish
    for on in open_to(turn, wish, joinable(turn, [], more=True)):
        kind = turn.kind(on.occurrence)
        if kind.chooses(on) or kind.confides or kind.slots_for(on, wish.thing):
            return wish
    return replace(wish, lives=wish.thing, thing="")


def where_said(turn: Turn, wish: Wish, fits: Callable[[Roster], bool]) -> Callable[[Roster], bool]:
    """Of several activities that fit, those that have the place said with the wish, if any has it."""
    if not places_in(wish.thing) or wish.occurrence or wish.number is not None:
        return fits
    there = {
        on.occurrence.id
        for on in open_to(turn, wish, fits)
        if turn.kind(on.occurrence).slots_for(on, wish.thing) and meant(turn, wish, on.occurrence)
    }
    return (lambda on: on.occurrence.id in there) if there else fits


def open_to(turn: Turn, wish: Wish, fits: Callable[[Roster], bool]) -> list[Roster]:
    """The activities that a wish can be about: the one answered or numbered, else all that are open to it."""
    if wish.occurrence or wish.number is not None:
        row = row_of(turn, wish)
        return [] if row is None else [roster_of(turn.session, row)]
    rosters = rosters_of(turn.session, turn.posted())
    return [on for on in rosters if fits(on)]
