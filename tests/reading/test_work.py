"""The time that reading takes: one message must not hold everybody."""

from __future__ import annotations

import json
import subprocess
import sys

READ = """
import json, sys
from datetime import datetime
from zoneinfo import ZoneInfo
from core.reading.chains import read_chain
from tests.ours import amend, read_command, read_post
now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
meal = read_post("发布 百家饭 周五 17:00 活动室 汤2 凉菜3", base=now)
for words in json.load(sys.stdin):
    print(repr(words[:12]), flush=True)
    read_chain(words)
    read_command(words, context="private")
    for posting in (meal, read_post(words, base=now)):
        amend(posting, words, base=now)
print("all", flush=True)
"""
MENTIONS = ("@" * 44 + "\n谢谢", "@陈伯" * 44 + " 谢谢", "@陈伯@" * 1000, "@ " * 2000 + "接", "@陈伯 接龙" * 500 + "谢")
OVER_AND_OVER = (
    "巡逻 " + "需要" * 60,
    "巡逻 " + "要 " * 60,
    "巡逻 " + "1  " * 60,
    "慰问 3号楼" + "需要" * 40 + "，5号楼",
    "汤" + "再加" * 60,
    "加 王阿姨" + " " * 3000 + "好",
    "取消" + " " * 9000 + "好",
)


def test_words_said_over_and_over_are_read() -> None:
    """With every reader, in a process of its own, which can be ended should it not come back from some of them."""
    words = json.dumps(MENTIONS + OVER_AND_OVER)
    with subprocess.Popen(
        [sys.executable, "-c", READ], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as reading:
        try:
            said, _ = reading.communicate(words, timeout=120)
        except subprocess.TimeoutExpired:
            reading.kill()
            said, _ = reading.communicate()
    assert said.splitlines()[-1:] == ["all"], said
