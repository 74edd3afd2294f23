"""Who signs up for whom: 代王阿姨报名, 女儿代报, for Alice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.chains.people import addressed, full_name, person
from core.reading.surnames import KIN

_DONE = r"(?:也|来|一起)?(?:报个?名|报一?[个下]名?|报|接个?龙|接一?[个下]?|参加|登记|签到|报到|填写?|写)(?:的|了|一下|一?个|1个|一名|1名|一位)?"
_FOR = re.compile(
    rf"(?:我|由我|本人)?(?:来)?(?:代替?|代表|帮忙?|帮助|替|顶替)(?:的)?\s*(?P<who>\S.{{0,20}}?)\s*(?P<done>{_DONE})?"
)
_FOR_GIVING = re.compile(rf"(?:我)?(?:给|为)(?P<who>\S.{{0,20}}?){_DONE}")
_FOR_ENGLISH = re.compile(
    r"(?:(?:signing up|registering|signed up|registered|adding|in|here) )?(?:for|on behalf of)\s+(?P<who>[\w.'’ -]{1,30})"
)
_BY = re.compile(
    r"(?:由|是)?(?P<who>[^\s代帮替由]{1,10}?)"
    r"(?:(?:代为|代|帮忙?|替)(?:他|她|报个?名?|接个?龙?|填写?|写|签|登记|办|报一下)*|(?:报|填|写)的)(?:的|了)?"
)
_BY_ENGLISH = re.compile(
    r"(?:(?:signed up|registered|added|entered|posted|written|put down) )?(?:by|via|through|c/o)\s+(?P<who>[\w.'’ -]{1,30})"
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """`who` is the part of the words with the other person's name; `role` says whether they speak or are spoken for."""

    role: Literal["for", "by"]
    who: tuple[int, int]


def proxy(words: str) -> Proxy | None:
    """The other person these plain words name, when that is all they do."""
    if len(words) > 40:
        return None
    if (found := _FOR.fullmatch(words)) and (found["done"] or _somebody(found["who"])):
        return Proxy("for", found.span("who"))
    for pattern in (_FOR_GIVING, _FOR_ENGLISH):
        if found := pattern.fullmatch(words):
            return Proxy("for", found.span("who"))
    for pattern in (_BY, _BY_ENGLISH):
        if found := pattern.fullmatch(words):
            return Proxy("by", found.span("who"))
    return None


def _somebody(words: str) -> bool:
    """Enough of a person for a bare 代X: in 代小红 the first character is a surname."""
    return (
        addressed(words)
        and words[0] not in "小阿"
        or (full_name(words) and len(words) > 2)
        or person(words[-3:])
        and len(words) > 3
    )


def kin_or_person(words: str) -> bool:
    """Whether 女儿 or 李四 could be the one who signs up."""
    return words in KIN or person(words)
