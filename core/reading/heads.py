"""How many people some words mean: 两人, 一家三口, 2大1小, 带孙子, +1, with two kids."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.reading.numerals import ENGLISH_NUMERAL, NUMERAL, counted
from core.reading.surnames import KIN, KIN_EN
from core.reading.vocabulary import any_word, one_of, regex, words


@dataclass(frozen=True, slots=True)
class Heads:
    """People named in one stretch of words, by the way they were counted.

    `total` is everybody (共3人), `parts` grown-ups and children apart (2大1小), `pair` the other of a pair (夫妻),
    `plus` is to be added to whatever else is said (+1), `along` comes with the one who wrote (带孙子).
    """

    total: int = 0
    parts: int = 0
    pair: int = 0
    plus: int = 0
    along: int = 0

    def __add__(self, other: Heads) -> Heads:
        return Heads(
            self.total or other.total,
            self.parts + other.parts,
            max(self.pair, other.pair),
            self.plus + other.plus,
            self.along + other.along,
        )

    def count(self) -> int:
        """All of them, the one who wrote included. 两人 带孙子 are two: who comes along explains the number."""
        said = self.total or self.parts
        return (said or 1 + self.pair + self.along) + self.plus


# ---------------------------------------------------------------- words

_N = rf"({NUMERAL})"
_WORDS = {
    name.upper(): any_word("heads", name)
    for name in ("grown", "child", "family", "two_kin", "many_kin", "household", "in_all", "guests", "people")
}
_WORDS |= {
    "N": _N,
    "OF": regex("heads", "of"),
    "ENDING": any_word("heads", "ending") + "{0,3}",
    "WE": any_word("heads", "we") + "{0,2}",
    "WHOSE": regex("heads", "whose_young_or_old", WHOSE=any_word("heads", "whose")),
    "ONE_KIN": one_of(" ".join(KIN) + " " + words("heads", "one_kin")),
    "ENGLISH_N": rf"({ENGLISH_NUMERAL})",
}
_COMPANION = regex("heads", "companion", **_WORDS)
_ENGLISH_KIN = "(?:" + "|".join(sorted((kin.replace(" ", r"\ ") for kin in KIN_EN), key=len, reverse=True)) + ")s?"
_ENGLISH_COMPANION = rf"(?:{_WORDS['ENGLISH_N']} )?(?:(?:my|our|the|a|his|her) )?{_ENGLISH_KIN}"


def _uncaught(pattern: str) -> str:
    """The same pattern without groups of its own, so that it can stand inside another."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


_ANY_COMPANION = _uncaught(_COMPANION)
_COMPANIONS = regex("heads", "companions", ANY_COMPANION=_ANY_COMPANION)
_ANY_ENGLISH = _uncaught(_ENGLISH_COMPANION)
_ENGLISH_COMPANIONS = rf"({_ANY_ENGLISH}(?:(?:,| and| &) {_ANY_ENGLISH}){{0,3}})"
_ONE_COMPANION = re.compile(_COMPANION)
_ONE_ENGLISH_COMPANION = re.compile(_ENGLISH_COMPANION)


def _companions(words: str) -> int:
    """How many people 老伴和两个孙子 are, the speaker not among them."""
    found = _ONE_COMPANION.finditer(words)
    return sum(counted(one[1] or one[3]) if one[1] or one[3] else 2 if one[2] else 1 for one in found)


def _english_companions(words: str) -> int:
    return sum(counted(one[1]) if one[1] else 1 for one in _ONE_ENGLISH_COMPANION.finditer(words))


_WORDS |= {"OLD_AND_YOUNG": regex("heads", "old_and_young", **_WORDS)}
_WORDS |= {"COMPANIONS": _COMPANIONS, "ENGLISH_COMPANIONS": _ENGLISH_COMPANIONS}
_BY_AGE = re.compile(_WORDS["OLD_AND_YOUNG"])

# ---------------------------------------------------------------- forms

_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], Heads]]


def _total(m: re.Match[str]) -> Heads:
    return Heads(total=counted(m[1]))


def _parts(m: re.Match[str]) -> Heads:
    return Heads(parts=sum(counted(n) for n in m.groups() if n))


def _plus(m: re.Match[str]) -> Heads:
    return Heads(plus=sum(counted(n) for n in m.groups() if n))


def _along(m: re.Match[str]) -> Heads:
    return Heads(along=counted(m[1]))


def _so_many(**heads: int) -> Callable[[re.Match[str]], Heads]:
    return lambda _: Heads(**heads)


_READ: dict[str, Callable[[re.Match[str]], Heads]] = {
    # 2大1小, 两个大人一个小孩, 大2小1, 2+1; with a plus sign in front they come on top of the speaker
    "plus_by_age": _plus,
    "by_age": _parts,
    "sum": _parts,
    # +2, 加一人, +2个孩子, +老伴
    "plus_en": _plus,
    "plus": _plus,
    "plus_companions": lambda m: Heads(plus=_companions(m[1])),
    # 一家三口, 全家3口, 三口之家, 全家共4人, 祖孙三人, 老夫妻俩
    "mouths": _total,
    "household": _total,
    "three_of_kin": _so_many(total=3),
    "four_of_kin": _so_many(total=4),
    "pair": _so_many(pair=1),
    # 含1个小孩 explains a number that is said elsewhere
    "explained": _so_many(),
    # 2个大人; two children come with the one who wrote
    "grown_ups": _parts,
    "children": _along,
    # 两人, 共3人, 3位, 我们俩, x2
    "total": _total,
    "all_of_us": _total,
    "times": _total,
    # 带小孙子, 和老伴一起
    "along": lambda m: Heads(along=_companions(m[1])),
    "along_many": _along,
    "plus_or_not_en": _plus,
    "adults_en": _parts,
    "total_en": _total,
    "party_en": _total,
    "pair_en": _so_many(pair=1),
    "along_en": lambda m: Heads(along=_english_companions(m[1])),
    "children_en": _along,
}
_FORMS: tuple[_Form, ...] = tuple(
    (re.compile(regex("heads.forms", name, **_WORDS)), heads) for name, heads in _READ.items()
)
"""In the order in which they are tried."""


def by_age(words: str, at: int) -> tuple[int, int] | None:
    """How many grown-ups and children together begin here (2大1小, 大2小1), and where they end."""
    found = _BY_AGE.match(words, at)
    return (_parts(found).parts, found.end()) if found else None


COUNTED = re.compile(regex("heads", "counted", N=_N))
"""How many people, with something else written right behind it."""
_FIRST = frozenset(
    "0123456789+x*×一二两三四五六七八九十俩仨加多再另外我咱本等家全共计合总报算"
    "夫父母爷祖婆姐兄师娘情小老大成自含包其内里带携陪和跟与同还以连他阖"
)
"""What the forms begin with, Latin letters apart: most words are turned away by one look."""
_BETWEEN = re.compile(r"[\s,，、;]*")
_LONGEST = 40  # characters; nobody counts their family in more
_MOST = 60  # people; +82 is somebody's age


def headcount(words: str) -> Heads | None:
    """The people these words mean, or None unless *all* of the words are about that. `words` is plain text."""
    if not 0 < len(words) <= _LONGEST or (words[0] not in _FIRST and not words[0].isascii()):
        return None
    heads, at = Heads(), 0
    while at < len(words):
        for pattern, form in _FORMS:
            found = pattern.match(words, at)
            if found and found.end() > at:
                heads, at = heads + form(found), found.end()
                break
        else:
            return None
        gap = _BETWEEN.match(words, at)
        at = gap.end() if gap else at
    return heads if 0 < heads.count() <= _MOST else None
