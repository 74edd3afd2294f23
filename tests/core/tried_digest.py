"""The deeds of the digest, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.deeds import digest
from core.members import Member
from core.posts import Body
from core.work import Work


def subscribed(work: Work, members: dict[str, Member]) -> int:
    id = members["陈伯"].id
    digest.subscribe(work, id)
    work.session.flush()
    return id


def posted(work: Work, members: dict[str, Member]) -> Callable[[], Any]:
    subscribed(work, members)
    return lambda: digest.put_up(work, Body())


def ended(work: Work, members: dict[str, Member]) -> Callable[[], Any]:
    id = subscribed(work, members)
    return lambda: digest.unsubscribe(work, id)


DIGEST: dict[str, Callable[[Work, dict[str, Member]], Callable[[], Any]]] = {
    "digest.put_up": posted,
    "digest.subscribe": lambda work, members: lambda: digest.subscribe(work, members["陈伯"].id),
    "digest.unsubscribe": ended,
}
