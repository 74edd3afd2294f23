"""Who signs up for whom: 代王阿姨报名, 女儿代报, for Alice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.chains.people import addressed, full_name, person
from core.reading.one_of import one_of
from core.reading.surnames import KIN
from core.reading.vocabulary import regex

_SIGN_UP = one_of("报 报名 报个名 报个 报一个 报一下 报下名 接 接龙 接个龙 接一下 参加 登记 签到 报到 填 填写 写 签 办")
_DONE = regex("chains.proxies", "done", _SIGN_UP=_SIGN_UP, p1=one_of("的 了 一下 个 一个 1个 一名 1名 一位"))
_FOR_WORDS = one_of("代 代替 代表 帮 帮忙 帮助 替")
_BY_WORDS = one_of("代 代为 帮 帮忙 替")
_SIGNED = one_of("signing_up registering signed_up registered added entered posted written put_down adding in here")
_FOR = re.compile(rf"{one_of('我 由我 本人')}?来?(?P<how>{_FOR_WORDS})的?\s*(?P<who>\S.{{0,20}}?)\s*(?P<done>{_DONE})?")
ALSO = re.compile(rf"我?{_FOR_WORDS}\S{{1,8}}也{_DONE}|也{_FOR_WORDS}\S{{1,8}}{_DONE}")
"""帮王奶奶也报一个: both of them come."""
_FOR_GIVING = re.compile(rf"我?[给为](?P<who>\S.{{0,20}}?){_DONE}")
_FOR_ENGLISH = re.compile(rf"(?:{_SIGNED} )?(?:for|on behalf of) (?P<who>[\w.'’ -]{{1,30}})")
_BY = re.compile(regex("chains.proxies", "by", _BY_WORDS=_BY_WORDS, _SIGN_UP=_SIGN_UP))
_BY_LABEL = re.compile(rf"{one_of('代报人 代报名人 代办人 经办人 代填人 填报人 代接龙')}\s*[:]?\s*(?P<who>\S.{{0,10}})")
_BY_ENGLISH = re.compile(rf"(?:{_SIGNED} )?(?:by|via|through|c/o) (?P<who>[\w.'’ -]{{1,30}})")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Proxy:
    """`who` is the part of the words with the other person's name; `role` says whether they speak or are spoken for."""

    role: Literal["for", "by"]
    who: tuple[int, int]


def proxy(words: str) -> Proxy | None:
    """The other person these plain words name, when that is all they do."""
    if len(words) > _LONGEST:
        return None
    # 替王阿姨 alone may be a stand-in who comes himself
    if ALSO.fullmatch(words):
        return None
    if (found := _FOR.fullmatch(words)) and (found["done"] or (found["how"] != "替" and _somebody(found["who"]))):
        return Proxy("for", found.span("who"))
    for pattern in (_FOR_GIVING, _FOR_ENGLISH):
        if found := pattern.fullmatch(words):
            return Proxy("for", found.span("who"))
    for pattern in (_BY_LABEL, _BY, _BY_ENGLISH):
        if found := pattern.fullmatch(words):
            return Proxy("by", found.span("who"))
    return None


def _somebody(words: str) -> bool:
    """Enough of a person for a bare 代X: in 代小红 the first character is a surname."""
    if addressed(words):
        return words[0] not in "小阿"
    return len(words) > 2 and (full_name(words) or (len(words) > 3 and person(words[-3:])))


def kin_or_person(words: str) -> bool:
    """Whether 女儿 or 李四 could be the one who signs up."""
    return words in KIN or person(words)
