"""需要帮忙: who needs help on duty is heard by their partner and every coordinator at once, whatever the hour."""

from __future__ import annotations

from core.claims import Roster
from core.deeds import passing as deeds
from core.posts import Say
from core.talk.hesitating import possible
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words import text


def need_help(turn: Turn, on: Roster) -> None:
    """Tell them, and the speaker whom to ring up."""
    coordinators = deeds.coordinators_of(turn.work)
    partners = {c.member_id for c in on.taking()} - {turn.member.id, *coordinators}
    words = text(turn.here.lang, "action.need_help")
    reached = [
        *deeds.pass_on(turn.work, words, "urgent", coordinators, on),
        *deeds.pass_on(turn.work, words, "help", sorted(partners), on),
    ]
    turn.privately("say", body=Say(key="passed.emergency", more=("passed.done",) if reached else ()))


def in_words(turn: Turn, _intent: str) -> bool:
    """需要帮忙, typed: from who is on duty now. From anybody else privately it is a question how this works."""
    for on in possible_now(turn):
        turn.meant = Meant.SURELY
        need_help(turn, on)
        turn.mark()
        return True
    return False


def possible_now(turn: Turn) -> list[Roster]:
    """What the speaker is on duty in now."""
    found = []
    for on in possible(turn, Wish("need_help")):
        if on.occurrence.starts_at is None:
            continue
        begins, ends = on.occurrence.check_in()
        if begins <= turn.now <= ends and any(c.member_id == turn.member.id for c in on.taking()):
            found.append(on)
    return found
