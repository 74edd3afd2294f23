"""The deeds of 报平安, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from core.claims import Roster
from core.deeds import morning
from core.posts import Post
from core.work import Work
from tests.core.tried_series import Members, given


def arranged(work: Work, members: Members) -> Post:
    came = morning.arrange(work, members["王伯"].id, time(9), members["陈伯"].id)
    assert isinstance(came, Post)
    work.session.flush()
    return came


MORNING: dict[str, Callable[[Work, Roster, Members], Callable[[], Any]]] = {
    "morning.arrange": lambda work, _, members: lambda: morning.arrange(work, members["王伯"].id, time(9)),
    "morning.look_in": lambda work, _, members: given(
        arranged(work, members), lambda post: morning.look_in(work, post, members["赵叔"].id)
    ),
    "morning.stop": lambda work, _, members: given(arranged(work, members), lambda post: morning.stop(work, post)),
}
