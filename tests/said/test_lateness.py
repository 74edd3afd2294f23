"""Who comes late says so, in as many ways."""

from __future__ import annotations

import pytest

from core.said.lateness import lateness


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("晚到十分钟", "十分钟"), ("我晚到10分钟", "10分钟"), ("我可能要晚到十分钟，公交车没来", "十分钟"), ("要迟到一刻钟", "一刻钟"),
        ("我会晚五分钟到", "五分钟"), ("路上堵，晚点到", ""), ("晚一会儿到", ""), ("我晚来一会", ""), ("今天晚半小时", "半小时"), ("我要遲到了", ""),
        ("Running 10 minutes late", "10 minutes"), ("I'll be late", ""), ("I’ll be ten minutes late", "ten minutes"),
        ("running late, bus is stuck", ""), ("5 min late", "5 min"), ("I'm delayed", ""),
    ],
)  # fmt: skip
def test_who_is_late_is_heard(words: str, by: str | None) -> None:
    assert lateness(words) == by


@pytest.mark.parametrize(
    "words",
    [
        "晚上到", "晚饭吃了", "明天别迟到", "谁迟到了", "他怎么晚到了", "昨天迟到了", "不会迟到", "我来晚了", "早点到", "晚安", "可以晚到吗", "晚点再说",
        "don't be late", "it's too late", "late night snack", "was I late yesterday", "latest news", "see you later",
    ],
)  # fmt: skip
def test_other_talk_of_late_is_left_alone(words: str) -> None:
    assert lateness(words) is None
