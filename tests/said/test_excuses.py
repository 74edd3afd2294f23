"""请假 in other words, of whom and why; and what is none."""

from __future__ import annotations

from core.said.excuses import Excuse, read_excuse

MEANT = {
    "请假": Excuse(),
    "我要请个假": Excuse(),
    "杨老师我请假": Excuse(),
    "周五的会我请假": Excuse(day="周五"),
    "血压高，请假": Excuse(reason="血压高"),
    "请假，血压高": Excuse(reason="血压高"),
    "不好意思，我想请个假，孙子发烧": Excuse(reason="孙子发烧"),
    "书记，我请个假，腰不好": Excuse(reason="腰不好"),
    "李阿姨请假": Excuse("李阿姨"),
    "帮王伯请假": Excuse("王伯"),
    "请假了，谢谢": Excuse(),
    "Excuse": Excuse(),
    "please excuse me from the meeting": Excuse(),
    "excuse me from Friday's meeting, my knee hurts": Excuse(day="Friday", reason="my knee hurts"),
    "I'd like to be excused": Excuse(),
    "please excuse Tom": Excuse("Tom"),
}
NOT_MEANT = (
    "谁请假了", "可以请假吗", "请假的送上门", "我跟单位请假了", "请假条在哪", "不请假", "女儿请假来看我", "我今天请假，明天来", "excuse me", "no excuse",
    "excuse my late answer", "请假制度要改", "老师，学校请假怎么请", "不用请假",
)  # fmt: skip


def test_who_excuses_whom_and_why() -> None:
    assert not {words: got for words, said in MEANT.items() if (got := read_excuse(words)) != said}


def test_ordinary_talk_excuses_nobody() -> None:
    assert not {words: got for words in NOT_MEANT if (got := read_excuse(words)) is not None}
