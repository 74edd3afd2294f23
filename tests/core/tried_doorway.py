"""What is done at the door of the page, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.claims import Roster
from core.deeds import doorway
from core.work import Work
from tests.core.tried_series import Members


def noted(work: Work, on: Roster, members: Members) -> Callable[[], Any]:
    """A link was made anew: who has it is told by whom."""
    return lambda: doorway.note(work, "link_renewed", ("scene", "陈伯"), 1)


def knocked(work: Work, on: Roster, members: Members) -> Callable[[], Any]:
    return lambda: doorway.knocked(work)


def known_there(work: Work, on: Roster, members: Members) -> Callable[[], Any]:
    return lambda: doorway.known_there(work, members["陈伯"], ("web", "own"))


DOORWAY = {"doorway.note": noted, "doorway.knocked": knocked, "doorway.known_there": known_there}
