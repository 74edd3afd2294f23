"""Things talked of: wanted by who coordinates, brought, taken and given back by anybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.activities import CANCELLED, Occurrence
from core.claims import Roster, roster_of
from core.features.things import rows, said
from core.features.things.rows import Thing
from core.features.things.shown import Done
from core.members import Member
from core.rules import Refusal
from core.talk import people
from core.talk.asking import ask, last_asked
from core.talk.choosing import choose, none_open
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words import text
from core.words.clean import tidy_line, tidy_name

RETURNED = re.compile("[还交]|退(?!出)|return|back", re.IGNORECASE)
"""Who coordinates may say of others that something is back, when the activity is over as well."""
STILL = timedelta(days=30)
"""How long after an activity somebody who has something may say that it is back."""


def carry(turn: Turn, wish: Wish, rest: str) -> bool:
    """东西 红袖章 10, by who coordinates; 东西 alone shows what is wanted, to anybody."""
    words = rest or wish.thing
    if words and wish.number is not None and (said.wanted(words) or [("", 0)])[0][1] == 0:
        words, wish = f"{wish.number} {words}", replace(wish, number=None)  # 2 hot plates, not of activity 2
    if words and said.wanted(words) is None:
        if not turn.chat.private:
            return False
        turn.tell("things.how")
        return True
    draft = last_asked(turn, "draft") if turn.chat.private and not (wish.occurrence or wish.number) else None
    if draft is not None and words:
        wish = replace(wish, occurrence=draft.occurrence_id)
    if words and not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return True
    if not (words or wish.occurrence or wish.number or turn.posted()) and coming_back(turn, "back"):
        turn.privately("things.out")
        return True
    wish = replace(wish, verb="things", thing=words)
    on = choose(turn, wish, lambda _: True, lambda: none_open(turn, wish), "ask.which")
    if on is None:
        return True
    if words:
        names = [(tidy_line(name, 20), n) for name, n in said.wanted(words) or ()]
        rows.want(turn.work, on.occurrence, names)
        turn.mark()
    turn.privately("things.list", occurrence_id=on.occurrence.id)
    return True


NOTHING = {"return": "things.none_out", "drop": "things.none_promised", "bring": "things.enough"}
"""What is said where no such thing can be meant."""


def hear(turn: Turn, about: int, words: str) -> bool:
    """我带2个, 领了, 红袖章还了: of an activity that has such things."""
    if turn.chat.private and said.asks_what_is_out(words) and rows.any_ever(turn.session, turn.here.id):
        turn.privately("things.out")
        return True
    where = [about] if about else [row.id for row in turn.posted()]
    if not about:
        where += coming_back(turn, words)
    if not rows.any_things(turn.session, turn.here.id, where, turn.member.id):
        return False
    if turn.coordinates and (turn.chat.private or about) and (more := said.besides(words)):
        return carry(turn, Wish("things", occurrence=about), more)
    rosters = spoken_of(turn, about, words)
    known = {o.id: rows.things_of(turn.session, turn.here.id, o.id) for o in rosters}
    names = [each.name for things in known.values() for each in things]
    found = said.read_all(words, list(dict.fromkeys(names))) if names else ()
    heard = [hear_one(turn, about, told, known) for told in found]
    return any(heard)


def hear_one(turn: Turn, about: int, told: said.OfThing, known: dict[int, Sequence[Thing]]) -> bool:
    """What is done with one thing; False where it was not said of any of those known."""
    if not (turn.chat.private or about or told.name):
        if told.who or told.act in ("drop", "keep"):
            return False
        turn.meant = Meant.PERHAPS
    whose = of_whom(turn, told)
    if whose is None:
        return False
    if told.act == "keep":
        return keeps(turn, told, known)
    found = [thing for things in known.values() for thing in things if fits(turn, thing, told, whose.id)]
    found = [each for each in found if not told.name or each.name == told.name]
    if not found:
        if told.act == "take" or not (told.name or (about and turn.chat.private)):
            return False
        turn.tell(NOTHING[told.act], name=told.name)
        return True
    if whose.id != turn.member.id and not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return True
    turn.meant = Meant.SURELY
    if told.act == "return" and not told.name and not told.n:
        for thing in found:
            do(turn, thing, whose.id, told)
    elif len(found) > 1 and not (told.act == "take" and len({each.name for each in found}) == 1):
        options = [(thing.name, wish_of(thing, told, whose.id)) for thing in found[:8]]
        ask(turn, "things.which", options)
    else:
        do(turn, found[0], whose.id, told)
    return True


def keeps(turn: Turn, told: said.OfThing, known: dict[int, Sequence[Thing]]) -> bool:
    """袖章还在我这儿, 明天还: it stays written down; who had said nothing of taking it, took it."""
    things = [each for found in known.values() for each in found if told.name in ("", each.name)]
    out = [each for each in things if rows.of_member(turn.session, each, turn.member.id).out]
    if not out and len(things) == 1 and told.name:
        do(turn, things[0], turn.member.id, said.OfThing("take", told.name, told.n))
    elif out:
        names = text(turn.lang, "list.comma").join(dict.fromkeys(each.name for each in out))
        turn.mark()
        turn.tell("things.kept", name=names)
    return bool(out) or (len(things) == 1 and bool(told.name))


def coming_back(turn: Turn, words: str) -> set[int]:
    """The activities of which anybody still has something, where who coordinates may say that it is back."""
    out = rows.occurrences_out(turn.session, turn.here.id) if RETURNED.search(words) else set()
    return out if out and turn.coordinates else set()


def of_whom(turn: Turn, told: said.OfThing) -> Member | None:
    """Whose doing it is; None where a name is nobody's, so that it was talk."""
    if not told.who:
        return turn.member
    match people.find(turn, tidy_name(told.who)):
        case Member() as found:
            return found
    return None


