"""A smaller day of `python -m tests.canary`: no canary where none may be, whatever fails."""

from __future__ import annotations

from pathlib import Path

from tests.canary import OWN, canary


async def test_no_canary_is_seen_where_none_may_be(tmp_path: Path) -> None:
    figures = await canary(tmp_path, visits=3, volunteers=24)
    assert (figures.hits, figures.failed > 5, figures.told > 20, figures.opened > 20) == ([], True, True, True)
    assert figures.kept >= OWN
    assert (figures.exports >= 3, figures.pictures >= 1) == (True, True)
