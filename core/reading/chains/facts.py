"""What one stretch of an entry says when it is not a name: how many, where they live, for whom, whether they come."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.flats import flat
from core.reading.chains.headcount import Heads, headcount
from core.reading.chains.proxies import Proxy, proxy
from core.reading.chains.standing import standing
from core.reading.chains.values import Status


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat stands in this part of the words."""

    where: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of the promise."""

    status: Status


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that only say that this is a sign-up."""


_BARE_COUNT = re.compile(r"[1-9]")  # "张三 2"; more than that is a room, a size or a day

Fact = Heads | Flat | Standing | Proxy | Filler

_FILLER = re.compile(
    r"(?:我|也|本人|确认|准时|可以|能|来|都|要)*(?:报名|参加|我来|签到|报到|接龙|到|本人|来|算我一个|算上我)(?:了|啦|的|!|~)*"
    r"|(?:就|只有)?(?:我|本人)?(?:自己|一个人|一人|一个)"
    r"|(?:代|帮|帮忙|替)(?:报名?|接龙|填写?|写)?"
    r"|ok|yes|(?:i'?m |i am )?(?:in|coming|going|joining)|(?:i'?ll |i will )?(?:join|come|be there)|count me in|me too"
)


def fact(words: str) -> Fact | None:
    """What these plain words say, when they say one thing only. None: a name, a dish, or anything else."""
    if status := standing(words):
        return Standing(status)
    if heads := headcount(words):
        return heads
    if where := flat(words):
        return Flat(where)
    if _BARE_COUNT.fullmatch(words):
        return Heads(total=int(words))
    if for_or_by := proxy_unless_filler(words):
        return for_or_by
    return None


def proxy_unless_filler(words: str) -> Proxy | Filler | None:
    """代报 alone says nothing of who, 帮王阿姨报名 does."""
    return Filler() if _FILLER.fullmatch(words) else proxy(words)
