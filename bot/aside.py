"""Aside: an answer to somebody without a private chat, in the group where they spoke, seen by them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.members import KnownChat, Presence
from core.messages import Message, Person
from core.network import Network
from core.posts import ANSWER, Body, Post, PostKind
from core.views.lookup import Lookup
from core.views.view import View, asking

LOOKING = timedelta(minutes=1)
"""So long after they spoke somebody is taken to look still: what is seen by them alone may never be seen at all."""


def aside(
    post: Post, kind: PostKind, lookup: Lookup, networks: Mapping[str, Network]
) -> tuple[KnownChat, Person] | None:
    """The group and the person, for an answer that could be said so; news that somebody must know never is."""
    if post.urgency != ANSWER or kind.unheard is None or lookup.now - post.due > LOOKING:
        return None  # seen before a body is looked at, which may be sealed
    body = Body.of(post)
    if not body.origin or body.overheard or body.aloud:
        return None
    chat = lookup.chat(body.origin)
    if chat is None or chat.closed or not chat.bound:
        return None
    if chat.network not in networks or not networks[chat.network].can.whispers:
        return None
    account = next((each for each in lookup.accounts(post.member_id) if each.network == chat.network), None)
    return (chat, Person(account.network, account.id, account.name)) if account is not None else None


def with_asking(message: Message, view: View, chat: KnownChat, person: Person) -> Message:
    """What is said aside asks, once, to open a private chat: nobody else reads that."""
    there = view.lookup.session.get(Presence, (chat.community_id, chat.id, person.id))
    return message if there is None or there.asked else replace(message, asks=asking(view, "\n"))
