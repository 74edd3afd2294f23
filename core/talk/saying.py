"""Saying what was done: back to the one who did it, and to those for whom it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.claims import WAITLISTED, Roster, by_id
from core.deeds.outcome import Moved, Outcome, waited
from core.deeds.standing import crowded, renew
from core.deeds.telling import notify
from core.members import member
from core.messages import words
from core.news import Told
from core.posts import OFFER
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.readback import readback

A_MOMENT = timedelta(minutes=1)
"""Within this, answers to somebody who goes to and fro take one another's place."""


def say_back(turn: Turn, outcome: Outcome, on: Roster, verb: str = "", another: Wish | None = None) -> None:
    """Say who, what, weekday and time: as the press's own toast, or privately with 撤销 after words.

    What is confided follows privately in any case. People whom somebody else put down or took off are told as well.
    `verb`: how it is said, where that is not how it was done (加 is said as joining). `another`:
    what 另一位 under it wishes for.
    """
    verb = verb or outcome.verb
    theirs = by_id(turn.session, turn.here.id, outcome.claims)
    if verb == "join" and all(c.promised == WAITLISTED for c in theirs):
        verb = "wait"
    body = replace(told(outcome, verb), another=another.stored() if another else {})
    private = True
    if turn.pressed and turn.can.toasts:
        spans = readback(turn.lookup().knows(on, turn.member), body, turn.member.id, turn.lang, private=False)
        turn.answer = replace(
            turn.answer,
            toast="".join(words(s) for s in spans),
            open=not turn.account.reachable and not turn.chat.private,
        )
        private = verb == "join" and turn.kind(on.occurrence).keeps(on.occurrence)
    kind = turn.kind(on.occurrence).readback
    before = crowded(turn.work, turn.member.id, kind, on.occurrence, body, A_MOMENT) if private else None
    if before is not None:
        said = replace(
            body,
            origin=0 if turn.chat.private else turn.chat.id,
            thread=turn.thread,
            replies_to="" if turn.chat.private or turn.pressed else turn.message,
        )
        renew(turn.session, before, turn.now, said, below=turn.chat.private, rings=False)
    elif private:
        turn.privately(kind, body=body, occurrence_id=on.occurrence.id)
    elif turn.answer.open:  # the press is answered with the way to their private chat: it is said there, and only there
        turn.work.keep(turn.privately(kind, body=body, occurrence_id=on.occurrence.id))
    for id in outcome.members:
        if id != turn.member.id and member(turn.session, turn.here.id, id).proxy_id != turn.member.id:
            own = replace(told(outcome.of(id), verb), by=turn.member.id, waited=body.waited)
            notify(turn.work, id, "readback", on.occurrence, own)


def say_several(turn: Turn, outcomes: Sequence[Outcome], verb: str) -> None:
    """Say back what was done on several days at once, in one message; each who was put down or taken off by somebody
    else has one of their own."""
    moved = [each for outcome in outcomes for each in outcome.moved]

    def body(theirs: Sequence[Moved]) -> Told:
        waiting = tuple(each.claim for each in theirs if each.promised == WAITLISTED) if verb == "leave" else ()
        return Told(verb=verb, claims=tuple((each.claim, each.changes) for each in theirs), waited=waiting)

    turn.privately("several", body=body(moved))
    for id in dict.fromkeys(each.member for each in moved):
        if id != turn.member.id and member(turn.session, turn.here.id, id).proxy_id != turn.member.id:
            own = replace(body([each for each in moved if each.member == id]), by=turn.member.id)
            turn.privately("several", member_id=id, urgency=OFFER, body=own)


def told(outcome: Outcome, verb: str) -> Told:
    """An outcome as the body of a read-back, from which it can be undone."""
    attends = verb in ("here", "done", "on_the_way")
    return Told(
        verb=verb,
        claims=tuple((each.claim, each.changes) for each in outcome.moved),
        waited=tuple(waited(outcome)) if verb == "leave" else (),
        was=tuple((each.claim, each.happened) for each in outcome.moved) if attends else (),
    )
