"""Where a name begins among the pieces of an entry, and where it ends: Mary Ann Smith, 张 三, 张三、李四, 周一 张三."""

from __future__ import annotations

import re

from core.reading.chains.draft import Draft, name_of
from core.reading.chains.facts import fact_from
from core.reading.chains.people import full_name, goods, person, titled
from core.reading.chains.pieces import Piece
from core.reading.chains.proxies import Proxy
from core.reading.chains.split import split_head
from core.reading.heads import Heads
from core.reading.numerals import NUMERAL
from core.reading.surnames import COMPOUND, KIN_EN, TITLES
from core.reading.vocabulary import any_word, one_of, regex

_CLOCK = regex("chains.naming", "clock")
_WEEKDAY = regex("chains.naming", "weekday")
_DATE = r"(?:\d{1,2}[月./])?(?<!\d)(?:3[01]|[12]\d|0?[1-9])[日号]"
_DAY_PART = regex("chains.naming", "day_part")
_TIMES = re.compile(
    rf"(?:{_DATE}|{_WEEKDAY}|{_DAY_PART}|{_CLOCK}){{1,3}}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_ROLES = re.compile(any_word("chains.naming", "roles"))
_OFFICES = re.compile(regex("chains.naming", "offices"))
_NOT_NAMED = re.compile(
    one_of(" ".join(kin.replace(" ", "_") for kin in KIN_EN) + " my our his her the a an two three four some guest")
    + "s?"
)
"""Whom one brings without a name. Aunt May, with a capital, has one."""
_ANSWERS = re.compile(any_word("chains.naming", "answers") + rf"|{NUMERAL}[辆台份盒只斤箱包袋瓶件本套把张].*")
"""What a household answers when it is asked rather than invited."""
_AND = frozenset({"and", "&", "+", "和", "与", "跟", "及"})
_BETWEEN = frozenset({"、", "/", "&"})
_CAPITALISED = re.compile(r"[A-Z][A-Za-z.'’-]*(?:\+\d)?")


def is_time(words: str) -> bool:
    """Whether these words are a day or an hour: a place in a rota that nobody took has no other name."""
    return bool(_TIMES.fullmatch(words.lower()))


def before_the_name(draft: Draft, parts: list[Piece], at: int) -> bool:
    """Whether the name comes later: 周一 张三, 第一支部 王书记, 红烧肉 王阿姨, (物业)小李."""
    later = [part for part in parts[at + 1 :] if not part.aside]
    words = draft.plain_of(parts[at])
    if not later:
        # 3号楼 红烧肉, 101 同意
        aside = parts[at + 1 :]
        if len(aside) == 1 and goods(words) and not person(words) and person(draft.plain_of(aside[0])):
            return True  # 春卷（小陈）
        return bool(draft.unit) and not person(words) and (goods(words) or bool(_ANSWERS.fullmatch(words)))
    if parts[at].aside or _TIMES.fullmatch(words):
        return True
    following = draft.plain_of(later[0])
    labelled = later[0].gap.strip() == ":"  # 党员：王阿姨
    if not person(following):
        return False
    if _ROLES.fullmatch(words):
        return True
    return not person(words) and (
        labelled or bool(_OFFICES.fullmatch(words)) or goods(words) or (titled(following) and len(words) <= 4)
    )


def take_name(draft: Draft, parts: list[Piece], at: int) -> int:
    """Take the name that begins at piece `at`; says where the next piece is."""
    last = _end_of_proxy(draft, parts, at)
    if last > at:
        draft.take_head(parts[at].start, parts[last].end)
        return last + 1
    last = _end_of_name(draft, parts, at)
    if last == at:
        draft.take_head(parts[at].start, parts[at].end)
        return at + 1
    others = _others(draft, parts[at : last + 1])
    if others:
        draft.name = name_of(draft.written(parts[at].start, parts[last].end))
        draft.heads += Heads(along=others)
    else:
        draft.take_head(parts[at].start, parts[last].end)
    return last + 1


def _end_of_proxy(draft: Draft, parts: list[Piece], at: int) -> int:
    """The last piece of 小吴帮韩爷爷、丁奶奶报名."""
    text = draft.text.text
    if not any(c in "代帮替" for c in draft.plain_of(parts[at])):
        return at
    for last in range(min(at + 3, len(parts) - 1), at, -1):
        if parts[last].aside != parts[at].aside or parts[last].gap.strip() not in _BETWEEN:
            continue
        if any(isinstance(said, Proxy) for said, *_ in split_head(text[parts[at].start : parts[last].end]).facts):
            return last
    return at


def _end_of_name(draft: Draft, parts: list[Piece], at: int) -> int:
    """The last piece of a name of several: Mary Ann Smith, 张 三, 王 阿姨, 张三、李四, Tom & Mary."""
    last = _end_of_latin(draft, parts, at)
    while last + 1 < len(parts) and last - at < 4:
        here, there = parts[last], parts[last + 1]
        one, two = draft.words_of(here), draft.words_of(there)
        if there.aside != here.aside:
            break
        if two.lower() in _AND and last + 2 < len(parts) and _both(draft, here, parts[last + 2]):
            last += 2
            continue
        if fact_from(draft.text.text, parts, last + 1)[0] is not None:
            break
        one_name = there.gap.isspace() and _one_name(draft.plain_of(here), one, two)
        if not one_name and not (there.gap.strip() in _BETWEEN and draft.somebody(here) and draft.somebody(there)):
            break
        last += 1
    return last


def _end_of_latin(draft: Draft, parts: list[Piece], at: int) -> int:
    """The last piece before the colon of 'grandma wang: dumplings': small letters do not tell where a name ends."""
    colon = draft.text.text.find(":", parts[at].start)
    last = at
    while last + 1 < len(parts) and parts[last + 1].end <= colon and last - at < 4 and parts[last + 1].gap.isspace():
        last += 1
    before = draft.text.text[parts[at].start : colon]
    ends = colon > 0 and before.isascii() and not draft.text.text[parts[last].end : colon].strip()
    return last if ends and not any(c.isdigit() for c in before) else at


def _both(draft: Draft, one: Piece, two: Piece) -> bool:
    first, second = draft.words_of(one), draft.words_of(two)
    if first.isascii() and second.isascii():
        return first[0].isalpha() and second[0].isalpha() and not _NOT_NAMED.fullmatch(second)
    return draft.somebody(one) and draft.somebody(two)


def _one_name(plain_one: str, one: str, two: str) -> bool:
    """Whether two words with a space between are one name."""
    if one.isascii() and one[0].isalpha():
        if one.endswith("'s") or two in ("family", "household") or two in TITLES:
            return True
        return bool(_CAPITALISED.fullmatch(two))
    if len(one) == 1:
        return len(two) == 1 or two in TITLES or bool(_CAPITALISED.fullmatch(two)) or full_name(plain_one + two)
    return one in COMPOUND and len(two) <= 2 and full_name(one + two)


def _others(draft: Draft, parts: list[Piece]) -> int:
    """How many more people a name of several pieces holds than one."""
    return sum(part.gap.strip() in _BETWEEN or draft.words_of(part).lower() in _AND for part in parts[1:])
