"""What people say to be polite and want nothing by: greetings, thanks, and that they have heard."""

from __future__ import annotations

import unicodedata

from core.reading.parts import Written, clause

_WORDS = Written(__file__)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


GREETINGS = _words(
    "你好 您好 侬好 你好啊 您好啊 你好呀 哈喽 喂 在吗 在么 早 早上好 早安 上午好 中午好 下午好 晚上好 你好吗 "
    "小板凳 小板凳你好 你好小板凳 start hello hi hey hellothere hithere goodmorning goodafternoon goodevening"
)
THANKS = _words(
    "谢谢 谢谢你 谢谢您 谢谢侬 谢谢啦 谢谢了 多谢 谢了 谢谢小板凳 感谢 辛苦了 辛苦 麻烦你了 麻烦了 "
    "thanks thankyou thankyouverymuch manythanks thanksalot cheers"
)
HEARD = _words(
    "好 好的 好的好的 好嘞 好滴 好吧 嗯 嗯嗯 行 知道了 晓得了 明白 明白了 收到 收到了 没问题 可以 好的谢谢 "
    "收到谢谢 哦 喔 噢 好的知道了 知道了好的 好的晓得了 哦知道了 嗯好的 好的收到 okgotit okthanks "
    "ok okay fine good great allright alright gotit isee noted sure"
)


def courtesy(words: str) -> str:
    """'greeting', 'thanks', 'heard' (a bare smile is that too), or '' for words that want something."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    bare = "".join(c for c in folded if unicodedata.category(c)[0] in "LN")
    if bare in GREETINGS:
        return "greeting"
    if bare in THANKS:
        return "thanks"
    return "heard" if bare in HEARD or not bare else ""


_NEVER_MIND = _WORDS.pattern("never_mind")


def never_mind(words: str) -> bool:
    """Whether somebody who was asked what it is says that it is nothing."""
    return _NEVER_MIND.fullmatch(clause(words).strip().text) is not None
