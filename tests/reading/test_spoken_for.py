"""Whom words speak for: somebody by their @name or by a name that looks like none, and never the speaker in their stead."""

from __future__ import annotations

import pytest

from core.reading.commands import Context
from tests.ours import read_command

CONTEXTS: tuple[Context, ...] = ("group", "private", "reply")


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    ("text", "intent", "who"),
    [
        ("帮@li_ayi报名", "join", "@li_ayi"),
        ("帮 @li_ayi 报名", "join", "@li_ayi"),
        ("代@li_ayi报个名", "join", "@li_ayi"),
        ("报名 @li_ayi", "join", "@li_ayi"),
        ("@li_ayi报名", "join", "@li_ayi"),
        ("帮@李阿姨报名", "join", "@李阿姨"),
        ("join for @mary_b", "join", "@mary_b"),
        ("sign @mary_b up", "join", "@mary_b"),
        ("帮 @li_ayi 退出", "leave", "@li_ayi"),
        ("替@li_ayi请假", "leave", "@li_ayi"),
        ("帮 @li:example.org 取消报名", "leave", "@li:example.org"),
        ("@li_ayi来不了了", "leave", "@li_ayi"),
        ("leave for @mary_b", "leave", "@mary_b"),
        ("帮 @li_ayi 签到", "here", "@li_ayi"),
        ("帮 xiao_yu99 退出", "leave", "xiao_yu99"),
        ("帮小鱼儿2015退出", "leave", "小鱼儿2015"),
        ("帮小鱼儿2015取消报名", "leave", "小鱼儿2015"),
        ("替 Zhang San (3号楼) 请假", "leave", "Zhang San"),
        ("帮 xiao_yu99 签到", "here", "xiao_yu99"),
        ("帮静待花开报名", "join", "静待花开"),
    ],
)
def test_words_for_somebody_else_name_them(text: str, intent: str, who: str, context: Context) -> None:
    command = read_command(text, context=context)
    assert (command.intent, command.who, command.count) == (intent, (who,), 1)


@pytest.mark.parametrize("text", ["我和@li_ayi报名", "我跟 @li_ayi 一起来", "count me and @mary_b in"])
def test_somebody_who_comes_along_is_named_too(text: str) -> None:
    command = read_command(text, context="group")
    assert (command.intent, command.count, len(command.who)) == ("join", 2, 1)


@pytest.mark.parametrize("text", ["帮 #&%3 退出", "给 🐟xiaoyu 报名", "和 xiao99 报名", "替 a.b.c 到了", "帮@@@退出"])
def test_words_for_somebody_whose_name_cannot_be_read_are_not_the_speakers(text: str) -> None:
    command = read_command(text, context="group")
    assert command.who or command.intent in (None, "whom")


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("@杨老师 报名", "@杨老师"),
        ("@li_ayi 来不了了", "@li_ayi"),
        ("@yang，退出", "@yang"),
        ("@li_ayi 到了", "@li_ayi"),
        ("@mary_b can't come", "@mary_b"),
    ],
)
def test_who_is_called_in_front_may_be_spoken_to_or_of(text: str, to: str) -> None:
    command = read_command(text, context="group")
    assert (command.who, command.to) == ((), to)


@pytest.mark.parametrize(
    ("text", "intent"), [("@杨老师 我报名", "join"), ("@杨老师 我来不了了", "leave"), ("@yang I'm in", "join")]
)
def test_whoever_says_i_is_plain_whoever_was_called(text: str, intent: str) -> None:
    command = read_command(text, context="group")
    assert (command.intent, command.who, command.to) == (intent, (), "")


@pytest.mark.parametrize("text", ["@所有人 报名", "@all join", "@everyone 来"])
def test_a_call_to_everybody_joins_nobody(text: str) -> None:
    assert read_command(text, context="group").intent is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("帮我 报名", "join"),
        ("帮忙 报名", "join"),
        ("给老伴看病 来不了", "leave"),
        ("跟大家说一声 来不了了", "leave"),
        ("join for two", "join"),
    ],
)
def test_help_for_oneself_and_reasons_are_the_speakers(text: str, intent: str) -> None:
    command = read_command(text, context="group")
    assert (command.intent, command.who) == (intent, ())


@pytest.mark.parametrize(
    "text",
    [
        "白内障开刀，去不了",
        "高烧39度，来不了",
        "石膏没拆，去不了",
        "老毛病犯了，去不了",
        "左腿疼，来不了",
        "封楼了，去不了",
    ],
)
def test_what_somebody_suffers_from_is_nobodys_name(text: str) -> None:
    command = read_command(text, context="group")
    assert (command.intent, command.who) == ("leave", ())
