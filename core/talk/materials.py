"""The material of a round talked of: 领了, of one's own or by place, and what is left."""

from __future__ import annotations

from collections.abc import Sequence

from core.claims import CLAIMED, FINISHED, ON_THE_WAY, UNKNOWN, Claim, Roster, roster_of
from core.deeds import rounds as deeds
from core.members import Member
from core.rounds import households, is_round, picked_up
from core.rules import Refusal
from core.said.rounds import read_material
from core.talk import people
from core.turn import Turn
from core.words import text


def hears(turn: Turn, words: str) -> bool:
    """Whether private words are 领了, or ask what of it is left."""
    said = read_material(words)
    if said is None:
        return False
    found = rounds(turn)
    if said.left:
        return asked(turn, found)
    wanted = [(on, of(turn, on, said.who)) for on in found]
    wanted = [(on, theirs) for on, theirs in wanted if theirs]
    fresh = [each for each in wanted if any(claim.happened == UNKNOWN for claim in each[1])]
    if not wanted:
        return False
    pick_up(turn, *(fresh or wanted)[0], named=bool(said.who))
    return True


def rounds(turn: Turn) -> list[Roster]:
    """The rounds that are not over, those that begin first first."""
    rows = [o for o in turn.posted() if is_round(o)]
    return [roster_of(turn.session, o) for o in sorted(rows, key=lambda o: (str(o.starts_at), o.id))]


def of(turn: Turn, on: Roster, who: str) -> list[Claim]:
    """The claims that are meant: the speaker's, those of a household that was named, or of somebody."""
    sure = [claim for claim in on.taking() if claim.promised == CLAIMED]
    wards = turn.lookup().reader(turn.member.id).wards
    may = sure if turn.coordinates else [c for c in sure if c.member_id in {turn.member.id, *wards}]
    if not who:
        own = [claim for claim in sure if claim.member_id == turn.member.id]
        return own or [claim for claim in sure if claim.member_id in wards]
    slots = {slot.id for slot in turn.kind(on.occurrence).slots_for(on, who)}
    if slots:
        return [claim for claim in may if claim.slot_id in slots]
    person = people.find(turn, who, {claim.member_id for claim in may})
    return [c for c in may if isinstance(person, Member) and c.member_id == person.id]


def pick_up(turn: Turn, on: Roster, theirs: Sequence[Claim], *, named: bool = False) -> None:
    """领了, where it was not said yet."""
    new = [claim for claim in theirs if claim.happened not in (ON_THE_WAY, FINISHED)]
    if theirs and not new:
        turn.tell("round.material.already")
        return
    came = deeds.pick_up(turn.work, on, new)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    if not named:
        turn.tell("round.material.picked")
        return
    kind, slots = turn.kind(on.occurrence), {claim.slot_id for claim in new}
    places = dict.fromkeys(
        kind.slot_name(on, slot, turn.lang) or on.occurrence.place for slot in on.slots if slot.id in slots
    )
    turn.tell("round.material.picked_for", places=text(turn.lang, "list.comma").join(places))


def asked(turn: Turn, found: Sequence[Roster]) -> bool:
    """还有几份没领: to coordinators by place, to others how many. False: there is no round of which it could be."""
    carried = [on for on in found if turn.kind(on.occurrence).material(on.occurrence) or picked_up(on)]
    if not carried:
        return False
    for on in carried[:3]:
        if turn.coordinates:
            turn.privately("round.material", occurrence_id=on.occurrence.id)
        elif left := len(households(on)) - len(picked_up(on)):
            turn.tell("round.material.left", n=left)
        else:
            turn.tell("round.material.all")
    return True
