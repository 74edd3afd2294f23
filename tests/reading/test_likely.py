"""What is proposed where no rule reads the words: rarely wrong on what it was not trained with, and small."""

from __future__ import annotations

import pytest

from bench.likely import RIGHT_OF, judged
from core.reading.likely import FILE, learned, likely


def test_of_what_it_was_not_trained_with_almost_nothing_is_proposed_wrongly() -> None:
    proposed = [right for share, right in judged() if share >= learned().sure]
    assert len(proposed) > 100
    assert sum(proposed) >= RIGHT_OF * len(proposed)


def test_what_was_learned_is_small() -> None:
    assert FILE.stat().st_size < 100_000


@pytest.mark.parametrize("words", ["我也报一记", "阿拉也要报一记"])
def test_what_no_rule_reads_may_be_proposed(words: str) -> None:
    assert likely(words) == "join"


@pytest.mark.parametrize(
    "words", ["", "报", "今天天气真好", "帮王阿姨也报一记", "谁要报一记", "阿拉也要报一记伐", "报" * 1000]
)
def test_what_asks_or_speaks_for_others_or_is_only_talk_is_not(words: str) -> None:
    assert likely(words) == ""
