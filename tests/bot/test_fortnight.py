"""Some days of an estate: the bot is not too much for the group. `bench/fortnight.py` plays two weeks."""

from __future__ import annotations

import pytest

from bench import fortnight


@pytest.mark.parametrize("network", ["telegram", "matrix"])
def test_a_group_has_at_most_six_messages_of_the_bots_a_day_and_none_at_night(network: str) -> None:
    heard = fortnight.play(fortnight.fortnight(network, people=16, strangers=6, days=6))

    assert heard.failures == []
    assert len(heard.group) >= 6
    assert sum(heard.group.values()) > 12, "rosters, reminders of those without a private chat: they are there"
    assert heard.worst <= fortnight.A_DAY, heard.said
    assert heard.nights == fortnight.AT_NIGHT, heard.said


def test_what_is_too_much_is_counted() -> None:
    scene = """coordinator 杨老师
member 陈伯
at 2026-11-23 06:00
杨老师 (private): 发布 巡逻 本周五 19:00-21:00 东门集合 2人
杨老师 presses 发布
陈伯: 报名
陈伯: 名单
"""
    heard = fortnight.play(scene)

    assert (heard.worst, heard.nights, heard.private["2026-11-23"]) == (2, 2, 1)
    assert not heard.holds()
