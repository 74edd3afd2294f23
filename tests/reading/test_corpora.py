"""The corpora as a whole: what was built with is read whole, and what nobody built with above its goals."""

from __future__ import annotations

import pytest

from bench.scoring import held, right, rows, second

GOALS = {"times": 0.95, "words": 0.95, "chains": 0.92, "posts": 0.9, "answers": 0.9}
"""What share of the rows that nobody built with must be read as they were meant."""


@pytest.mark.parametrize("kind", GOALS)
def test_what_was_built_with_is_read_whole(kind: str) -> None:
    assert [row["id"] for row in rows(kind) if second(row) and not held(row) and not right(kind, row)] == []


@pytest.mark.parametrize("kind", GOALS)
def test_what_nobody_built_with_is_read_above_its_goal(kind: str) -> None:
    good = [right(kind, row) for row in rows(kind) if held(row)]
    assert good
    assert sum(good) >= GOALS[kind] * len(good)


@pytest.mark.parametrize("kind", GOALS)
def test_no_row_is_there_twice(kind: str) -> None:
    ids = [row["id"] for row in rows(kind)]
    assert len(ids) == len(set(ids))
