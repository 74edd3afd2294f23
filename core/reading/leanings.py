"""Which way a clause leans: towards coming, away from it, or neither yet; and what a whole message comes to by its end.

Negation, excuse, doubt, wish and past are looked at before any pattern of joining: 我没空 holds 我 and is no claim.
What each list in `vocabulary/leanings.toml` is for is said there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.reading import surnames, vocabulary
from core.reading.spoken_names import TITLED, YOUNG_OLD
from core.reading.vocabulary import regex

Lean = Literal["", "no", "excuse", "doubt", "past"]
"""'': nothing in the clause stands against coming."""
Outcome = Literal["", "yes", "unsure", "no", "excuse", "doubt"]
"""'': it says nothing of coming. unsure: it joins, and gives an excuse or a doubt beside: only the speaker knows."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A clause of a message: which way it leans, and whether a way of joining was heard in it.

    `whose`: which way one that turns leans for whom it speaks of, who need not be the speaker.
    `firm`: it was said in so many words. `wishes`: they would like to. `turns`: it begins with but. `still`: they come
    whatever stands against it. `clear`: it was understood, or is only polite. `another`: it speaks of somebody else.
    """

    lean: Lean
    whose: Lean = ""
    joins: bool = False
    clear: bool = True
    firm: bool = False
    wishes: bool = False
    turns: bool = False
    still: bool = False
    another: bool = False


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in vocabulary.leanings()[name]))


def _says(name: str, words: str) -> bool:
    return _pattern(name).search(words) is not None


_KIN = "|".join(sorted((*surnames.KIN, *surnames.KIN_EN), key=len, reverse=True))
_OF_KIN = re.compile(regex("leanings", "of_kin", _KIN=_KIN))
_OF_OTHERS = re.compile(regex("leanings", "of_others", p0=TITLED.pattern, p1=YOUNG_OLD.pattern))
_ME = re.compile(regex("leanings", "me"))


def leaning(words: str, *, joins: bool, firm: bool, clear: bool) -> Leaning:
    """How the plain words of one clause lean. `joins`, `firm`, `clear`: what was heard in them."""
    lean, turns = "" if joins else lean_of(words), turn(words) > 0
    another: Lean = lean_of(words, own=False) if turns or (not joins and of_another(words)) else ""
    if not (turns or another == "no" or _OF_KIN.match(words)):
        another = ""
    return Leaning(
        lean,
        lean or another,
        joins=joins,
        clear=clear,
        firm=firm,
        wishes=_says("wish", words),
        turns=turns,
        still=_says("still", words) or _says("comes", words),
        another=of_another(words),
    )


def turn(words: str) -> int:
    """Where the clause goes on after a 可是 or but with which it begins; 0 for none."""
    found = _pattern("but").match(words)
    return found.end() if found else 0


def plainly(words: str) -> str:
    """Without what takes nothing away from coming: 没关系, 不怕冷, 名额没满的话."""
    return _pattern("harmless").sub(" ", words).strip()


def doubtful(words: str) -> bool:
    """Whether a doubt stands anywhere in it, whatever else it says: 可能来不了家里有事."""
    return _says("doubt", plainly(words))


def begun_after(words: str) -> list[int]:
    """Where else a clause may begin: after what takes nothing away from coming, and at 我."""
    lead = _pattern("harmless").match(words)
    if lead and lead[0].endswith("不"):
        lead = None  # 没有不参加
    me = _ME.search(words)
    return sorted({found for found in (lead.end() if lead else 0, me.start() if me else 0) if 0 < found < len(words)})


def lean_of(words: str, *, own: bool = True) -> Lean:
    """Which way the plain words of one clause lean: for the speaker, or (not `own`) for the one of whom it speaks."""
    if _says("past", words):
        return "past"
    bare = plainly(words[turn(words) :])
    if _says("yields", bare):
        return "no"
    mine = _own(bare) if own else bare
    if _says("unsure", mine):
        return "doubt"
    comes = max((found.end() for found in _pattern("comes").finditer(mine)), default=0)
    if comes < max((found.end() for found in _pattern("no").finditer(mine)), default=0):
        return "no"
    if comes or _says("still", words):
        return ""
    if _says("excuse", mine if _OF_OTHERS.match(bare) else bare):
        return "excuse"
    return "doubt" if _says("doubt", mine) else ""


def of_another(words: str) -> bool:
    """Whether it begins by speaking of somebody else: 老伴腿不好, 她就不去了."""
    return _OF_OTHERS.match(words) is not None or _OF_KIN.match(words) is not None


def _own(words: str) -> str:
    """What of the words is about the speaker: 老头子不去，我一个人去 is, from 我 on."""
    another = _OF_OTHERS.match(words) or _OF_KIN.match(words)
    if another is None:
        return words
    me = _ME.search(words, another.end() if another else 0)
    return words[me.start() :] if me else ""


def outcome(clauses: Iterable[Leaning]) -> Outcome:
    """What a message comes to: the last clause that decides decides; a yes with an excuse beside it decides nothing."""
    came: Outcome = ""
    wished = of_kin = False
    for clause in clauses:
        match clause.lean:
            case "no":
                came = "no"
            case "excuse" | "doubt" as reason if came in ("yes", "unsure"):
                came, of_kin = reason if clause.turns or wished else "unsure", clause.another
            case "excuse" | "doubt" as reason:
                came = came or reason
            case "" if clause.joins and came in ("excuse", "doubt") and not (clause.turns or clause.still):
                came = "unsure" if clause.firm else came
            case "" if clause.joins:
                came = "yes" if came != "unsure" or clause.turns or clause.still else came
                wished = clause.wishes
            case "" if clause.still and came in ("excuse", "doubt"):
                came = ""
            case "" if clause.whose == "no" and of_kin and came == "unsure":
                came, of_kin = "yes", False  # 我去，老伴腿不好，她就不去了
            case "" if clause.whose == "excuse" and came == "yes" and not clause.joins:
                came, of_kin = (
                    "unsure",
                    True,
                )  # 我报名，小孩没人接; before it (老头子腿疼，我一个人来) that is why they come alone
            case "" if (clause.turns or wished) and came == "yes" and not clause.clear:
                came = (
                    "unsure"  # 我报名，就是家里装修; 我想报名，小孩没人接: whatever it is, it may stand against coming
                )
    return came
