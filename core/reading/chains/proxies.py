"""Who signs up for whom: 代王阿姨报名, 女儿代报, for Alice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.chains.people import addressed, full_name, person
from core.reading.surnames import KIN
from core.reading.vocabulary import any_word, regex

_SIGN_UP = any_word("chains.proxies", "sign_up")
_DONE = regex("chains.proxies", "done", _SIGN_UP=_SIGN_UP, p1=any_word("chains.proxies", "done_what"))
_FOR_WORDS = any_word("chains.proxies", "for_words")
_BY_WORDS = any_word("chains.proxies", "by_words")
_SIGNED = any_word("chains.proxies", "signed")
_PARTS = {"FOR_WORDS": _FOR_WORDS, "DONE": _DONE}
_FOR = re.compile(regex("chains.proxies", "for", **_PARTS))
ALSO = re.compile(regex("chains.proxies", "also", **_PARTS))
"""帮王奶奶也报一个: both of them come."""
_FOR_GIVING = re.compile(regex("chains.proxies", "for_giving", **_PARTS))
_FOR_ENGLISH = re.compile(rf"(?:{_SIGNED} )?(?:for|on behalf of) (?P<who>[\w.'’ -]{{1,30}})")
_BY = re.compile(regex("chains.proxies", "by", _BY_WORDS=_BY_WORDS, _SIGN_UP=_SIGN_UP))
_BY_LABEL = re.compile(regex("chains.proxies", "by_label"))
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
