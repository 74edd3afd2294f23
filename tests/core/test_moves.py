"""The two axes of a claim: which moves the table has, and that nothing is final."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from core import claims
from core.claims import (
    CLAIMED,
    HAPPENINGS,
    LIVE,
    OFFERED,
    PROMISES,
    REPLACED,
    TAKING,
    WAITLISTED,
    WITHDRAWN,
    Claim,
    Illegal,
    Promised,
)
from tests.street import street

ENDED = frozenset(PROMISES) - frozenset(LIVE)
MOMENT = datetime(2026, 11, 23, 1, tzinfo=UTC)


def stray(**facts: str) -> Claim:
    return Claim(community_id=1, id=1, made_at=MOMENT, **facts)


@pytest.mark.parametrize(("here", "there"), list(itertools.product(PROMISES, repeat=2)), ids="-".join)
def test_a_promise_moves_as_the_table_says_and_in_no_other_way(here: str, there: str) -> None:
    claim, session = stray(promised=here), Basket()
    if there in PROMISES[here]:
        claims.promise(session, claim, there)
        assert (claim.promised, claim.changes) == (there, 1)
    else:
        with pytest.raises(Illegal):
            claims.promise(session, claim, there)
        assert (claim.promised, claim.changes) == (here, 0)


class Basket:
    """What is put into it would be written."""

    def __init__(self) -> None:
        self.rows: list[object] = []

    def add(self, row: object) -> None:
        self.rows.append(row)


def test_the_tables_name_only_states_that_they_have() -> None:
    assert set().union(*PROMISES.values()) <= PROMISES.keys()
    assert set(get_args(Promised)) == PROMISES.keys()


def test_every_end_of_a_promise_can_be_put_right() -> None:
    assert {WITHDRAWN, REPLACED} == ENDED
    for state in ENDED:
        assert PROMISES[state] == {CLAIMED, WAITLISTED}


def test_whoever_stands_on_a_roster_can_leave_it() -> None:
    for state in LIVE:
        assert WITHDRAWN in PROMISES[state]


def test_an_offer_and_a_promise_fill_a_place() -> None:
    assert set(TAKING) == {OFFERED, CLAIMED}


def test_what_happened_can_always_be_corrected() -> None:
    for here, there in itertools.permutations(HAPPENINGS, 2):
        claim, session = stray(happened=here), Basket()
        claims.happen(session, claim, there)
        assert claim.happened == there


def test_the_same_again_is_nothing_and_a_state_that_is_none_is_refused() -> None:
    claim, session = stray(), Basket()
    claims.happen(session, claim, claims.UNKNOWN)
    assert (claim.changes, session.rows) == (0, [])
    with pytest.raises(Illegal):
        claims.happen(session, claim, "vanished")


async def test_whoever_comes_back_is_a_new_row_at_the_end(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯") as here:
        for name, words in (("陈伯", "报名"), ("李阿姨", "报名"), ("王伯", "报名"), ("陈伯", "退出"), ("陈伯", "报名")):
            await here.say(name, words)
        rows = sorted(here.rows(Claim), key=lambda claim: claim.position)
        told = [(claim.speaker_account, claim.promised) for claim in rows]
        assert told == [("陈伯", WITHDRAWN), ("李阿姨", CLAIMED), ("王伯", OFFERED), ("陈伯", WAITLISTED)]
