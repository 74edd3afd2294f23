"""The corpora as a whole: what was built with is read whole, and what nobody built with above its goals."""

from __future__ import annotations

import pytest

from bench.scoring import held, right, rows, sorts

GOALS = {"times": 0.95, "words": 0.95, "chains": 0.92, "posts": 0.9, "answers": 0.94}
"""What share of the rows that nobody built with must be read as they were meant."""
GOALS_OF_SORTS = {
    ("times", "Chinese"): 0.95,
    ("times", "ranges and rules"): 0.95,
    ("times", "English"): 0.93,
    ("times", "without a time"): 0.95,
    ("words", "commands"): 0.95,
    ("words", "talk"): 0.98,
    ("words", "refusals"): 1.0,
}


@pytest.mark.parametrize("kind", GOALS)
def test_what_was_built_with_is_read_whole(kind: str) -> None:
    assert [row["id"] for row in rows(kind) if not held(row) and not right(kind, row)] == []


@pytest.mark.parametrize("kind", GOALS)
def test_what_nobody_built_with_is_read_above_its_goal(kind: str) -> None:
    known = [row for row in rows(kind) if held(row)]
    good = {row["id"] for row in known if right(kind, row)}
    assert len(good) >= GOALS[kind] * len(known) > 0
    for name, belongs in sorts(kind).items():
        these = [row["id"] for row in known if belongs(row)]
        assert len(good.intersection(these)) >= GOALS_OF_SORTS[kind, name] * len(these) > 0, name


@pytest.mark.parametrize("kind", GOALS)
def test_no_row_is_there_twice(kind: str) -> None:
    ids = [row["id"] for row in rows(kind)]
    assert len(ids) == len(set(ids))