def spoken_of(turn: Turn, about: int, words: str) -> list[Occurrence]:
    """The activity that was answered; else those that are open, and those of which the speaker still has something."""
    if about:
        row = turn.session.get(Occurrence, (turn.here.id, about))
        return [row] if row is not None and row.state != CANCELLED else []
    found = {row.id: row for row in turn.posted()}
    theirs = rows.occurrences_with(turn.session, turn.here.id, turn.member.id)
    theirs |= coming_back(turn, words)
    for id in theirs:
        row = turn.session.get(Occurrence, (turn.here.id, id))
        if row is not None and row.starts_at is not None and row.starts_at > turn.now - STILL:
            found.setdefault(id, row)
    return list(found.values())


def fits(turn: Turn, thing: Thing, told: said.OfThing, whose: int) -> bool:
    """Whether this may be the thing that was meant."""
    row = rows.of_member(turn.session, thing, whose)
    match told.act:
        case "return":
            return row.out > 0
        case "drop":
            return row.promised > 0
        case "take":
            o = turn.session.get_one(Occurrence, (turn.here.id, thing.occurrence_id))
            soon = bool(told.name) or carried_soon(turn, o)
            return soon and not carries(turn, roster_of(turn.session, o))
    there = rows.held(turn.session, turn.here.id, thing.id)
    return bool(told.name) or not thing.wanted or sum(each.promised for each in there) < thing.wanted


def carried_soon(turn: Turn, o: Occurrence) -> bool:
    """Whether things may be handed out already: from three days before."""
    return o.starts_at is None or o.starts_at - timedelta(days=3) <= turn.now


def carries(turn: Turn, on: Roster) -> bool:
    """Whether 领了 is about what is carried on a round there."""
    return turn.kind(on.occurrence).material(on.occurrence)


def wish_of(thing: Thing, told: said.OfThing, whose: int) -> Wish:
    return Wish(
        "thing_moved", occurrence=thing.occurrence_id, slot=thing.id, people=(whose,), thing=told.act, portions=told.n
    )


def answered(turn: Turn, wish: Wish, _rest: str) -> None:
    """The thing that was meant, chosen."""
    thing = turn.session.get(Thing, (turn.here.id, wish.slot))
    act = next((act for act in ("bring", "drop", "take", "return") if act == wish.thing), None)
    if thing is None or act is None or not wish.people:
        turn.refuse(Refusal("old_button"))
        return
    do(turn, thing, wish.people[0], said.OfThing(act, thing.name, wish.portions or 0))


def do(turn: Turn, thing: Thing, whose: int, told: said.OfThing) -> None:
    """Do it, and say it back with 撤销."""
    row = rows.of_member(turn.session, thing, whose)
    before = (row.promised, row.taken, row.returned)
    n = told.n
    match told.act:
        case "bring":
            n = n or 1
            after = (n, row.taken, row.returned)
        case "drop":
            n = row.promised
            after = (0, row.taken, row.returned)
        case "take":
            n = n or max(1, row.promised - row.taken)  # 领了: all that they said they bring, or one
            after = (row.promised, row.taken + n, row.returned)
        case "return":
            n = min(n or row.out, row.out)
            after = (row.promised, row.taken, row.returned + n)
    rows.move(turn.work, thing, whose, promised=after[0], taken=after[1], returned=after[2])
    turn.mark()
    body = Done(thing=thing.id, whose=whose, act=told.act, n=n, before=before, after=after)
    turn.privately("things.done", occurrence_id=thing.occurrence_id, body=body)
