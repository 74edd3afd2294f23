"""How many people some words mean: 两人, 一家三口, 2大1小, 带孙子, +1, with two kids."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.reading.numerals import ENGLISH_NUMERAL, NUMERAL, counted
from core.reading.one_of import one_of
from core.reading.surnames import KIN, KIN_EN
from core.reading.vocabulary import regex


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
_OF = r"\s*[个位名]?\s*"
_GROWN = one_of("大人 成人 成年人 老人 大 老")
_CHILD = one_of("小孩 小孩子 小朋友 小囡 孩子 儿童 宝宝 娃娃 娃 小宝 小 童")
_ENDING = one_of("参加 报名 出席 一起 一起来 一道 一同 同去 同来 都来 都去 来 去") + "{0,3}"
_FAMILY = one_of(
    "夫妻 夫妇 父子 父女 母子 母女 爷孙 祖孙 婆媳 姐妹 兄弟 姐弟 兄妹 师徒 爷俩 娘俩 情侣 小情侣 两口子 两口 二口"
)
_TWO_KIN = one_of("爸爸妈妈 爷爷奶奶 外公外婆 老爸老妈 老婆孩子 爸妈 父母 公婆 岳父母 双胞胎 二老 两老")
_MANY_KIN = one_of(
    "朋友 孩子 小孩 小朋友 同事 邻居 家人 家属 同学 大人 客人 亲戚 老人 战友 姐妹 学生 徒弟 组员 队员 志愿者"
)
_ONE_KIN = one_of(
    " ".join(KIN)
    + " 老爸 老妈 娃 娃娃 娃儿 儿童 夫人 妻子 丈夫 对象 男友 女友 大人 客人 亲戚 孙辈 老姐 老哥 老太婆 老头子 老头"
    + " 学生 徒弟"
)
_HOUSEHOLD = one_of("一家 一家人 全家 家里 阖家")
_IN_ALL = one_of("共 共计 一共 总共 计 合计 总计")
_WE = one_of("我们 咱们 本人 我 等 家 家里 全家 一家 报 算") + "{0,2}"
_GUESTS = one_of("people more guest guests other others kid kids friend friends")
_PEOPLE = one_of("people person persons ppl pax seat seats place places in_total")
_WHOSE = one_of("我 我家 我们家 她 他 她的 他的") + "?[小大老]?"
_COMPANION = regex(
    "heads",
    "companion",
    _N=_N,
    _OF=_OF,
    _WHOSE=_WHOSE,
    _TWO_KIN=_TWO_KIN,
    _MANY_KIN=_MANY_KIN,
    _ONE_KIN=_ONE_KIN,
)
_ENGLISH_N = rf"({ENGLISH_NUMERAL})"
_ENGLISH_KIN = "(?:" + "|".join(sorted((kin.replace(" ", r"\ ") for kin in KIN_EN), key=len, reverse=True)) + ")s?"
_ENGLISH_COMPANION = rf"(?:{_ENGLISH_N} )?(?:(?:my|our|the|a|his|her) )?{_ENGLISH_KIN}"


def _uncaught(pattern: str) -> str:
    """The same pattern without groups of its own, so that it can stand inside another."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


_ANY_COMPANION = _uncaught(_COMPANION)
_COMPANIONS = regex("heads", "companions", _ANY_COMPANION=_ANY_COMPANION)
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


_OLD_AND_YOUNG = (
    rf"(?:{_N}{_OF}{_GROWN}\s*[+,和、]?\s*{_N}{_OF}{_CHILD}|{_GROWN}\s*{_N}{_OF}[+,和、]?\s*{_CHILD}\s*{_N}[个位名人]?)"
)
_BY_AGE = re.compile(_OLD_AND_YOUNG)

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


def _form(pattern: str, heads: Callable[[re.Match[str]], Heads]) -> _Form:
    return re.compile(pattern), heads


