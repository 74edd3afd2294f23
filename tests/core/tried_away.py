"""The deeds of being away, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from core.away import Away
from core.claims import Roster
from core.deeds import absence, granting
from core.work import Work
from tests.core.tried_series import Members, given, next_one, weekly

FROM, TO = date(2026, 11, 24), date(2026, 12, 20)


def gone(work: Work, on: Roster, members: Members) -> Away:
    """Somebody who comes every week, and waits for one more, is away."""
    weekly(work, on, members["赵叔"])
    next_one(work, on)
    came = absence.go_away(work, members["赵叔"].id, FROM, TO)
    assert isinstance(came, tuple)
    return came[0]


def granted(work: Work, on: Roster, members: Members) -> Callable[[], Any]:
    """Somebody who was on no roster was there all the same."""
    return lambda: granting.grant(work, on.occurrence, members["赵叔"].id, timedelta(hours=1), in_all=True)


AWAY: dict[str, Callable[[Work, Roster, Members], Callable[[], Any]]] = {
    "absence.go_away": lambda work, on, members: given(
        (weekly(work, on, members["赵叔"]), next_one(work, on)),
        lambda _: absence.go_away(work, members["赵叔"].id, FROM, TO),
    ),
    "granting.grant": granted,
    "absence.come_back": lambda work, on, members: given(
        gone(work, on, members), lambda row: absence.come_back(work, row)
    ),
}
