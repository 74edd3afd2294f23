"""Asking back: a question with one action for each answer, or one that the next words answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.posts import OPEN, Body, Post, newest, settle
from core.talk.wishes import Wish, restored
from core.turn import Turn
from core.words import text

Option = tuple[str, Wish]
"""A label, and what is wished for if it is chosen."""


@dataclass(frozen=True, slots=True)
class Ask(Body):
    """A question: what is asked; its answers, each a label and a wish as it is stored; or how the words are to be read
    that answer it, with the wish that they complete.
    """

    key: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    options: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    page: int = 0  # of the answers, if they are many
    expects: str = ""  # change, edit, name or thing
    wish: Mapping[str, Any] = field(default_factory=dict)
    chosen: str = ""  # the answer


def last_asked(turn: Turn, *kinds: str) -> Post | None:
    """What was put last into this chat, if it is of one of these kinds and waits for words still."""
    post = newest(turn.session, turn.here.id, turn.chat.id)
    return post if post is not None and post.state == OPEN and post.kind in kinds else None


def ask(turn: Turn, key: str, options: Sequence[Option], **facts: str | int) -> None:
    """Ask the speaker privately which of `options` is meant."""
    stored = tuple((label, wish.stored()) for label, wish in options)
    turn.privately("ask", body=Ask(key=key, facts=facts, options=stored))
    look_private(turn)


def expect(
    turn: Turn, key: str, expects: str, wish: Wish | None = None, occurrence_id: int = 0, **facts: str | int
) -> None:
    """Ask the speaker something that their next private words answer; `expects` names how those are to be read."""
    body = Ask(key=key, facts=facts, expects=expects, wish=wish.stored() if wish else {})
    turn.privately("ask", body=body, occurrence_id=occurrence_id)
    look_private(turn)


def look_private(turn: Turn) -> None:
    """Say over the button just pressed in a group that it goes on privately."""
    if turn.pressed and turn.can.toasts and not turn.chat.private:
        key = "private.look" if turn.account.reachable else "private.open"
        turn.answer = replace(turn.answer, toast=text(turn.lang, key), open=not turn.account.reachable)


def chosen(turn: Turn, post: Post, index: int) -> Wish | None:
    """What the option pressed under a question wishes for; the question is settled. None for one it never had."""
    body = Ask.of(post)
    if not 0 <= index < len(body.options):
        return None
    label, stored = body.options[index]
    settle(turn.session, post, turn.now, replace(body, chosen=label))
    return replace(restored(stored), typed=True)