_FORMS: tuple[_Form, ...] = (
    # 2大1小, 两个大人一个小孩, 大2小1, 2+1; with a plus sign in front they come on top of the speaker
    _form(rf"\+\s*{_OLD_AND_YOUNG}{_ENDING}", _plus),
    _form(rf"{_OLD_AND_YOUNG}{_ENDING}", _parts),
    _form(r"(?<![\d+])(\d)\+(\d)(?!\d)", _parts),
    # +2, 加一人, +2个孩子, +老伴
    _form(rf"\+ ?{_ENGLISH_N} {_GUESTS}", _plus),
    _form(rf"[再另外]{{0,2}}[+加多]\s*{_N}{_OF}(?:人|口|名额|{_CHILD}|{_GROWN}|{_ONE_KIN})?{_ENDING}", _plus),
    _form(rf"(?:我|本人|自己)?[再另外]{{0,2}}[+加]\s*{_COMPANIONS}{_ENDING}", lambda m: Heads(plus=_companions(m[1]))),
    # 一家三口, 全家3口, 三口之家, 全家共4人, 祖孙三人, 老夫妻俩
    _form(rf"(?:我家|我们家)?{_HOUSEHOLD}?\s*{_IN_ALL}?\s*{_N}\s*口(?!子)(?:人|之家)?{_ENDING}", _total),
    _form(rf"{_HOUSEHOLD}{_IN_ALL}?\s*{_N}{_OF}人?{_ENDING}", _total),
    _form(rf"[小老]?{_FAMILY}\s*[三3仨]{_OF}人?", lambda _: Heads(total=3)),
    _form(rf"[小老]?{_FAMILY}\s*[四4]{_OF}人?", lambda _: Heads(total=4)),
    _form(rf"[小老]?{_FAMILY}\s*{one_of('俩 两 两个 两人 两个人 2人 2个人 二人')}?{_ENDING}", lambda _: Heads(pair=1)),
    # 含1个小孩 explains a number that is said elsewhere
    _form(rf"{one_of('含 包含 包括 其中 内含 里面有')}\s*{_N}{_OF}(?:{_CHILD}|{_GROWN}|{_ONE_KIN})", lambda _: Heads()),
    # 2个大人; 两个小孩 come with the one who wrote
    _form(rf"{_N}{_OF}{_GROWN}(?![\u4e00-\u9fff])", _parts),
    _form(rf"{_N}{_OF}{_CHILD}(?![\u4e00-\u9fff])", _along),
    # 两人, 共3人, 3位, 我们俩, x2
    _form(rf"{_WE}{_IN_ALL}?\s*{_N}\s*{one_of('个人 人 位 个名额 个 名')}(?:{_ENDING}|哦|啦)", _total),
    _form(rf"{one_of('我们 咱们 我 他们 姐妹 老姐妹')}?([俩仨])", _total),
    _form(r"[x*×]\s*(\d{1,2})[人位]?", _total),
    # 带小孙子, 和老伴一起
    _form(
        rf"我?{one_of('带 带上 带着 带了 携 携带 陪 陪着 和 跟 与 同 还有 以及 连')}\s*{_COMPANIONS}{_ENDING}",
        lambda m: Heads(along=_companions(m[1])),
    ),
    _form(rf"{one_of('另 另外 再 还')}?[带携]了?\s*{_N}{one_of('个人 个 人 位 名')}", _along),
    # English
    _form(rf"(?:\+|plus) ?{_ENGLISH_N}(?: {_GUESTS})?", _plus),
    _form(rf"{_ENGLISH_N} ?adults?(?:,? (?:(?:and|&|\+) )?{_ENGLISH_N} ?(?:kids?|child(?:ren)?))?", _parts),
    _form(rf"(?:(?:the|all) )?{_ENGLISH_N}(?: ?{_PEOPLE}| of us)", _total),
    _form(rf"(?:a )?{one_of('party family group table')} of {_ENGLISH_N}", _total),
    _form(r"(?:both|the two|two) of us|(?:as )?a couple", lambda _: Heads(pair=1)),
    _form(
        rf"(?:{one_of('bringing and with')} |(?:w/|&|plus|\+) ?){_ENGLISH_COMPANIONS}",
        lambda m: Heads(along=_english_companions(m[1])),
    ),
    _form(rf"{_ENGLISH_N} (?:kids?|child(?:ren)?)", _along),
)


def by_age(words: str, at: int) -> tuple[int, int] | None:
    """How many grown-ups and children together begin here (2大1小, 大2小1), and where they end."""
    found = _BY_AGE.match(words, at)
    return (_parts(found).parts, found.end()) if found else None


COUNTED = re.compile(regex("heads", "counted", _N=_N))
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
