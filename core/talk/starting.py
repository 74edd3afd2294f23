"""START pressed or typed privately: a welcome, the same again, or what the link of a poster stands for."""

from __future__ import annotations

import re
from datetime import timedelta

from core import posts, rules
from core.claims import roster_of
from core.deeds.arriving import hello
from core.rules import Refusal
from core.talk.asking import ask
from core.talk.choosing import label
from core.talk.joining import already_waiting
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text

_START = re.compile(r"\s*[/!／！]start(?:@\w+)?(?:\s+(?P<token>\S+))?\s*", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:https?://)?t\.me/\w+/?\?start=(?P<token>[\w-]+)\s*", re.IGNORECASE)
_JOIN = re.compile(r"(?:join|baoming|bm)[_-]?(?P<number>\d{1,6})", re.IGNORECASE)


THIS_START = timedelta(minutes=1)
"""A network may tell that a chat was opened, and of the START by which it was."""


def token_of(words: str) -> str | None:
    """What a START carries, '' for nothing; None for words that are none."""
    found = _START.fullmatch(words) or _LINK.fullmatch(words)
    return None if found is None else found["token"] or ""


def started(turn: Turn, words: str) -> bool:
    """Answer a START of somebody who belongs here. False: these words are none, or were said in a group."""
    token = token_of(words) if turn.chat.private else None
    if token is None:
        return False
    join = _JOIN.fullmatch(token)
    if join is not None:
        from_poster(turn, int(join["number"]))
    else:
        greeted(turn)
    return True


def greeted(turn: Turn) -> None:
    """A word of welcome, once; whoever presses again is told that the bot is there."""
    occasion = f"hello:{turn.account.network}:{turn.account.id}"
    before = posts.owed(turn.session, turn.here.id, "say", member_id=turn.member.id, occurrence_id=0, occasion=occasion)
    if before is None:
        hello(turn.session, turn.account, turn.member, turn.now, next(iter(turn.waited), None))
    elif before.message is not None or before.sending is not None or long_since(turn, before):  # else it is to come
        turn.tell("private.again", name=turn.member.name)


def long_since(turn: Turn, before: posts.Post) -> bool:
    """Whether they were welcomed in another message, and not by this very START."""
    return before.state == posts.ENDED and turn.now - before.due >= THIS_START


def from_poster(turn: Turn, number: int) -> None:
    """join_12: whether to sign up for 12 is asked first, for a link is soon pressed; what stands against it is said."""
    row = turn.numbered(number)
    if row is None:
        turn.refuse(Refusal("no_such_number", {"number": number}))
        return
    on = roster_of(turn.session, row)
    refusal = rules.may_join(on, turn.member.id, turn.now)
    if refusal is not None:
        waits = refusal.code == "already_waiting"
        turn.refuse(already_waiting(turn, [on], turn.member.id) if waits else refusal)
        turn.privately("mine" if refusal.code in ("already", "already_waiting") else "open")
        return
    full = not any(on.room(slot) for slot in on.slots)
    options = [
        (text(turn.lang, "action.confirm"), Wish("join", occurrence=row.id)),
        (text(turn.lang, "action.back"), Wish("nothing")),
    ]
    ask(turn, "start.join_full" if full else "start.join", options, what=label(turn, row))
