"""How many people some words mean: 两人, 一家三口, 2大1小, 带孙子, +1, with two kids."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.reading.chains.numerals import ENGLISH_NUMERAL, NUMERAL, number
from core.reading.surnames import KIN, KIN_EN


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


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


_TWO_KIN = (
    "爸爸妈妈",
    "爷爷奶奶",
    "外公外婆",
    "老爸老妈",
    "老婆孩子",
    "爸妈",
    "父母",
    "公婆",
    "岳父母",
    "双胞胎",
    "二老",
    "两老",
)
_ONE_KIN = (
    *KIN,
    "老爸",
    "老妈",
    "娃",
    "娃娃",
    "娃儿",
    "儿童",
    "夫人",
    "妻子",
    "丈夫",
    "对象",
    "男友",
    "女友",
    "大人",
    "客人",
    "亲戚",
    "孙辈",
    "老姐",
    "老哥",
)
_MANY_KIN = (
    "朋友",
    "孩子",
    "小孩",
    "小朋友",
    "同事",
    "邻居",
    "家人",
    "家属",
    "同学",
    "大人",
    "客人",
    "亲戚",
    "老人",
    "战友",
    "姐妹",
)
"""Kin of whom one may bring several, with the number behind: 带朋友2位."""
_CHILD = r"(?:小孩子?|小朋友|小囡|孩子|儿童|宝宝|娃娃|娃|小宝|小)"
_GROWN = r"(?:大人|成人|成年人|老人|大|老)"
_OF = r"\s*(?:个|位|名)?\s*"
_N = rf"({NUMERAL})"
_ENDING = r"(?:参加|报名|出席|一起来?|同去|同来|都来|都去|来|去)*"
_COMPANION = rf"(?:{NUMERAL}{_OF})?(?:我|我家|我们家)?(?:小|大|老)?(?:{_any(_TWO_KIN)}|{_any(_MANY_KIN)}{NUMERAL}[个位名人]|{_any(_ONE_KIN)})"
_COMPANIONS = rf"{_COMPANION}(?:\s*[和、,+及与跟]?\s*{_COMPANION}){{0,4}}"
_SMALL_FAMILY = (
    r"(?:小|老)?(?:夫妻|夫妇|父子|父女|母子|母女|爷孙|祖孙|婆媳|姐妹|兄弟|姐弟|兄妹|师徒|爷俩|娘俩|两口子|两口|二口)"
)
_EN_KIN = _any(tuple(f"{kin}s?" for kin in KIN_EN)).replace(r"s\?", "s?")


def _companions(words: str) -> int:
    """How many people 老伴和两个孙子 are, the speaker not among them."""
    people = 0
    for found in _ONE_COMPANION.finditer(words):
        said = number(found[1] or found[3]) if found[1] or found[3] else 0
        people += said or (2 if found[2] else 1)
    return people


def _english_companions(words: str) -> int:
    return sum(number(found[1]) if found[1] else 1 for found in _ONE_ENGLISH_COMPANION.finditer(words))


_ONE_COMPANION = re.compile(
    rf"(?:{_N}{_OF})?(?:我|我家|我们家)?(?:小|大|老)?(?:({_any(_TWO_KIN)})|{_any(_MANY_KIN)}{_N}[个位名人]|{_any(_ONE_KIN)})"
)
_ONE_ENGLISH_COMPANION = re.compile(rf"(?:({ENGLISH_NUMERAL}) )?(?:my |our |the |a |his |her )?{_EN_KIN}")

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Heads]], ...] = tuple(
    (re.compile(pattern), heads)
    for pattern, heads in (
        # 2大1小, 两个大人一个小孩, 大2小1, 1大+2小; a plus sign in front adds them to the speaker
        (
            rf"(\+?)\s*{_N}{_OF}{_GROWN}\s*[+,和、]?\s*{_N}{_OF}{_CHILD}{_ENDING}",
            lambda m: Heads(plus=number(m[2]) + number(m[3])) if m[1] else Heads(parts=number(m[2]) + number(m[3])),
        ),
        (
            rf"{_GROWN}\s*{_N}{_OF}[+,和、]?\s*{_CHILD}\s*{_N}(?:个|位|名|人)?",
            lambda m: Heads(parts=number(m[1]) + number(m[2])),
        ),
        (rf"(?<![\d+])(\d)\+(\d)(?!\d)", lambda m: Heads(parts=number(m[1]) + number(m[2]))),
        # +2, 加一人, +2个孩子, +老伴
        (
            rf"(?:再|另|外|另外)?(?:\+|加|多)\s*{_N}{_OF}(?:大人|人|口|名额|{_CHILD}|{_any(_ONE_KIN)})?{_ENDING}",
            lambda m: Heads(plus=number(m[1])),
        ),
        (rf"(?:再|另|外|另外)?[+加]\s*({_COMPANIONS}){_ENDING}", lambda m: Heads(plus=_companions(m[1]))),
        # 一家三口, 全家3口, 三口之家, 祖孙三人
        (
            rf"(?:我家|我们家)?(?:一家人?|全家|家里|阖家)?\s*(?:共|一共|总共|计)?\s*{_N}\s*口(?!子)(?:人|之家)?{_ENDING}",
            lambda m: Heads(total=number(m[1])),
        ),
        (rf"(?:一家人?|全家|阖家)(?:共|一共|总共|计)?\s*{_N}{_OF}人?{_ENDING}", lambda m: Heads(total=number(m[1]))),
        (rf"{_SMALL_FAMILY}\s*(?:三|3|四|4|仨){_OF}人?", lambda m: Heads(total=4 if re.search("[四4]", m[0]) else 3)),
        (rf"{_SMALL_FAMILY}\s*(?:俩|两个?人?|2个?人|二人|一起)?{_ENDING}", lambda _: Heads(pair=1)),
        # 两人, 共3人, 3位, 我们俩, x2
        (
            rf"(?:我们|咱们|本人|我|等|家里?|全家|一家|共|计|合计|一共|总共|总计|报|算)*\s*{_N}\s*(?:个人|人|位|个名额|个|名)(?:{_ENDING}|哦|啦)",
            lambda m: Heads(total=number(m[1])),
        ),
        (r"(?:我们|咱们|我|他们|姐妹|老姐妹)?(俩|仨)", lambda m: Heads(total=number(m[1]))),
        (r"[x*×]\s*(\d{1,2})(?:人|位)?", lambda m: Heads(total=number(m[1]))),
        # 2个大人, 两个小孩 (and the one who wrote)
        (rf"{_N}{_OF}{_GROWN}(?![\u4e00-\u9fff])", lambda m: Heads(parts=number(m[1]))),
        (rf"{_N}{_OF}{_CHILD}(?![\u4e00-\u9fff])", lambda m: Heads(along=number(m[1]))),
        # 带小孙子, 和老伴一起
        (
            rf"(?:我)?(?:带上?着?了?|携带?|陪着?|和|跟|与|同|还有|以及|连)\s*({_COMPANIONS}){_ENDING}",
            lambda m: Heads(along=_companions(m[1])),
        ),
        (rf"(?:另外?|再|还)?(?:带|携)(?:了)?\s*{_N}(?:个人|个|人|位|名)", lambda m: Heads(along=number(m[1]))),
        # English
        (
            rf"(?:\+|plus) ?({ENGLISH_NUMERAL})(?: (?:people|more|guests?|others?|kids?|friends?))?",
            lambda m: Heads(plus=number(m[1])),
        ),
        (
            rf"({ENGLISH_NUMERAL}) ?adults?(?:,? (?:and |& |\+ )?({ENGLISH_NUMERAL}) ?(?:kids?|child(?:ren)?))?",
            lambda m: Heads(parts=number(m[1]) + (number(m[2]) if m[2] else 0)),
        ),
        (
            rf"(?:(?:the|all|party|family|group|table) (?:of )?)?({ENGLISH_NUMERAL})(?: ?(?:people|persons?|ppl|pax|seats?|places?|in total)| of us)",
            lambda m: Heads(total=number(m[1])),
        ),
        (rf"(?:a )?(?:party|family|group) of ({ENGLISH_NUMERAL})", lambda m: Heads(total=number(m[1]))),
        (r"(?:both|the two|two) of us|(?:as )?a couple", lambda _: Heads(pair=1)),
        (
            rf"(?:bringing |and |with |w/ ?|& |plus |\+ ?)((?:(?:{ENGLISH_NUMERAL}) )?(?:my |our |the |a |his |her )?{_EN_KIN}"
            rf"(?:(?:,| and| &) (?:(?:{ENGLISH_NUMERAL}) )?(?:my |our |the |a )?{_EN_KIN})?)",
            lambda m: Heads(along=_english_companions(m[1])),
        ),
        (rf"({ENGLISH_NUMERAL}) (?:kids?|child(?:ren)?)", lambda m: Heads(along=number(m[1]))),
    )
)
_FIRST = frozenset(
    "0123456789+x*×一二两三四五六七八九十俩仨加多再另外我咱本等家全共计合总报算夫父母爷祖婆姐兄师娘小老大成带携陪和跟与同还以连他阖"
)
"""What the forms above begin with, Latin letters apart: most words are turned away by one look."""
_BETWEEN = re.compile(r"[\s,，、;]*")
_LONGEST = 40  # characters; nobody counts their family in more


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
    return heads if heads.count() > 0 else None
