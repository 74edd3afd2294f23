"""Being there: 我出发了, 到了 and 平安结束, for the speaker, for those they bring, or for the people named."""

from __future__ import annotations

from datetime import timedelta

from core import rules
from core.claims import Roster
from core.deeds import attending
from core.rules import Refusal
from core.said.wellbeing import gone_home
from core.talk import people
from core.talk.choosing import choose
from core.talk.hesitating import possible
from core.talk.passing import beside
from core.talk.saying import say_back
from core.talk.wishes import Wish
from core.turn import Meant, Turn

NEAR = timedelta(hours=3)
"""So long before the check-in 到了 may already be about it."""


def soon(turn: Turn, on: Roster) -> bool:
    """Whether the check-in is under way, or begins before long."""
    if on.occurrence.starts_at is None:
        return False
    begins, ends = on.occurrence.check_in()
    return begins - NEAR <= turn.now <= ends


def over(turn: Turn, words: str) -> bool:
    """Whether it is over for who speaks: 回家了, after the half of a duty of theirs. Sooner it may mean anything."""
    if not gone_home(words):
        return False
    for on in possible(turn, Wish("done")):
        starts, theirs = on.occurrence.starts_at, on.of(turn.member.id)
        if starts is None or not theirs or turn.now < starts + (on.occurrence.ends() - starts) / 2:
            continue
        if rules.may_check_in(on, theirs, turn.now) is None:
            attend(turn, Wish("done", occurrence=on.occurrence.id, typed=True))
            return True
    return False


def attend(turn: Turn, wish: Wish) -> None:
    """Find out who and where, and set what happened."""
    found = people.resolve(turn, wish, make=False)
    if found is None:
        return
    wish = found
    if wish.strangers:
        turn.refuse(Refusal("nobody_called", {"name": wish.strangers[0]}))
        return
    whose = {*wish.people, *([turn.member.id] if wish.myself else [])}

    def fits(on: Roster) -> bool:
        theirs = [c for c in on.taking() if c.member_id in whose]
        if wish.verb == "here" and any(attending.walks_in(turn.work, on, id) for id in whose):
            return True
        return rules.may_check_in(on, theirs, turn.now, leaving=wish.verb == "on_the_way") is None

    if not turn.chat.private and not any(fits(on) for on in possible(turn, wish)):
        near = any(on.of(id) for on in possible(turn, wish) if soon(turn, on) for id in whose)
        if turn.meant is Meant.PERHAPS:
            return  # 到了，快递在门卫: it is about nothing of ours
        turn.meant = Meant.SURELY if near else Meant.ASIDE
    on = choose(turn, wish, fits, "nothing_now", "ask.which")
    if on is None:
        return
    theirs = [c for c in on.taking() if c.member_id in whose]
    new = [id for id in whose if attending.walks_in(turn.work, on, id)] if wish.verb == "here" else []
    came = attending.attend(turn.work, on, theirs, wish.verb, new)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    if wish.typed:
        turn.mark()
    say_back(turn, came, on)
    beside(turn, on, "finished" if wish.verb == "done" else wish.verb, wish.said)
