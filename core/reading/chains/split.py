"""A name and what is written right behind it, without a space: 3-502王阿姨, 吴老师一位, 老胡夫妻, 李四代王阿姨报名."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.facts import Fact, Filler, Flat, fact
from core.reading.chains.flats import flat_before
from core.reading.chains.people import after_address, person
from core.reading.chains.pieces import trimmed
from core.reading.chains.proxies import Proxy, kin_or_person
from core.reading.heads import COUNTED, Heads, headcount
from core.reading.numerals import NUMERAL
from core.reading.vocabulary import regex

_YEAR = re.compile(r"19\d\d|20[012]\d")
_LONGEST = 40  # characters in which a name and a fact may be written together
_ASIDE_TELEPHONE = re.compile(r"(.*?\D)(1[3-9]\d{9})")
_BRINGING = re.compile(regex("chains.split", "bringing"))
_THINGS = re.compile(regex("chains.split", "things", NUMERAL=NUMERAL))
_HOUSEHOLD = re.compile(regex("chains.split", "household"))
_FROM = re.compile(regex("chains.split", "from"))


@dataclass(frozen=True, slots=True)
class Head:
    """`name` is where the name stands, `facts` what else was said, with its place, `rest` where a note stands, if any.

    `others` are further people who share the name's place, as in 张三和李四.
    """

    name: tuple[int, int]
    facts: tuple[tuple[Fact, int, int], ...] = ()
    rest: tuple[int, int] | None = None
    others: int = 0


def split_head(text: str, *, spoken_for: bool = False) -> Head:
    """Take plain words that begin with a name apart. Words of which nothing is known are a name as a whole.

    `spoken_for`: somebody else names them, and says which one is meant: 楼上王阿姨.
    """
    facts: list[tuple[Fact, int, int]] = []
    start, end = 0, len(text)
    if spoken_for and (near := _FROM.match(text)) and near.end() < end:
        start = near.end()
    if (before := flat_before(text, start)) and not _names_a_year(text, *before):
        where, start = before
        facts.append((Flat((0, where[1] - where[0])), *where))
        if (heads := headcount(text[start:end])) is not None:
            return Head((start, start), (*facts, (heads, start, end)))  # 8号楼一家三口
    rest, others = None, 0
    for _ in range(3):  # 王阿姨5号楼两人取消 is as long as it gets
        behind = _fact_behind(text, start, end)
        if behind is None:
            break
        facts.append((behind[0], behind[1], end))
        end = start + len(text[start : behind[1]].rstrip("+-:,、 "))
    else:
        return Head(trimmed(text, start, end), tuple(facts))
    if _two_people(text[start:end]):
        others = 1
    elif cut := _note_behind(text[start:end]):
        rest, end = (start + cut, end), start + cut
    return Head(trimmed(text, start, end), tuple(facts), rest, others)


def _names_a_year(text: str, where: tuple[int, int], start: int) -> bool:
    """1988年的酒 is what somebody calls themselves; 1802王阿姨 lives there."""
    return _YEAR.fullmatch(text, *where) is not None and not person(text[start:])


def _fact_behind(text: str, start: int, end: int) -> tuple[Fact, int] | None:
    """The longest fact that ends the words, leaving a name of two characters, or of one before a digit or a sign."""
    if end - start > _LONGEST:
        return None
    for cut in range(start + 1, end):
        if text[cut - 1].isascii() and text[cut - 1].isalnum() and text[cut].isascii() and text[cut].isalnum():
            continue  # inside a Latin word or a number
        if cut - start < 2 and text[cut] not in "+*×0123456789":
            continue
        left, right = trimmed(text, cut, end)
        said = fact(text[left:right]) if left < right else None
        if said is not None and _may_follow(said, text[start:cut], text[left:right]):
            return said, left
    return None


def _may_follow(said: Fact, name: str, words: str) -> bool:
    match said:
        case Proxy("by", (left, right)):
            return person(name) and kin_or_person(words[left:right])
        case Filler():
            return len(words) > 1 and not words.isascii()
        case Heads():
            return not words.isdigit()
        case Flat() if words.isdigit():  # 王阿姨302, but 阿福1958
            return person(name) and not _YEAR.fullmatch(words)
        case _:
            return True


def _note_behind(text: str) -> int | None:
    """Where a note begins in 王阿姨红烧肉, 张三带水桶 or 张三13800000000."""
    if found := _ASIDE_TELEPHONE.fullmatch(text):
        return found.start(2)
    for cut in range(2, min(5, len(text))):
        if person(text[:cut]) and (
            COUNTED.match(text, cut)
            or _THINGS.fullmatch(text, cut)
            or _HOUSEHOLD.fullmatch(text, cut)
            or (_BRINGING.match(text, cut) and len(text) > cut + 1)
        ):
            return cut
    return None if person(text) else after_address(text)


def _two_people(text: str) -> bool:
    for cut in range(2, len(text) - 2):
        if text[cut] in "和与跟及&+、/" and person(text[:cut]) and person(text[cut + 1 :]):
            return True
    return False
