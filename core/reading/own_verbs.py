"""Verbs of the bot's own that are spelt like those of features: one's own data and name, as last time, to a
coordinator, and which language is spoken.
"""

from __future__ import annotations

import re

from core.reading.clauses import clause
from core.reading.verbs import Spelt
from core.reading.vocabulary import regex

_ASK_ZH = "(?:请|可以|能不能|能|麻烦|我要|帮我|给我)*(?:跟我|和我|对我)?(?:说|讲|用|改成|换成|切换成|改用)"
_ASK_EN = "(?:please |can you |could you |do you )?(?:speak|talk|use|switch to)(?: in)? "
_END_ZH, _END_EN = (
    "(?:跟我|和我|对我|给我)?(?:吗|吧|好吗|好伐|可以吗|行吗|行伐|伐|说|讲|讲话|说话|的|版)?",
    "(?: to me)?(?:,? please)?",
)


def _of(name: str) -> str:
    kept, all_of_it = (regex("own_verbs", part) for part in ("kept", "all"))
    return regex("own_verbs", name, KEPT=kept, ALL=all_of_it)


OWN = (
    Spelt("my_data", zh=_of("my_data"), en=_of("my_data_en")),
    Spelt(
        "consents",
        zh="(?:我要|我想|请)?(?:收回|撤回|撤销|取消)(?:我的)?同意|我(?:都)?同意(?:过|了)(?:些)?(?:什么|哪些)(?:事)?|我不同意了|我的同意",
        en="(?:i )?(?:withdraw|take back) my consents?|my consents?|what (?:did|have) i agreed? to|i no longer agree",
    ),
    Spelt("forget_me", zh=_of("forget_me"), en=_of("forget_me_en")),
    Spelt("correct", zh="(?:请)?(?:更正|订正|纠正|改正)(?:一下)?", en="(?:please )?correct", words=True),
    Spelt("misnamed", zh=_of("misnamed"), en=_of("misnamed_en"), words=True),
    Spelt("again", zh=_of("again"), en=_of("again_en"), words=True),
    Spelt(
        "tell_coordinator",
        zh="(?:请|帮我)?(?:转给|转告|告诉|通知|跟)(?:一下)?协调[人员](?:说)?",
        en="(?:please )?(?:pass on|tell the coordinators?|pass on to the coordinators?)",
        words=True,
    ),
    Spelt("speak_en", zh=f"{_ASK_ZH}英(?:文|语){_END_ZH}", en=f"{_ASK_EN}english{_END_EN}"),
    Spelt("speak_zh", zh=f"{_ASK_ZH}(?:中文|汉语|普通话|国语){_END_ZH}", en=f"{_ASK_EN}(?:chinese|mandarin){_END_EN}"),
    Spelt("just_en", zh="英文|英语", en="(?:in )?english(?: please)?|english version"),
    Spelt("just_zh", zh="中文|汉语", en="(?:in )?chinese(?: please)?"),
)
"""`just_`: nothing but the name of a language."""
_RIGHT = re.compile(_of("right_name"))


def right_name(words: str) -> str | None:
    """陈大伯 of 应该是陈大伯, 我叫陈大伯, it should be Tom; None where they say no name."""
    piece = clause(words).strip()
    found = _RIGHT.fullmatch(piece.text)
    return None if found is None else piece.said[found.start("name") : found.end("name")].strip()
