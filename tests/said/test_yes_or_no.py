"""Yes and no to what was asked right before, and what is neither."""

from __future__ import annotations

import pytest

from core.said.yes_or_no import agrees, refuses

NO = [
    "不用",
    "不要",
    "不用记",
    "别记",
    "算了",
    "不用了谢谢",
    "谢谢，不用了",
    "不必",
    "不写",
    "没必要记",
    "不是这个意思",
    "写错了",
    "打错了，不要记",
    "覅",
    "勿要",
    "先别写",
    "还是不记了",
    "哦，不用",
    "免了吧",
    "以后再说",
    "no",
    "No thanks",
    "don't",
    "please don't",
    "no, do not write it down",
    "rather not",
    "wrong",
    "sorry, my mistake",
    "never mind",
    "not now",
]
YES = [
    "好",
    "好的谢谢",
    "可以的",
    "记吧",
    "记下来吧",
    "嗯，记下来",
    "麻烦您记一下",
    "对",
    "是的",
    "没错",
    "当然",
    "行，写吧",
    "yes please",
    "ok",
    "sure, go ahead",
    "please do",
    "that's right",
]
NEITHER = [
    "不用太甜",
    "不要香菜",
    "不吃花生",
    "没空",
    "别记我名字叫老王",
    "好吃",
    "对面楼的",
    "可以带家属吗",
    "不好吃",
    "不来了",
    "记得关门",
    "no nuts",
    "don't like fish",
    "ok when is it",
    "yesterday I was there",
    "not on Friday",
    "right behind you",
    "",
]


@pytest.mark.parametrize("words", NO)
def test_no_is_heard_however_it_is_said(words: str) -> None:
    assert refuses(words)
    assert not agrees(words)


@pytest.mark.parametrize("words", YES)
def test_yes_is_heard_however_it_is_said(words: str) -> None:
    assert agrees(words)
    assert not refuses(words)


@pytest.mark.parametrize("words", NEITHER)
def test_what_says_more_is_neither(words: str) -> None:
    assert not refuses(words)
    assert not agrees(words)
