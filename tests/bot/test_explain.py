"""`read` and `explain`: how anybody can see, and measure, what the bot makes of words."""

from __future__ import annotations

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.explain import explain
from bot.read import READERS, read_lines
from bot.wording import catalogue
from core.reading.commands import Command

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
CHAIN = "#接龙\n周五巡逻\n\n1. 张三\n2. 李四 2人"


def explained(text: str, lang: str = "zh") -> str:
    return "\n".join(explain(text, lang=lang, base=NOW))


def test_short_words_are_explained_for_each_place_where_they_may_be_said() -> None:
    said = explained("帮王阿姨报名")
    assert "在群里说：报名，替 王阿姨，1 人" in said
    assert "私下说：报名" in said
    assert "没有时间" in said


def test_what_is_not_meant_for_the_bot_is_said_to_be_passed_over() -> None:
    assert "在群里说：不是对小板凳说的，它不出声。" in explained("今天天气不错")


def test_a_time_is_explained_by_the_words_it_stands_in() -> None:
    assert "Time: “tomorrow 7pm” is Tuesday 24 November 7 pm" in explained("let us meet tomorrow 7pm", "en")


def test_a_posting_is_explained_field_by_field() -> None:
    said = explained("发布 巡逻 明天 19:00-21:00 东门集合 2人")
    assert "start：2026-11-24T19:00:00" in said
    assert "place：东门" in said


def test_a_chain_is_explained_entry_by_entry() -> None:
    assert "共 3 人" in explained(CHAIN)
    assert "  2. 李四，2 人" in explained(CHAIN)


def test_every_intent_has_a_name_in_both_languages() -> None:
    listed = re.search(r"Spoken:(.*?)Whether", Command.__doc__ or "", re.DOTALL)
    assert listed is not None
    intents = set(re.findall(r"[a-z_]+", re.sub(r"Typed:|Labels of actions:", "", listed[1])))
    for lang in ("zh", "en"):
        assert {key.removeprefix("intent.") for key in catalogue().keys(lang) if key.startswith("intent.")} >= intents


@pytest.mark.parametrize(
    ("kind", "row", "key", "value"),
    [
        ("times", {"text": "明天19:00", "base": "2026-11-23T09:00"}, "start", "2026-11-24T19:00:00"),
        ("posts", {"text": "发布 巡逻 明天19:00 4人", "base": "2026-11-23T09:00"}, "max", 4),
        ("chains", {"text": CHAIN}, "not_chain", False),
        ("merges", {"base": CHAIN, "a": CHAIN + "\n3. 王五", "b": CHAIN}, "added", ["王五"]),
        ("words", {"text": "算我一个"}, "intent", "join"),
    ],
)
def test_a_line_of_json_is_read_as_what_it_is_said_to_be(
    kind: str, row: dict[str, str], key: str, value: object
) -> None:
    (line,) = read_lines(kind, [json.dumps(row | {"id": "x"}), "\n"])
    assert (json.loads(line)["id"], json.loads(line)[key]) == ("x", value)
    assert kind in READERS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text":', "line 2: this is no JSON"),
        ("[1]", "line 2: this is no JSON"),
        ('{"id": 1}', "line 2: 'text' is missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(read_lines("words", ['{"text": "+1"}', line]))
