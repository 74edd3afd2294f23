"""The moves of one roster's claims by themselves, on rows that no database keeps, beside the simple model: ten thousand
histories.
"""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlmodel import Session

from core import claims
from core.activities import Occurrence, Slot
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
    Happened,
    Head,
    Illegal,
    Promised,
    Roster,
    happen,
    promise,
    promote,
    put_down,
    take_back,
)
from tests.core.claim_model import SEEN, Counted, Line, Sheet, play
from tests.street import MONDAY


class Moves(Counted):
    """The moves of one roster's claims by themselves: rows that nobody keeps, beside the same model."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        slot = Slot(community_id=1, id=1, occurrence_id=1, max=self.sheet.places)
        self.on = Roster(Occurrence(community_id=1, id=1, kind="patrol"), [slot])
        self.all: list[tuple[Claim, Line]] = []
        self.session: Session = cast(Session, Nothing())

    def pair(self, who: int) -> tuple[Claim, Line] | None:
        return next(((c, line) for c, line in self.all if c.member_id == who and c.promised in LIVE), None)

    @rule(who=st.integers(1, 4))
    def join(self, who: int) -> None:
        found = self.pair(who)
        moves_up = self.on.moves_up(who)
        if self.sheet.join(str(who)):
            if found is None:
                slot = self.on.slots[0]
                claim = put_down(self.session, self.on, slot, Head(who), ("n", "a"), MONDAY)
                self.all.append((claim, self.sheet.lines[-1]))
            else:
                assert moves_up
                promise(self.session, found[0], CLAIMED)
        else:
            assert found is not None
            assert not moves_up

    @rule(who=st.integers(1, 4), to=st.sampled_from((WITHDRAWN, REPLACED)))
    def leave(self, who: int, to: Promised) -> None:
        found = self.pair(who)
        if found is None:
            return
        claim, line = found
        if to not in PROMISES[line.state]:
            with pytest.raises(Illegal):
                promise(self.session, claim, to)
            return
        freed = take_back(self.session, self.on, [claim], to)
        assert bool(freed) == (line.state in TAKING)
        line.to(to)
        if freed:
            promote(self.session, self.on, pools=True)
            self.sheet.fill()

    @rule(n=st.integers(1, 3))
    def places(self, n: int) -> None:
        self.on.slots[0].max = self.sheet.places = n
        promote(self.session, self.on, pools=True)
        self.sheet.fill()

    @rule(who=st.integers(1, 4))
    def silent(self, who: int) -> None:
        """An offer that nobody answers: its member waits again, behind the others."""
        found = self.pair(who)
        if found is None or found[1].state != OFFERED:
            return
        claim, line = found
        promise(self.session, claim, WAITLISTED)
        self.on.claims.remove(claim)
        self.on.claims.append(claim)
        line.to(WAITLISTED)
        self.sheet.lines.remove(line)
        self.sheet.lines.append(line)

    @rule(nth=st.integers(0, 7), to=st.sampled_from((CLAIMED, WAITLISTED)))
    def put_right(self, nth: int, to: Promised) -> None:
        """An end is left by a correction only, to where one may stand."""
        ended = [(c, line) for c, line in self.all if c.promised not in LIVE and self.pair(c.member_id) is None]
        if nth >= len(ended):
            return
        claim, line = ended[nth]
        to = to if self.sheet.room() else WAITLISTED
        promise(self.session, claim, to)
        line.to(to)
        self.on.claims.append(claim)
        self.sheet.lines.remove(line)
        self.sheet.lines.append(line)

    @rule(who=st.integers(1, 4), to=st.sampled_from(HAPPENINGS))
    def comes(self, who: int, to: Happened) -> None:
        if (found := self.pair(who)) is not None:
            happen(self.session, found[0], to)
            found[1].moves += found[1].happened != to
            found[1].happened = to

    @rule(who=st.integers(1, 4), to=st.sampled_from(tuple(PROMISES)))
    def moved_as_the_table_forbids(self, who: int, to: Promised) -> None:
        found = self.pair(who)
        if found is not None and to not in PROMISES[found[1].state]:
            with pytest.raises(Illegal):
                promise(self.session, found[0], to)

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        for claim, line in self.all:
            assert (claim.promised, claim.happened, claim.changes) == (line.state, line.happened, line.moves)
        assert [str(c.member_id) for c in self.on.waiting()] == [
            line.who for line in self.sheet.live() if line.state == WAITLISTED
        ]
        assert self.on.room(self.on.slots[0]) == self.sheet.room()
        assert len({c.member_id for c in self.on.claims}) == len(self.on.claims)
        SEEN.update(claim.promised for claim, _ in self.all)


class Nothing:
    """A session that keeps nothing."""

    def add(self, row: object) -> None:
        pass


class Unkept:
    """Makes claims that no database keeps."""

    @staticmethod
    def row(_session: Session, **values: Any) -> Claim:
        return Claim(**values)


@pytest.fixture(autouse=True)
def unkept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "NEW", Unkept())


def test_the_moves_of_claims_go_as_the_model_says() -> None:
    play(Moves, 200, 2)


def test_ten_thousand_histories_of_moves_go_as_the_model_says() -> None:
    play(Moves, 10_000, 4, steps=8)
