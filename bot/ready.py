"""A message made ready for one network: lowered to what it can show, with what may be pressed under it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from core.fit import Fitted, fit, signs
from core.ids import short
from core.messages import Action, Message
from core.network import Can
from core.posts import Post


class Ready(NamedTuple):
    """A message as one network will show it; all of it that does not depend on the post."""

    message: Message  # as rendered; kept so that no other comes to have its identity
    fitted: Fitted
    actions: tuple[tuple[str, str, str], ...]
    looks: str
    confides: bool


def make_ready(message: Message, can: Can) -> Ready:
    """Lower a message for a network, with the signs to answer by and what tells it from another version."""
    tidied = tidy(message)
    marks = signs(tidied.actions, keycaps=can.reactions)
    actions = tuple((a.id, mark, a.label) for a, mark in zip(tidied.actions, marks, strict=True))
    other = (tidied.picture, tidied.file.name if tidied.file else "", tidied.opens, tidied.asks)
    shown = (tidied.text, actions, *filter(None, other))
    looks = hashlib.blake2b(repr(shown).encode("utf-8", "replace"), digest_size=8).hexdigest()
    confides = message.confides() and (can.confides or not message.withheld())
    return Ready(message, fit(tidied, can), actions, looks, confides)


def addressed(fitted: Fitted, post: Post, *, group: bool = True) -> Fitted:
    """With the post's name before each action: a renderer says only which verbs there are.

    In a group also with its topic, and the words that it answers: privately those stand elsewhere.
    """
    message, seeds = fitted.message, fitted.seeds
    body = post.body if group else {}
    thread, answers = (str(body.get(name, "")) for name in ("thread", "replies_to"))
    if thread or answers:
        message = replace(message, thread=thread, answers=answers)
        fitted = Fitted(message, seeds)
    if not message.actions:
        return fitted
    name = short(post.id)
    actions = tuple([Action(f"{name}.{a.id}", a.label, a.emoji, a.tone) for a in message.actions])
    return Fitted(replace(message, actions=actions), seeds)


def tidy(message: Message) -> Message:
    """Without the blank line that an empty fact leaves at the end."""
    spans = message.text
    while spans and isinstance(spans[-1], str) and not spans[-1].strip():
        spans = spans[:-1]
    if spans and isinstance(spans[-1], str) and spans[-1][-1].isspace():
        spans = (*spans[:-1], spans[-1].rstrip())
    return message if spans is message.text else replace(message, text=spans)
