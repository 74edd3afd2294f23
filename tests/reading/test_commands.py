"""Short words: what people type, and what is no business of the bot's."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.read import command_of
from core.reading.commands import Command, Context
from tests.ours import read_command

CORPUS = Path(__file__).parent / "corpora" / "words.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
SPOKEN = {"join", "leave", "swap", "mine", "list", "help", "here", "on_the_way", "done", "post"}


def spoken(row: dict[str, Any]) -> Command | None:
    command = command_of(row)
    return command if command.intent in SPOKEN else None


def letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).lower() if unicodedata.category(c)[0] in "LN")


def test_every_saying_of_the_corpus_is_understood_as_it_was_meant() -> None:
    missed = []
    for row in ROWS:
        got = spoken(row)
        if got is None or row["intent"] is None:
            right = got is None and row["intent"] is None
        else:
            right = got.intent == row["intent"]
            if row["intent"] in ("join", "leave", "here", "swap", "on_the_way", "done"):
                right &= sorted(map(letters, got.who)) == sorted(map(letters, row["who"])) and got.ref == row["ref"]
            if row["intent"] in ("join", "leave", "here"):
                right &= got.count == row["count"]
        if not right:
            missed.append((row["id"], row["text"], got))
    assert missed == []


def test_half_of_the_corpus_is_conversation() -> None:
    quiet = sum(row["intent"] is None for row in ROWS)
    assert len(ROWS) > 1500
    assert 0.3 < quiet / len(ROWS) < 0.7


# ---------------------------------------------------------------- the words of the table

TABLE = {
    "join": ["报名", "我来", "参加", "+1", "算我一个", "join", "i'm in"],
    "leave": ["退出", "取消报名", "去不了", "来不了了", "leave", "can't come"],
    "mine": ["我的", "mine"],
    "list": ["活动", "list"],
    "here": ["到了", "签到", "here"],
    "done": ["平安结束", "结束", "done"],
    "help": ["帮助", "help"],
    "roster": ["名单", "roster"],
    "quiet": ["安静", "quiet"],
    "undo": ["撤销", "Undo"],
    "accept": ["接受", "Accept"],
    "decline": ["谢绝", "Decline"],
    "stand_in": ["我来替", "Stand in"],
    "on_the_way": ["我出发了", "On my way"],
    "skip_week": ["跳过一周", "Skip a week"],
    "confirm": ["确认", "Confirm"],
    "back": ["返回", "Back"],
    "publish": ["发布", "Post"],
    "change": ["修改", "Change"],
    "discard": ["放弃", "Discard"],
    "more": ["更多", "More"],
}
DRESSES = [
    "{}",
    "/{}",
    "!{}",
    "／{}",
    "！{}",
    "{}。",
    "{}！",
    "{}!",
    "{} 😊",
    "{}~",
    " {} ",
    "👍{}",
    "「{}」",
    "\u200b{}",
]
CONTEXTS: tuple[Context, ...] = ("group", "private", "reply")


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("dress", DRESSES)
def test_the_words_of_the_table_work_however_they_are_dressed(dress: str, context: Context) -> None:
    for intent, words in TABLE.items():
        for word in words:
            said = dress.format(word)
            assert read_command(said, context=context, open=[12]).intent == intent, said


@pytest.mark.parametrize("context", CONTEXTS)
def test_case_and_width_do_not_matter(context: Context) -> None:
    wide = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F))}
    for intent, words in TABLE.items():
        for word in words:
            for said in (word.upper(), word.title(), word.translate(wide)):
                assert read_command(said, context=context, open=[12]).intent == intent, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报名 12", Command("join", count=1, ref=12)),
        ("报名 #12", Command("join", count=1, ref=12)),
        ("報名　＃１２", Command("join", count=1, ref=12)),
        ("报名 １２号活动", Command("join", count=1, ref=12)),
        ("/join@xiaobandeng_bot 12", Command("join", count=1, ref=12)),
        ("@xiaobandeng_bot 报名 12", Command("join", count=1, ref=12)),
        ("小板凳，报名", Command("join", count=1)),
        ("报名 3号楼", Command("join", count=1, thing="3号楼")),
        ("帮王阿姨报名 3号楼", Command("join", who=("王阿姨",), count=1, thing="3号楼")),
        ("百家饭 红烧肉 10份", Command("join", count=1, thing="红烧肉", portions=10, kind="potluck")),
        ("我带红烧肉", Command("join", count=1, thing="红烧肉")),
        ("巡逻我来", Command("join", count=1, kind="patrol")),
        ("周五的我去不了", Command("leave", count=1, day="周五")),
        ("周五的巡逻我参加", Command("join", count=1, day="周五", kind="patrol")),
        ("join for Auntie Zhang 12", Command("join", who=("Auntie Zhang",), count=1, ref=12)),
    ],
)
def test_what_is_said_beside_the_word_is_kept(text: str, expected: Command) -> None:
    assert read_command(text, context="group", open=[12, 13]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("红烧肉 10份", Command("join", count=1, thing="红烧肉", portions=10)),
        ("红烧肉", Command("join", count=1, thing="红烧肉")),
        ("3号楼", Command("join", count=1, thing="3号楼")),
        ("我和老伴", Command("join", count=2)),
        ("改成8点", Command("edit", rest="8点")),
    ],
)
def test_an_answer_to_a_roster_needs_fewer_words(text: str, expected: Command) -> None:
    assert read_command(text, context="reply", open=[12]) == expected
    if expected.thing:
        assert read_command(text, context="group", open=[12]).intent is None


# ---------------------------------------------------------------- commands with something behind them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取消 3", Command("cancel", ref=3)),
        ("取消3", Command("cancel", ref=3)),
        ("cancel #3", Command("cancel", ref=3)),
        ("关闭 3", Command("close", ref=3)),
        ("close 3", Command("close", ref=3)),
        ("改 3 时间换成晚上8点", Command("edit", ref=3, rest="时间换成晚上8点")),
        ("改 3 周六晚上8点", Command("edit", ref=3, rest="周六晚上8点")),
        ("edit 3 at the South Gate", Command("edit", ref=3, rest="at the South Gate")),
        ("名单 3", Command("roster", ref=3)),
        ("roster 3", Command("roster", ref=3)),
        ("接龙 3", Command("chain", ref=3)),
        ("加 王阿姨 3", Command("add", who=("王阿姨",), ref=3, rest="王阿姨")),
        ("加王阿姨 3", Command("add", who=("王阿姨",), ref=3, rest="王阿姨")),
        ("减 王阿姨 3", Command("remove", who=("王阿姨",), ref=3, rest="王阿姨")),
        ("add Mary Chen 3", Command("add", who=("Mary Chen",), ref=3, rest="Mary Chen")),
        ("remove Mary Chen 3", Command("remove", who=("Mary Chen",), ref=3, rest="Mary Chen")),
        ("我叫 陈建国", Command("name", rest="陈建国")),
        ("我叫陈建国", Command("name", rest="陈建国")),
        ("i am Mary Chen", Command("name", rest="Mary Chen")),
    ],
)
def test_commands_keep_their_number_and_what_follows_in_its_own_spelling(text: str, expected: Command) -> None:
    assert read_command(text, context="private", open=[3]) == expected


def test_a_posting_of_several_lines_keeps_its_lines() -> None:
    command = read_command("发布 巡逻\n周五 19:00\n東門集合", context="group")
    assert command == Command("post", rest="巡逻\n周五 19:00\n東門集合")


def test_a_posting_needs_no_kind() -> None:
    assert read_command("发布 本周五晚上7点 东门 2人", context="private").intent == "post"


@pytest.mark.parametrize(
    "text",
    [
        "加油",
        "加油！",
        "加我微信",
        "改天再聊",
        "关闭窗户",
        "取消订单",
        "发布了新通知",
        "post office is closed",
        "i am late",
        "减肥",
        "add salt",
    ],
)
def test_sentences_that_begin_like_commands_are_left_alone(text: str) -> None:
    assert read_command(text, context="group", open=[3]).intent is None


def test_cancelling_ones_own_promise_is_not_cancelling_the_activity() -> None:
    assert read_command("取消报名", context="group").intent == "leave"
    assert read_command("取消我的报名", context="group").intent == "leave"
    assert read_command("取消 3", context="group").intent == "cancel"


# ---------------------------------------------------------------- whatever comes


@given(st.text(max_size=400), st.sampled_from(CONTEXTS))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str, context: Context) -> None:
    read_command(text, context=context, open=[1, 2])


PIECES = [
    "我",
    "来",
    "报名",
    "王阿姨",
    "和",
    "+1",
    "12",
    "的",
    "了",
    "，",
    " ",
    "帮",
    "join",
    "for",
    "can't",
    "周五",
    "吗",
    "?",
    "红烧肉",
    "10份",
    "不",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(CONTEXTS))
@settings(max_examples=300, deadline=None)
def test_no_heap_of_known_words_raises(text: str, context: Context) -> None:
    read_command(text, context=context, open=[12])


@pytest.mark.parametrize(
    "text",
    ["我来" * 5000, "报名，" * 3000, "王" * 10_000, "+1 " * 3000, "发布 " + "巡" * 9000, "\n" * 10_000, "👍" * 5000],
)
def test_ten_thousand_letters_are_no_trouble(text: str) -> None:
    read_command(text, context="group", open=[12])


def test_what_the_bot_says_of_a_command_can_be_typed_again() -> None:
    for row in ROWS:
        got = spoken(row)
        if got and got.intent == "join" and got.ref is not None:
            again = read_command(f"报名 {got.ref}", context=row["context"], open=row["open"])
            assert (again.intent, again.ref) == ("join", got.ref)


# ---------------------------------------------------------------- who comes in whose place

COMES = {
    "speaker": [
        "我替老李",
        "老李不去了我替他",
        "王阿姨去不了，我去吧",
        "范阿姨没空，我替她",
        "我替阿三",
        "I'll take Mary's place",
    ],
    "who": [
        "Mary will go instead of me",
        "换王阿姨去",
        "我去不了，换王阿姨去",
        "王阿姨替我去",
        "让王阿姨替我",
        "我去不了，王阿姨去",
    ],
    "": [
        "我跟王阿姨换班",
        "谁能替我一下",
        "换班",
        "can anyone swap with me?",
        "swap with Mary",
        "can Mary take my place?",
        "我替老李行吗",
    ],
}


@pytest.mark.parametrize(("comes", "text"), [(comes, text) for comes, texts in COMES.items() for text in texts])
def test_a_swap_says_who_comes_in_whose_place(comes: str, text: str) -> None:
    command = read_command(text, context="group", open=(12,))
    assert (command.intent, command.stands_in) == ("swap", comes)


@pytest.mark.parametrize(
    ("intent", "who", "text"),
    [
        ("leave", (), "我不来了膝盖又肿了"),
        ("leave", (), "12退掉我有事体"),
        ("join", (), "我也要来的算我一份"),
        ("join", (), "我要参加的呀怎么没有我的名字"),
        ("join", ("刘阿婆",), "帮刘阿婆报个名伊勿会用手机"),
        ("swap", (), "有人愿意跟我换班吗我周四没空"),
        ("on_the_way", (), "来了来了在路上"),
        (None, (), "我老公不让我去"),
        (None, (), "我老伴不让我报名"),
        (None, (), "到了冬天膝盖就疼"),
        (None, (), "王阿姨来我家了"),
        (None, (), "可惜我去不了外地"),
        (None, (), "别忘了报名"),
        (None, (), "我替补也行报一个"),
        ("leave", (), "老头子不去我也不去"),
        (None, (), "算我一个，可能来不了家里有事"),
    ],
)
def test_two_clauses_with_no_stop_between_are_told_apart(intent: str | None, who: tuple[str, ...], text: str) -> None:
    command = read_command(text, context="group", open=(12,))
    assert (command.intent, command.who) == (intent, who)


def test_grown_ups_and_children_are_counted_together_wherever_they_are_said() -> None:
    for text in ("大2小1", "2大1小", "我报名，两个大人一个小孩"):
        assert read_command(text, context="reply", open=(12,)).count == 3, text


@pytest.mark.parametrize(
    "words", ["My son is coming on Sunday", "my daughter and her husband are coming", "our grandkids are coming over"]
)
def test_a_visit_of_ones_own_told_to_neighbours_signs_nobody_up(words: str) -> None:
    assert read_command(words, context="group", open=(12,)).intent is None
