"""Rules: pure reasons to say no, all collected, the most useful one spoken."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import rules
from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN, Occurrence, Slot
from core.claims import CLAIMED, WAITLISTED, Claim, Roster
from core.rules import MOST_USEFUL_FIRST, Refusal, first, may_check_in, may_join, may_leave, speaks_for
from core.words import catalogue

STARTS = datetime(2026, 11, 27, 11, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=1)


def sheet(state: str = OPEN, *, mine: str = "", starts: datetime | None = STARTS) -> Roster:
    """A patrol of two, from seven to nine; `mine`: how member 1 stands on it."""
    on = Occurrence(community_id=1, id=1, kind="patrol", state=state, starts_at=starts)
    if starts is not None:
        on.ends_at = starts + timedelta(hours=2)
    slot = Slot(community_id=1, id=1, occurrence_id=1, max=2)
    mines = [Claim(community_id=1, id=1, slot_id=1, member_id=1, promised=mine, made_at=BEFORE)] if mine else []
    return Roster(on, [slot], mines)


def code(refusal: Refusal | None) -> str:
    return "" if refusal is None else refusal.code


@pytest.mark.parametrize(
    ("on", "now", "why"),
    [
        (sheet(), BEFORE, ""),
        (sheet(starts=None), BEFORE, ""),
        (sheet(CANCELLED), BEFORE, "cancelled"),
        (sheet(DRAFT), BEFORE, "not_posted"),
        (sheet(DISCARDED), BEFORE, "not_posted"),
        (sheet(CLOSED), BEFORE, "closed"),
        (sheet(), STARTS, "started"),
        (sheet(), STARTS - timedelta(seconds=1), ""),
        (sheet(), STARTS + timedelta(hours=2), "over"),
        (sheet(mine=CLAIMED), BEFORE, "already"),
        (sheet(mine=WAITLISTED), BEFORE, "already_waiting"),
        (sheet(CANCELLED, mine=CLAIMED), STARTS + timedelta(hours=5), "cancelled"),
        (sheet(CLOSED, mine=CLAIMED), BEFORE, "already"),
    ],
)
def test_who_may_join_and_why_not(on: Roster, now: datetime, why: str) -> None:
    assert code(may_join(on, 1, now)) == why


def test_a_full_activity_is_no_reason_to_say_no() -> None:
    on = sheet()
    on.claims += [Claim(community_id=1, id=n, slot_id=1, member_id=n, made_at=BEFORE) for n in (2, 3)]
    assert not on.room(on.slots[0])
    assert may_join(on, 1, BEFORE) is None


def test_whoever_brings_something_further_may_join_again() -> None:
    assert may_join(sheet(mine=CLAIMED), 1, BEFORE, more=True) is None


@pytest.mark.parametrize(
    ("on", "now", "why"),
    [
        (sheet(mine=CLAIMED), BEFORE, ""),
        (sheet(CLOSED, mine=CLAIMED), BEFORE, ""),
        (sheet(mine=CLAIMED), STARTS + timedelta(hours=1), ""),
        (sheet(), BEFORE, "not_joined"),
        (sheet(CANCELLED, mine=CLAIMED), BEFORE, "cancelled"),
        (sheet(mine=CLAIMED), STARTS + timedelta(hours=2), "over"),
    ],
)
def test_who_may_leave_and_why_not(on: Roster, now: datetime, why: str) -> None:
    assert code(may_leave(on, on.of(1), now)) == why


@pytest.mark.parametrize(
    ("minutes", "why"),
    [(-31, "too_early"), (-30, ""), (0, ""), (120, ""), (300, ""), (301, "too_late")],
)
def test_being_here_counts_from_half_an_hour_before_to_three_hours_after(minutes: int, why: str) -> None:
    on = sheet(mine=CLAIMED)
    assert code(may_check_in(on, on.of(1), STARTS + timedelta(minutes=minutes))) == why


def test_being_here_counts_from_when_people_must_be_there_not_from_the_meal() -> None:
    on = sheet(mine=CLAIMED)
    on.occurrence.report_at = STARTS - timedelta(hours=2)
    assert may_check_in(on, on.of(1), STARTS - timedelta(hours=2, minutes=30)) is None


@pytest.mark.parametrize(
    ("speaker", "member", "coordinates", "free"),
    [
        (("a", "1"), 9, False, True),
        (("b", "1"), 9, False, False),
        (("b", "2"), 1, False, True),
        (("b", "2"), 9, True, True),
    ],
)
def test_a_claim_is_taken_back_by_who_made_it_who_it_is_for_or_a_coordinator(
    speaker: tuple[str, str], member: int, coordinates: bool, free: bool
) -> None:
    claim = Claim(community_id=1, id=1, member_id=1, speaker_network="a", speaker_account="1", made_at=BEFORE)
    assert (speaks_for(claim, speaker, member, coordinates=coordinates) is None) is free


def test_of_several_reasons_the_most_useful_is_said() -> None:
    reasons = [Refusal(code) for code in reversed(MOST_USEFUL_FIRST)]
    found = first(reasons)
    assert found is not None
    assert found.code == MOST_USEFUL_FIRST[0]
    assert first([None, None]) is None


def test_every_reason_of_a_rule_has_its_place_in_the_order_and_its_words() -> None:
    used = set(re.findall(r'Refusal\(\s*"(\w+)"', Path(rules.__file__).read_text("utf-8")))
    assert used <= set(MOST_USEFUL_FIRST)
    for lang in ("zh", "en"):
        assert {f"refusal.{code}" for code in used} <= catalogue().keys(lang)
