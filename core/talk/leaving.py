"""Leaving: whose promise is taken back, and on which roster."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import col, select

from core.claims import LIVE, Claim, Roster
from core.deeds import withdrawing
from core.members import Member, member
from core.rules import Refusal
from core.talk import excusing, people, regulars
from core.talk.ahead import leave_several, on_its_day, promised_ahead
from core.talk.choosing import choose
from core.talk.hesitating import possible, regret, say_kindly
from core.talk.passing import beside
from core.talk.saying import say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text


def leave(turn: Turn, wish: Wish) -> None:
    """Take back the speaker's promise, or that of the people named."""
    if wish.names:
        own = put_down_by(turn)  # of two who bear a name, the one the speaker put down is meant
        known = all(isinstance(people.find(turn, name, own), Member) for name in wish.names)
        found = people.resolve(turn, wish, make=False, among=own if known else None)
        if found is None:
            return
        wish = found
    if wish.strangers and wish.said and turn.chat.private:
        regret(turn, replace(wish, verb="regret", strangers=(), people=(), names=()))  # 老头子住院了，来不了: who is?
        return
    if wish.strangers:
        turn.refuse(Refusal("nobody_called", {"name": wish.strangers[0]}))
        return
    whose = set(wish.people) or {turn.member.id}
    if excused_instead(turn, wish, whose):
        return

    def fits(on: Roster) -> bool:
        return any(on.of(id) for id in whose)

    if regulars.end(turn, wish, [*whose]):
        return
    wish = regulars.on_day_said(turn, wish)
    if leave_several(turn, wish, whose):
        return
    wish = on_its_day(turn, wish)
    if whose == {turn.member.id} and not wish.sure and not any(fits(on) for on in possible(turn, wish)):
        say_kindly(turn, "private.regret", wish.said)  # 我没空 from somebody who never said they would come
        return
    on = choose(turn, wish, fits, lambda: nothing_of(turn, whose), "ask.leave", also=promised_ahead(turn, whose))
    if on is None:
        return
    left = withdrawing.leave(turn.work, on, [c for c in on.claims if c.member_id in whose])
    if isinstance(left, Refusal):
        turn.refuse(left)
        return
    if wish.typed:
        turn.mark()
    say_back(turn, left, on, "skip" if wish.verb == "skip_week" else "")
    beside(turn, on, "leave", wish.said)


def nothing_of(turn: Turn, whose: set[int]) -> Refusal:
    """That these people promised nothing: said of them, and not as if of who speaks."""
    if turn.member.id in whose:
        return Refusal("nothing_promised")
    names = (member(turn.session, turn.here.id, id).name for id in sorted(whose))
    return Refusal("nothing_of_theirs", {"name": text(turn.lang, "list.comma").join(names)})


def excused_instead(turn: Turn, wish: Wish, whose: set[int]) -> bool:
    """去不了, of a meeting: they are excused. Where nothing else was promised, or it was the meeting that was meant."""
    if len(whose) != 1 or not (turn.chat.private or wish.occurrence or wish.number is not None):
        return False
    (id,) = whose
    known = possible(turn, wish)
    if wish.number is not None:
        known = [on for on in known if on.occurrence.number == wish.number]
    if any(on.of(id) and not turn.kind(on.occurrence).attends for on in known):
        return False
    found = [on for on in known if excusing.fits(turn, on, id) and (on.of(id) or not on.invited.get(id))]
    if len(found) != 1:
        return False
    reason = "" if wish.sure else wish.said
    excusing.excuse(turn, replace(wish, verb="excuse", occurrence=found[0].occurrence.id, people=(id,), said=reason))
    return True


def put_down_by(turn: Turn) -> set[int]:
    """Others for whom the speaker has claimed places that still stand."""
    network, account = turn.work.by.account
    rows = turn.session.exec(
        select(Claim.member_id).where(
            Claim.community_id == turn.here.id,
            Claim.speaker_network == network,
            Claim.speaker_account == account,
            col(Claim.promised).in_(LIVE),
        )
    ).all()
    return set(rows) - {turn.member.id}
