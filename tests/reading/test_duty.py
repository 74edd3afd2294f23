"""What is said of duty for good, and what only sounds like it."""

from __future__ import annotations

import pytest

from core.features import FEATURES
from core.here import kinds_of
from core.reading import read_command


@pytest.mark.parametrize(
    ("words", "intent", "who", "day"),
    [
        ("我每周二都来", "join", (), "每周二"),
        ("以后每周二都算我", "join", (), "每周二"),
        ("我每次都来", "join", (), "每次"),
        ("I come every Tuesday", "join", (), "every Tuesday"),
        ("每周二都是老张", "regular", ("老张",), "每周二"),
        ("每周二由老张来", "regular", ("老张",), "每周二"),
        ("老张每周二都来", "regular", ("老张",), "每周二"),
        ("put Tom down for every Tuesday", "regular", ("Tom",), "every tuesday"),
        ("以后周二我不来了", "leave", (), "每周二"),
        ("暂停到12月20日", "pause", (), None),
        ("我跟王伯换，我周二他周四", "swap", ("王伯",), "周二、周四"),
        ("我周二跟王伯周四换", "swap", ("王伯",), "周二、周四"),
        ("swap my Tuesday with Tom's Thursday", "swap", ("Tom",), "tuesday、thursday"),
        # ordinary talk
        ("每周二都是晴天", None, (), None),
        ("每天都是这样", None, (), None),
        ("每周二都下雨", None, (), None),
        ("我每天都去买菜", None, (), None),
        ("休息到周五", None, (), None),
        ("恢复", None, (), None),
    ],
)
def test_duty_for_good(words: str, intent: str | None, who: tuple[str, ...], day: str | None) -> None:
    command = read_command(words, context="group", kinds=kinds_of(FEATURES), open=[1, 2])
    assert (command.intent, command.who, command.day) == (intent, who, day)
