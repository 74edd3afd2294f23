"""Whether words look like a person's name; a guess that only decides where nothing else does."""

from __future__ import annotations

import re

from core.reading.dishes import GOODS
from core.reading.surnames import ADDRESSES, COMMON, COMPOUND, KIN, NOT_IN_NAMES, TITLES, WORDS

_MORE_TITLES = ("师奶", "师母", "师娘", "姑娘", "姆妈", "阿爹", "好爹", "爷爷家", "阿姨家", "老师家")
_SPECIFIC_TITLES = tuple(title for title in (*TITLES, *_MORE_TITLES) if len(title) > 1)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’-]*(?: (?:[A-Z][A-Za-z.'’-]*|de|van|von|bin|da))*")
_ADDRESSED_LATIN = re.compile(rf"(?:{'|'.join(ADDRESSES)})\.? ?[a-z'’-]+(?: [a-z'’-]+)?", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:家|的|他|她)?(?:" + "|".join(sorted(KIN, key=len, reverse=True)) + "|夫人|家长|家)")


def addressed(name: str) -> bool:
    """Somebody called by a form of address: 王阿姨, 小林妈妈, 老李, Mrs Wang. `name` is in simplified script."""
    if _HAN.fullmatch(name):
        if len(name) > 8:
            return False
        if len(name) in (2, 3) and name[0] in "老小阿大" and name[1] not in NOT_IN_NAMES and name not in WORDS:
            return name[0] == "阿" or (name[0] == "小" and not goods(name)) or name[1] in COMMON
        return titled(name)
    return bool(_ADDRESSED_LATIN.fullmatch(name))


def titled(name: str) -> bool:
    """Somebody called by what they are: 王阿姨, 小林妈妈, 赵医生, 钟姐."""
    if len(name) == 2 and name[0] in COMMON and name[1] in "姐叔姨哥伯嫂婶爷奶婆工总":
        return True
    return name.endswith(_SPECIFIC_TITLES) and any(
        name.endswith(title) and 1 <= len(name) - len(title) <= 3 and not NOT_IN_NAMES & set(name)
        for title in _SPECIFIC_TITLES
    )


def full_name(name: str) -> bool:
    """A surname and a given name: 陈建国, 张三, 欧阳娜娜."""
    if not _HAN.fullmatch(name) or NOT_IN_NAMES & set(name) or name[-1] in GOODS:
        return False
    if name[:2] in COMPOUND:
        return len(name) in (3, 4)
    return name[0] in COMMON and len(name) in (2, 3) and name not in WORDS and name[:2] not in WORDS


def goods(words: str) -> bool:
    """Whether these are rather something to eat or to use than somebody: 红烧肉, 饼干, 餐巾纸."""
    return len(words) > 1 and (words[-1] in GOODS or (len(words) > 2 and words[-1] == "子"))


def person(name: str) -> bool:
    """Whether this is most likely somebody. Nicknames are not known to it: False says little."""
    return full_name(name) or addressed(name) or bool(_LATIN.fullmatch(name))


def after_address(name: str) -> int | None:
    """Where the form of address ends in 王阿姨红烧肉 (3), when more follows that is no relative of theirs."""
    for cut in range(2, min(6, len(name) - 1)):
        front, rest = name[:cut], name[cut:]
        if front.endswith(_SPECIFIC_TITLES) and addressed(front) and not _RELATIVE.match(rest):
            return cut
    return None
