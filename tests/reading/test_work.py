"""The time that reading takes: one message must not hold everybody."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from core.reading.chains import read_chain
from tests.ours import amend, read_command, read_post
now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
words = sys.stdin.read()
read_chain(words)
read_command(words, context="private")
meal = read_post("发布 百家饭 周五 17:00 活动室 汤2 凉菜3", base=now)
for posting in (meal, read_post(words, base=now)):
    amend(posting, words, base=now)
"""


def read(words: str) -> None:
    """With every reader, in a process of its own, which can be ended should it not come back."""
    subprocess.run([sys.executable, "-c", READ], input=words, encoding="utf-8", timeout=30, check=True)


@pytest.mark.parametrize(
    "words",
    ["@" * 44 + "\n谢谢", "@陈伯" * 44 + " 谢谢", "@陈伯@" * 1000, "@ " * 2000 + "接", "@陈伯 接龙" * 500 + "谢"],
    ids=lambda words: words[:8],
)
def test_any_number_of_mentions_is_read(words: str) -> None:
    read(words)


@pytest.mark.parametrize(
    "words",
    [
        "巡逻 " + "需要" * 60,
        "巡逻 " + "要 " * 60,
        "巡逻 " + "1  " * 60,
        "慰问 3号楼" + "需要" * 40 + "，5号楼",
        "汤" + "再加" * 60,
        "加 王阿姨" + " " * 3000 + "好",
        "取消" + " " * 9000 + "好",
    ],
    ids=lambda words: words[:8],
)
def test_words_said_over_and_over_are_read(words: str) -> None:
    read(words)
