"""What a coordinator says of a visitor's note, and of their own words in the wrong place."""

from __future__ import annotations

import pytest

from core.features.visit.taking_away import read_removal
from core.said.handing_on import HandOn, read_hand_on

ON = """转给下一位/告诉下一位/转給下一位/把这句话传给下次去的人/这个让下一个去的也知道一下/下次谁去给谁看/以后去的人也要知道
好，转下去吧/让下一位心里有数/写到下一位的卡片上/关照一下下次去的人/tell the next visitor/let the next one know
the next visitor should know this/keep it for the next visit/pass this on to whoever goes next"""
NAMED = {
    "陈伯说的这段话留给下次上门的人看": "陈伯",
    "孙奶奶的情况转告下次去的志愿者": "孙奶奶",
    "收音机这事，请转给下一位": "收音机",
    "please tell whoever goes next about the radio": "radio",
    "what Tom said: pass that on to the next one": "Tom",
}
BACK = "不用转了/不要转给下一位了/别让下一位看/取消转给下一位/don't pass it on/better not tell the next one"
NEITHER = """下一位是谁/下次我去/告诉大家明天下雨/转给陈伯/给后来的人留点菜/下一次活动是什么时候/告诉下一位：门铃坏了/不用了
告诉王伯下次别来了/通知下去/请转告协调人/who goes next/tell me the next one later/don't tell her/孙奶奶不给志愿者看"""


def rows(words: str) -> list[str]:
    return [each.strip() for line in words.splitlines() for each in line.split("/")]


@pytest.mark.parametrize("words", rows(ON))
def test_a_note_that_is_pointed_at_is_handed_on(words: str) -> None:
    assert read_hand_on(words) == HandOn()


@pytest.mark.parametrize(("words", "what"), NAMED.items())
def test_whose_note_it_is_is_read_beside_it(words: str, what: str) -> None:
    assert read_hand_on(words) == HandOn(what)


@pytest.mark.parametrize("words", rows(BACK))
def test_it_is_taken_back_as_easily(words: str) -> None:
    assert read_hand_on(words) == HandOn(back=True)


@pytest.mark.parametrize("words", rows(NEITHER))
def test_what_is_said_of_anything_else_hands_nothing_on(words: str) -> None:
    assert read_hand_on(words) is None


AWAY = {
    "take": """帮我删掉/你帮我删了吧/我不会删，你来/我删不来，你来删/群里的撤回来/刚才发错了，帮忙撤回一下/侬帮我删脱/幫我刪掉
take it down/get rid of it please/remove what I wrote""",
    "done": "我已经删了/删好了/我自己撤回了/i deleted it/already deleted",
    "keep": "不用删/别删/leave it there",
    "": "删掉孙奶奶/草稿删掉/帮我删掉2号/取消/撤销/收回同意/take me off/delete my data/我的资料删掉/把我删了/把电话删了",
}


@pytest.mark.parametrize(("act", "words"), [(act, words) for act, said in AWAY.items() for words in rows(said)])
def test_what_is_to_become_of_words_in_the_wrong_place(act: str, words: str) -> None:
    removal = read_removal(words)
    assert (removal.act if removal else "") == act
