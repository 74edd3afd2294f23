"""One comes in the other's place: a leave and a join, where the speaker may speak for whoever leaves."""

from __future__ import annotations

from core import rules
from core.claims import Claim, Roster
from core.deeds.withdrawing import whose
from core.members import member
from core.rules import Refusal
from core.searches import is_for, sought
from core.talk import people
from core.talk.choosing import choose, meant
from core.talk.joining import join
from core.talk.leaving import leave
from core.talk.placing import elsewhere
from core.talk.wishes import Wish
from core.turn import Turn


def hand_over(turn: Turn, wish: Wish) -> None:
    """换王阿姨去: the speaker leaves, and whom they name takes the place, or waits behind those who wait already."""
    found = people.resolve(turn, wish, make=True)
    if found is None:
        return
    on = choose(turn, found, lambda on: bool(on.of(turn.member.id)), "nothing_promised", "ask.leave")
    if on is None:
        return
    mine = on.of(turn.member.id)
    comes = found.people[0] if found.people else 0
    reasons = [rules.may_leave(on, mine, turn.now), rules.may_join(on, comes, turn.now)]
    if comes and on.of(comes):
        turn.refuse(Refusal("already_there", {"name": turn.lookup().name(comes)}))
        return
    if (refusal := rules.first(reasons) or elsewhere(turn, on, wish.thing, mine)) is not None:
        turn.refuse(refusal)
        return
    leave(turn, Wish("leave", occurrence=on.occurrence.id, typed=wish.typed))
    who = (found.people[:1], () if comes else found.strangers[:1])
    take_over(turn, on, mine[0], who, typed=wish.typed)


def step_in(turn: Turn, wish: Wish) -> None:
    """我替老李: they leave and the speaker joins, if the speaker may speak for them; else it is said how."""
    found = people.resolve(turn, wish, make=False)
    if found is None:
        return
    if not found.people:
        turn.refuse(Refusal("nobody_called", {"name": found.strangers[0]}))
        return
    absent = found.people[0]
    if about := where_sought(turn, found, absent):
        join(turn, Wish("join", occurrence=about, typed=wish.typed))
        return
    name = member(turn.session, turn.here.id, absent).name
    nothing = Refusal("nothing_to_take_over", {"name": name})
    on = choose(turn, found, lambda on: bool(on.of(absent)), lambda: nothing, "ask.which")
    if on is None:
        return
    theirs = on.of(absent)
    mine = on.of(turn.member.id)
    refusal = rules.first([rules.may_leave(on, theirs, turn.now), still_free(on, turn, mine)])
    if (refusal := refusal or elsewhere(turn, on, wish.thing, theirs)) is not None:
        turn.refuse(refusal)
        return
    if any(whose(turn.work, on, theirs)):
        turn.tell("later.swap_for", name=name)
        return
    leave(turn, Wish("leave", occurrence=on.occurrence.id, people=(absent,), myself=False, typed=wish.typed))
    take_over(turn, on, theirs[0], ((turn.member.id,), ()), typed=wish.typed)


def where_sought(turn: Turn, wish: Wish, whose: int) -> int:
    """The activity for which a stand-in for this member is sought now; 0 where none is."""
    known = [o for o in turn.posted() if meant(turn, wish, o)]
    found = [o.id for o in known for post in sought(turn.session, o) if is_for(post, whose)]
    return found[0] if found else 0


def still_free(on: Roster, turn: Turn, mine: list[Claim]) -> Refusal | None:
    """Whether the speaker, who may be on the roster already, can take a place there."""
    return Refusal("already") if mine else rules.may_join(on, turn.member.id, turn.now)


def take_over(
    turn: Turn, on: Roster, left: Claim, who: tuple[tuple[int, ...], tuple[str, ...]], *, typed: bool
) -> None:
    """Join the place that `left` had, with the thing that was promised."""
    ids, strangers = who
    join(
        turn,
        Wish(
            "join", occurrence=on.occurrence.id, slot=left.slot_id, myself=turn.member.id in ids,
            people=tuple(id for id in ids if id != turn.member.id), strangers=strangers,
            thing=left.thing, portions=left.portions, typed=typed,
        ),
    )  # fmt: skip
