"""The work of reading stays far below the square of the words: shown on rows of words said over and over.

What is counted is calls of functions, which is the same on every machine. Patterns are held by test_work.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.kind import squeeze
from core.reading.chains import merge, read_chain
from core.reading.names import Known, at_home, looks_like_a_name, one
from core.reading.times import read_time, read_times
from core.said.courtesies import courtesy
from core.words.clean import tidy_line, tidy_text
from tests.ours import amend, read_command, read_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PATROL = read_post("发布 巡逻 周五 19:00-21:00 东门 2人", base=NOW)
MEAL = read_post("发布 百家饭 周五 17:00 活动室 凉菜3 热菜4 汤2", base=NOW)
CHAIN = read_chain("#接龙\n周五巡逻\n1. 陈伯\n2. 李阿姨 2人")
PEOPLE = [Known(1, "王阿姨"), Known(2, "陈建国", unit="3-502"), Known(3, "Mary Chen")]


def chained(words: str) -> object:
    """The words as lines of a chain, one entry in ten characters, merged with another chain."""
    lines = (words[at : at + 10] for at in range(0, len(words), 10))
    pasted = read_chain("#接龙\n周五巡逻\n" + "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)))
    return pasted and CHAIN and merge(CHAIN, CHAIN, pasted)


READERS: dict[str, Callable[[str], object]] = {
    "said in a group": lambda words: read_command(words, context="group", open=(1, 2)),
    "said privately": lambda words: read_command(words, context="private", open=(1, 2)),
    "said in answer": lambda words: read_command(words, context="reply", open=(1,), lang="en"),
    "posted": lambda words: read_post(words, base=NOW),
    "posted in English": lambda words: read_post(words, base=NOW, lang="en"),
    "a visit": lambda words: read_post("发布 慰问 " + words, base=NOW),
    "corrected": lambda words: amend(PATROL, words, base=NOW),
    "a meal corrected": lambda words: amend(MEAL, words, base=NOW),
    "a time": lambda words: read_time(words, base=NOW),
    "times": lambda words: read_times(words, base=NOW),
    "a chain": read_chain,
    "a chain's title": lambda words: read_chain(f"#接龙 {words}\n1. 陈伯\n2. 李阿姨"),
    "a chain's entry": lambda words: read_chain(f"#接龙\n周五巡逻\n1. 陈伯\n2. {words}"),
    "entries": chained,
    "a name": lambda words: (one(words, PEOPLE), at_home(words), looks_like_a_name(words)),
    "a courtesy": courtesy,
    "made safe": lambda words: (tidy_line(words), tidy_text(words), squeeze(words)),
}

WORDS = [
    "@",
    "@陈伯",
    "#",
    "#接龙",
    "接龙",
    "(",
    "（",
    "）",
    ")",
    "【",
    "]",
    "「",
    "」",
    ">",
    "<",
    "<@",
    "<s>",
    "~",
    "~~",
    "¦",
    "…",
    "—",
    "-",
    "–",
    "+",
    "+1",
    "*",
    "x",
    "×",
    "=",
    "/",
    "|",
    ":",
    "：",
    ",",
    "，",
    "、",
    ".",
    "。",
    ";",
    "!",
    "?",
    "'",
    '"',
    "1",
    "12",
    "3号",
    "3号楼",
    "302室",
    "3-502",
    "号",
    "楼",
    "20",
    "2026",
    "13800001111",
    "19:00",
    "19:00-",
    "8点",
    "半",
    "一刻",
    "十",
    "十五",
    "廿",
    "一",
    "一、",
    "1.",
    "1.",
    "张三",
    "①",
    "1️⃣",
    "两",
    "两人",
    "2人",
    "3份",
    "每户",
    "2大1小",
    "带老伴",
    "老伴",
    "和",
    "跟",
    "帮",
    "代",
    "替",
    "让",
    "王阿姨",
    "张三",
    "李",
    "陈",
    "Mary",
    "Mary's",
    "我",
    "他",
    "来",
    "去",
    "不",
    "了",
    "的",
    "吧",
    "好",
    "报名",
    "取消",
    "退出",
    "换班",
    "到了",
    "改成",
    "不是",
    "太早",
    "错",
    "再",
    "加",
    "减",
    "要",
    "需要",
    "名额",
    "发布",
    "巡逻",
    "慰问",
    "百家饭",
    "汤",
    "东门",
    "集合",
    "地点",
    "阳台",
    "活动",
    "周",
    "周五",
    "下周",
    "下",
    "上",
    "每",
    "每月",
    "第",
    "第一",
    "最后",
    "初",
    "初一",
    "农历",
    "重阳",
    "春节",
    "月",
    "日",
    "年",
    "天",
    "今",
    "明天",
    "前",
    "后",
    "到",
    "至",
    "从",
    "起",
    "几",
    "除了",
    "晚上",
    "早",
    "提前",
    "推迟",
    "小时",
    "分钟",
    "a",
    "the",
    "of",
    "for",
    "at",
    "on",
    "to",
    "and",
    "1st",
    "Monday",
    "Mondays",
    "every",
    "next",
    "may",
    "june",
    "pm",
    "am",
    "half",
    "past",
    "week",
    "building",
    "gate",
    "people",
    "need",
    "bring",
]
GAPS = (
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\u3000",
    "\u200d",
    "\u0301",
    "\n1. ",
    "\n2、",
    "\n- ",
    "，",
    "、",
    " and ",
    " 到 ",
)


WORST = ("+1", "需要", "1st ", "19:00", "\n1. ", "@", " ", "第一", "春节、", "1、", "下", "<s>", "王阿姨")
"""What was found to take longest, before or now."""


def rows(chance: random.Random, many: int) -> Iterator[tuple[str, str, str]]:
    """What stands first, what is said over and over, and what stands last."""
    for word in WORST:
        yield "", word, chance.choice(("", "好"))
    for _ in range(many):
        some = [chance.choice((*WORDS, *GAPS, *GAPS)) for _ in range(chance.choice((1, 2, 2, 3)))]
        first = chance.choice(("", "", chance.choice(WORDS), chance.choice(WORDS) + " "))
        yield first, chance.choice(("", "", " ")).join(some), chance.choice(("", "好", "\x00"))


def of_length(length: int, first: str, word: str, last: str) -> str:
    return (first + word * (length // len(word) + 1))[: length - len(last)] + last


def calls(read: Callable[[str], object], words: str) -> int:
    """How many functions are called for it, theirs and ours: the same on every machine."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        read(words)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("reader", READERS)
def test_four_times_as_many_words_are_far_from_sixteen_times_the_work(reader: str) -> None:
    read, chance = READERS[reader], random.Random(20261124)
    read("报名")
    for row in rows(chance, 10):
        few, many = (calls(read, of_length(length, *row)) for length in (100, 400))
        assert many <= 8 * few + 3_000, (row, few, many)
