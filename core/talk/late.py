"""Coming late: the coordinator reads it as it was said, and who is to be there as well reads by how much."""

from __future__ import annotations

from datetime import timedelta

from core import rules
from core.claims import Roster
from core.deeds import attending
from core.deeds import passing as deeds
from core.talk.hesitating import possible
from core.talk.passing import LONGEST, puzzle
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.views.details import names
from core.words.clean import storable

AHEAD = timedelta(hours=12)
"""How long before the start somebody may know that they will be late."""
AHEAD_PRIVATELY = timedelta(hours=48)
"""The same, said to the bot and to nobody else."""
FEW = 3
"""Partners who are told; where more come nobody waits for one."""


def comes_late(turn: Turn, wish: Wish, words: str, how: str) -> bool:
    """Say it to whom it concerns. False: the speaker has nothing to be late for, or spoke to others."""
    on = next_of(turn, wish)
    if on is None and turn.chat.private:
        puzzle(turn, words, "private.ask_them")
        return True
    if on is None:
        return False
    theirs = [c for c in on.taking() if c.member_id == turn.member.id]
    under_way = rules.may_check_in(on, theirs, turn.now, leaving=True) is None
    if turn.meant is Meant.PERHAPS and not under_way:
        return False
    coordinators = deeds.coordinators_of(turn.work, on)
    others = list(dict.fromkeys(c.member_id for c in on.taking() if c.member_id != turn.member.id))
    partners = [id for id in others if id not in coordinators and deeds.reachable(turn.work, id)]
    told = list(deeds.pass_on(turn.work, storable(words[:LONGEST]), "late", coordinators, on))
    if len(others) <= FEW:
        told += deeds.pass_on(turn.work, how, "partner", partners, on)
    if wish.verb == "on_the_way" and under_way:
        attending.attend(turn.work, on, theirs, "on_the_way")
        turn.mark()
    if told:
        turn.tell("passed.late_told", names=names(turn.lookup(), told, turn.lang, on))
    else:
        turn.tell("passed.nobody")
    return True


def next_of(turn: Turn, wish: Wish) -> Roster | None:
    """What the speaker has a place in and is due at, the soonest first."""
    found = []
    ahead = AHEAD_PRIVATELY if turn.chat.private else AHEAD
    for on in possible(turn, wish):
        starts = on.occurrence.starts_at
        mine = any(c.member_id == turn.member.id for c in on.taking())
        if mine and starts is not None and starts - ahead <= turn.now <= on.occurrence.ends():
            found.append((starts, on))
    return min(found, key=lambda each: each[0])[1] if found else None
