"""Being there: 我出发了, 到了 and 平安结束 set what happened, around the time of the activity."""

from __future__ import annotations

from core import claims, rules
from core.claims import Sheet, happen
from core.rules import Refusal
from core.talk import people
from core.talk.choosing import choose
from core.talk.hesitating import possible
from core.talk.saying import changed, say_back
from core.talk.wishes import Wish
from core.turn import Turn

HAPPENED = {"here": claims.PRESENT, "done": claims.FINISHED, "on_the_way": claims.ON_THE_WAY}


def attend(turn: Turn, wish: Wish) -> None:
    """Set what happened for the speaker, for those they bring, or for the people named."""
    found = people.resolve(turn, wish, make=False)
    if found is None:
        return
    wish = found
    if wish.strangers:
        turn.refuse(Refusal("nobody_called", {"name": wish.strangers[0]}))
        return
    whose = {*wish.people, *([turn.member.id] if wish.myself else [])}

    leaving = wish.verb == "on_the_way"

    def fits(on: Sheet) -> bool:
        theirs = [c for c in on.taking() if c.member_id in whose]
        return rules.may_check_in(on, theirs, turn.now, leaving=leaving) is None

    if not turn.chat.private and not any(on.of(id) for on in possible(turn, wish) for id in whose):
        if turn.overheard:
            return  # 到了，快递在门卫: they have promised nothing to us
        turn.overheard = True
    on = choose(turn, wish, fits, "nothing_now", "ask.which")
    if on is None:
        return
    theirs = [c for c in on.taking() if c.member_id in whose]
    reasons = [
        rules.may_check_in(on, theirs, turn.now, leaving=leaving),
        *(rules.speaks_for(c, turn.speaker, turn.member.id, coordinates=turn.coordinates) for c in theirs),
    ]
    if (refusal := rules.first(reasons)) is not None:
        turn.refuse(refusal)
        return
    was = {claim.id: claim.happened for claim in theirs}
    for claim in theirs:
        happen(turn.session, claim, HAPPENED[wish.verb])
        turn.did(wish.verb, on.occurrence, member=claim.member_id, claim=claim.id)
    changed(turn, on, whose)
    if wish.typed:
        turn.mark()
    say_back(turn, wish.verb, on, theirs, was=was)
