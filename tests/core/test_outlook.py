"""What an activity is for one member: what is theirs comes first, then why not, then what it lacks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.activities import CLOSED
from core.claims import CLAIMED, FINISHED, OFFERED, PRESENT, WAITLISTED, Claim, Roster
from core.invited import ONLY
from core.outlook import Outlook
from tests.core.test_rules import BEFORE, STARTS, sheet

ENDS = STARTS + timedelta(hours=2)
EARLIER = STARTS - timedelta(days=3)


def filled(on: Roster, *members: int) -> Roster:
    on.claims += [Claim(community_id=1, id=10 + n, slot_id=1, member_id=n, made_at=BEFORE) for n in members]
    return on


def only(on: Roster, *invited: int) -> Roster:
    on.occurrence.bidden, on.invited = ONLY, dict.fromkeys(invited, "")
    return on


def happened(on: Roster, what: str) -> Roster:
    on.claims[0].happened = what
    return on


@pytest.mark.parametrize(
    ("on", "now", "state", "deeds"),
    [
        (sheet(), EARLIER, "open", ["join"]),
        (sheet(), BEFORE, "thin", ["join"]),
        (filled(sheet(), 2, 3), BEFORE, "full", ["join"]),
        (sheet(), STARTS, "started", []),
        (sheet(CLOSED), BEFORE, "closed", []),
        (only(sheet(), 2), BEFORE, "not_invited", []),
        (only(sheet(), 2), STARTS, "not_invited", []),
        (only(sheet(), 1), EARLIER, "open", ["join"]),
        (sheet(mine=CLAIMED), BEFORE, "mine", ["leave"]),
        (sheet(CLOSED, mine=CLAIMED), BEFORE, "mine", ["leave"]),
        (sheet(mine=CLAIMED), STARTS, "mine", ["here", "leave"]),
        (happened(sheet(mine=CLAIMED), PRESENT), STARTS, "mine", ["done", "leave"]),
        (happened(sheet(mine=CLAIMED), FINISHED), STARTS, "mine", ["leave"]),
        (sheet(mine=CLAIMED), ENDS, "mine", ["here"]),
        (sheet(mine=WAITLISTED), STARTS, "waiting", ["leave"]),
        (sheet(mine=OFFERED), BEFORE, "offered", ["accept", "decline"]),
    ],
)
def test_what_stands_on_a_card_and_what_can_be_done(on: Roster, now: datetime, state: str, deeds: list[str]) -> None:
    outlook = Outlook(on, 1, now)
    assert (outlook.state, list(outlook.deeds())) == (state, deeds)


@pytest.mark.parametrize(
    ("on", "now", "current"),
    [
        (sheet(), ENDS - timedelta(seconds=1), True),
        (sheet(), ENDS, False),
        (sheet(starts=None), BEFORE, False),
        (sheet(mine=CLAIMED), ENDS, True),
        (happened(sheet(mine=CLAIMED), FINISHED), ENDS, False),
        (sheet(mine=WAITLISTED), ENDS, False),
    ],
)
def test_it_leaves_by_itself(on: Roster, now: datetime, current: bool) -> None:
    assert Outlook(on, 1, now).current is current


def test_what_it_lacks_and_where_somebody_waits() -> None:
    on = filled(sheet(mine=WAITLISTED), 2)
    assert on.missing() == 1
    assert on.number_waiting(on.claims[0]) == 1
    assert on.number_waiting(on.claims[1]) == 0
