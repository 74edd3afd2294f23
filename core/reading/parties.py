"""Who is spoken for in a saying, and how many they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading import surnames
from core.reading.roles import Word
from core.reading.vocabulary import regex

# All over the roles of a saying; see `core.reading.vocabulary`.
FOR_ANOTHER = re.compile(r"[btBr][Fa]*[pkz]")  # 帮王阿姨, for Mary
WITH_ME = re.compile(r"m[aF]*c[pk]|[pk]cm")  # 我和老伴, Mary and I
COMPANY = re.compile(r"[cw]a*n?[pk]|[cw]n|[pk]c[mu]")
ONLY_ANOTHER = re.compile(r"[jqlsi][^mu]*b[pk]|[ij][pk]")  # 报名 ... for Mary, +1 王阿姨
ALSO = re.compile(r"^[fFa]*c[pk]")  # 还有老伴, said beside one's own joining
ONE_MORE = re.compile(r"^[fFadgG#]*i[fFa]*[pk]")  # +1 王阿姨
WITH_KIN = re.compile(r"j[^pkmubt]*ck(?:c?k)*[^p]*$")  # 报名，和老伴; join with my wife
FAMILY = re.compile(regex("parties", "family"))


@dataclass(frozen=True, slots=True)
class Party:
    """`others` are people besides the speaker, `total` all of them when a number was said, `who` their names."""

    speaker: bool
    others: int
    total: int
    who: tuple[str, ...]


def party(words: Sequence[Word], intent: str) -> Party:
    """Whom these words speak for. Kin who come along (我和老伴) are counted, not named."""
    roles = "".join(word.role for word in words)
    too = ONE_MORE.match(roles) and any(word.role == "a" and word.text.startswith("也") for word in words)
    also = too or ALSO.search(roles) is not None  # +1 老伴也来 is two
    speaker = bool(also) or _speaker(roles)
    along = bool(also) or (intent != "swap" and bool(COMPANY.search(roles)) and bool(re.search(r"[musiw]", roles)))
    people = [at for at, word in enumerate(words) if word.role in "pk"]
    who = tuple(_own_name(words[at]) for at in people if words[at].role == "p" or not (along and speaker))
    others = sum(_size(words, at) for at in people)
    total = 0
    for at, word in enumerate(words):
        if word.role in "ni" and isinstance(word.value, int):
            more, all_of_them = _number(words, roles, at)
            others += more
            total = all_of_them or total
    if total and who and not speaker:
        total = max(total, len(who))
    return Party(speaker, others, total, who)


def _speaker(roles: str) -> bool:
    if ONLY_ANOTHER.search(roles) or (FOR_ANOTHER.search(roles) and not WITH_ME.search(roles)):
        return False
    return bool(re.search(r"[musw]", roles)) or not re.search(r"[pk]", roles) or WITH_KIN.search(roles) is not None


def _number(words: Sequence[Word], roles: str, at: int) -> tuple[int, int]:
    """What a number says: so many more, so many in all. The size of a family belongs to its head (`_size`)."""
    value = words[at].value
    assert isinstance(value, int)  # noqa: S101  the caller looked
    before, after = roles[at - 1 : at], roles[at + 1 : at + 2]
    if words[at].role == "i":
        return (
            (value, 0)
            if before in ("p", "k") or (words[at].text.startswith("plus") and before == "m")
            else (0, value if value > 1 else 0)
        )
    if after in ("p", "k") or "D" in roles:
        return 0, 0
    if before in ("c", "w"):
        return value, 0
    if before in ("p", "k") and not (re.search("[mu]", roles) and not FAMILY.search(words[at].text)):
        return 0, 0
    return 0, value


def _size(words: Sequence[Word], at: int) -> int:
    """How many a person stands for: 王阿姨夫妻俩 is two, 两个朋友 too."""
    for beside in (at + 1, at - 1):
        if not (0 <= beside < len(words) and words[beside].role == "n"):
            continue
        belongs = words[at].role == "k" if beside < at else FAMILY.search(words[beside].text) is not None
        value = words[beside].value
        if belongs and isinstance(value, int):
            return value
    return 1


def _own_name(word: Word) -> str:
    said = re.sub(r"['’]s$", "", word.said.strip())
    if word.role == "k":
        for mine in surnames.MINE:
            if said.startswith(mine) and len(said) - len(mine) > 1:
                return said[len(mine) :]
    return said
