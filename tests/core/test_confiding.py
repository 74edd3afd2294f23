"""Who may read what is confided of a promise: a pure rule, every case of it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from core.activities import CANCELLED, CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, PROMISES, Claim
from core.confiding import FADES, NOBODY, Reader, may_read

STARTS = datetime(2026, 11, 28, 1, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=1)
ENDS = STARTS + timedelta(hours=2)


def visit(state: str = OPEN) -> Occurrence:
    return Occurrence(community_id=1, id=1, kind="visit", state=state, starts_at=STARTS, ends_at=ENDS)


def claim(promised: str = CLAIMED) -> Claim:
    return Claim(community_id=1, id=1, member_id=7, promised=promised, made_at=BEFORE)


HOLDER, PROXY = Reader(7, neighbour=True), Reader(8, neighbour=True, wards=frozenset({7}))


@pytest.mark.parametrize("reader", [HOLDER, PROXY], ids=["holder", "proxy"])
@pytest.mark.parametrize("promised", PROMISES)
def test_it_belongs_to_who_holds_the_place_and_to_who_speaks_for_them(reader: Reader, promised: str) -> None:
    assert may_read(reader, visit(), claim(promised), 7, BEFORE) is (promised == CLAIMED)


@pytest.mark.parametrize(
    "reader",
    [
        NOBODY,
        Reader(7),  # left all groups
        Reader(8, wards=frozenset({7})),
        Reader(9, neighbour=True),  # signed them up
        Reader(9, neighbour=True, wards=frozenset({10, 11})),
    ],
)
def test_nobody_else_reads_it(reader: Reader) -> None:
    for state, promised in itertools.product((OPEN, CLOSED, CANCELLED), PROMISES):
        assert not may_read(reader, visit(state), claim(promised), 7, BEFORE)


def test_a_coordinator_reads_all() -> None:
    for state, promised in itertools.product((OPEN, CLOSED, CANCELLED), PROMISES):
        assert may_read(Reader(9, role="coordinator"), visit(state), claim(promised), 7, ENDS + 9 * FADES)


@pytest.mark.parametrize(
    ("state", "now", "readable"),
    [
        (OPEN, BEFORE, True),
        (CLOSED, BEFORE, True),
        (OPEN, ENDS + FADES - timedelta(seconds=1), True),
        (OPEN, ENDS + FADES, False),
        (CLOSED, ENDS + FADES, False),
        (CANCELLED, BEFORE, False),
    ],
)
def test_it_is_over_when_cancelled_and_a_day_after_the_end(state: str, now: datetime, readable: bool) -> None:
    assert may_read(HOLDER, visit(state), claim(), 7, now) is readable


def test_a_visit_without_a_time_yet_is_not_over() -> None:
    on = visit()
    on.starts_at = on.ends_at = None
    assert may_read(HOLDER, on, claim(), 7, ENDS + 9 * FADES)
