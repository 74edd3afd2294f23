"""Saying what was done: back to the one who did it, on the rosters, and to whoever must know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from core import posts
from core.activities import Occurrence
from core.claims import WAITLISTED, Claim, Sheet
from core.confiding import look_again
from core.members import Member, member
from core.messages import words
from core.posts import NOTICE, OFFER
from core.turn import Turn
from core.views.books import Books
from core.views.readback import readback


def changed(turn: Turn, on: Sheet, whose: Collection[int] | None = None) -> None:
    """The occurrence changed: rosters are to be shown anew, and what was said of it to these members (None: to all).

    A read-back is followed while it offers 撤销: once more when that must go, and then it stays as it was said. What
    shows confided words is followed as long as it does.
    """
    posts.touch(turn.session, posts.following(turn.session, turn.community.id, on.occurrence.id, whose), turn.now)
    if turn.feature(on.occurrence).confides:
        look_again(turn.session, turn.community.id, turn.now, members=whose, occurrence_id=on.occurrence.id)


def say_back(
    turn: Turn,
    verb: str,
    on: Sheet,
    theirs: Sequence[Claim],
    waited: Sequence[int] = (),
    was: dict[int, str] | None = None,
) -> None:
    """Say who, what, weekday and time: as the press's own toast, or privately with 撤销 after words.

    `was`: what had happened before, by claim, for 撤销.
    What is confided follows privately in any case. People whom somebody else put down or took off are told as well.
    `waited`: the ids of those claims that only waited before they ended, so that an undo puts them where they were.
    """
    if verb == "join" and all(c.promised == WAITLISTED for c in theirs):
        verb = "wait"
    body: dict[str, Any] = {"verb": verb, "claims": [[c.id, c.changes] for c in theirs], "waited": list(waited)}
    if was:
        body["was"] = [[id, state] for id, state in was.items()]
    private = True
    if turn.pressed and turn.can.toasts:
        books = Books(turn.session, turn.community, turn.house, turn.now)
        spans = readback(books, body, turn.member.id, turn.lang, private=False)
        turn.answer = replace(
            turn.answer,
            toast="".join(words(s) for s in spans),
            open=not turn.account.reachable and not turn.chat.private,
        )
        private = verb == "join" and turn.feature(on.occurrence).confides
    if private:
        turn.privately("readback", body=body, occurrence_id=on.occurrence.id)
    elif turn.answer.open:  # the press is answered with the way to their private chat: it is said there, and only there
        posts.keep(turn.session, turn.privately("readback", body=body, occurrence_id=on.occurrence.id))
    for id in dict.fromkeys(c.member_id for c in theirs):
        if id != turn.member.id and member(turn.session, turn.community.id, id).proxy_id != turn.member.id:
            own = [[c.id, c.changes] for c in theirs if c.member_id == id]
            notify(turn, id, "readback", on.occurrence, verb=verb, claims=own, by=turn.member.id, waited=list(waited))


def notify(turn: Turn, member_id: int, rule: str, occurrence: Occurrence, *, urgency: int = OFFER, **body: Any) -> None:
    """Owe somebody else a private message about an occurrence."""
    posts.want(
        turn.session,
        turn.community.id,
        turn.now,
        rule,
        urgency=urgency,
        member_id=member_id,
        occurrence_id=occurrence.id,
        occasion=f"{turn.event}>{member_id}",
        expires=occurrence.ends() if occurrence.starts_at else None,
        body=body,
    )


def tell_holders(turn: Turn, on: Sheet, key: str, **facts: str | int) -> list[Member]:
    """Tell everybody who has promised, the speaker left out; who waits is told as well. Returns whom."""
    told = []
    for id in dict.fromkeys(c.member_id for c in on.claims if c.member_id != turn.member.id):
        notify(turn, id, "notice", on.occurrence, key=key, facts=facts)
        told.append(member(turn.session, turn.community.id, id))
    return told


def tell_coordinator(turn: Turn, on: Sheet, key: str, **facts: str | int) -> None:
    """A private word to the coordinator who posted it, unless that is who speaks."""
    maker = on.occurrence.made_by
    if maker and maker != turn.member.id:
        posts.want(
            turn.session,
            turn.community.id,
            turn.now,
            "notice",
            urgency=NOTICE,
            member_id=maker,
            occurrence_id=on.occurrence.id,
            occasion=f"{turn.event}!{key}!{facts.get('name', '')}",
            body={"key": key, "facts": facts},
        )
