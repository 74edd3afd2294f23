"""Hears one clause of a message, and judges of what was heard in all of them whether it was said to the bot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.leanings import (
    Leaning,
    Outcome,
    begun_after,
    lean_of,
    leaning,
    of_another,
    outcome,
    plainly,
    turn,
)
from core.reading.open_words import names_days
from core.reading.parties import party
from core.reading.roles import Word
from core.reading.sayings import Heard, courtesy, heard
from core.reading.vocabulary import regex

DOUBT = re.compile(regex("listening", "doubt"))
THANKED = re.compile(regex("listening", "thanked"))


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the message with what was heard in it, which is no joining if it leans away from coming.

    `asks`: it ends with a question mark. `joins`: the speaker joins in it.
    """

    piece: Clause
    heard: Heard | None
    courteous: bool
    asks: bool
    joins: bool = False

    def leaning(self) -> Leaning:
        """Which way it leans. A question leans no way, and in what was heard as joining nothing stands against it."""
        if self.asks:
            return Leaning("")
        clear = self.courteous or self.heard is not None
        return leaning(self.piece.text, joins=self.joins, firm=self.joins and firm(self.heard), clear=clear)


def firm(told: Heard | None) -> bool:
    """Whether it was said in so many words."""
    return told is not None and (told.saying.strength == "strong" or any(word.role in "si" for word in told.words))


def part_of(piece: Clause, kinds: Kinds, reply: bool, *, asks: bool) -> Part:
    told = _heard(piece, kinds, reply)
    if not asks and told is not None and _leans_away(piece, told):
        told = None
    joins = told is not None and told.saying.intent == "join" and own(told)
    return Part(piece, told, told is None and _polite(piece, kinds), asks, joins)


def _leans_away(piece: Clause, told: Heard) -> bool:
    """Whether what stands in the clause says that it is no joining after all, or no setting out: 有空就来."""
    match told.saying.intent:
        case "join":
            lean = lean_of(
                piece.text
            )  # 我要带一个孩子: it comes along; 那天要带孩子, 但是要带个孩子: it is to be minded
            roles = {word.role for word in told.words}
            counted = roles & set("njvs") or any(word.role == "w" and "个" in word.text for word in told.words)
            along = "w" in roles and bool(counted) and not turn(piece.text)
            return bool(lean) and not (lean == "excuse" and along)
        case "on_the_way":
            return lean_of(piece.text) == "doubt"
        case "swap":
            return all_the_same(told)
    return False


def all_the_same(told: Heard) -> bool:
    """Whether somebody comes whoever else does not, and so takes nobody's place: 我姐姐去不成了我还是来的."""
    return any(word.text in _ALL_THE_SAME for word in told.words)


_ALL_THE_SAME = frozenset({"还是", "照样", "照常", "照旧", "依然", "也", "still", "as well"})


def _heard(piece: Clause, kinds: Kinds, reply: bool) -> Heard | None:
    """What a clause says, a 可是 at its beginning left aside, and a courtesy in front of the rest: 没事我来."""
    piece = piece.cut(turn(piece.text)).strip()
    if THANKED.match(piece.text):
        return None
    if told := heard(piece, kinds, reply=reply):
        return told
    for at in begun_after(piece.text):
        if _polite(piece.cut(0, at), kinds) and (told := heard(piece.cut(at).strip(), kinds, reply=reply)):
            return told if told.saying.intent == "join" else None
    return None


def _polite(piece: Clause, kinds: Kinds) -> bool:
    """Nothing but courtesy, what takes nothing away from coming left aside: 我不忙, 没关系."""
    bare = plainly(piece.text)
    return courtesy(piece, kinds) or (bare != piece.text and courtesy(Clause(bare, bare), kinds))


def around(parts: Sequence[Part], kinds: Kinds) -> bool:
    """Whether more was said than commands and courtesies: a reason, what was seen on the way."""
    reasons = any(word.role == "R" for part in parts if part.heard for word in part.heard.words)
    return reasons or any(not part.heard and not courtesy(part.piece, kinds, also="") for part in parts)


def own(told: Heard | None) -> bool:
    """Whether what was heard is about the speaker, perhaps with others."""
    return told is not None and party(told.words, told.saying.intent).speaker


def settled(parts: Sequence[Part], *, among_others: bool) -> tuple[list[Part], Outcome]:
    """The parts without what another of them overrules, and what the message comes to for the speaker.

    `among_others`: it was said in a group, where an excuse with nothing beside it is no business of the bot's.
    """
    intents = {part.heard.saying.intent for part in parts if part.heard}
    if among_others and not intents & {"join", "leave"}:
        return list(parts), ""
    leanings = [part.leaning() for part in parts]
    came = outcome(leanings)
    if "swap" in intents:
        return list(parts), came
    denied = max((at for at, leans in enumerate(leanings) if leans.turns and leans.whose), default=-1)
    overruled = {"yes": "leave", "unsure": "leave", "no": "join", "excuse": "join", "doubt": "join"}.get(came)

    def gone(told: Heard | None, at: int) -> bool:
        if told is None or told.saying.intent not in (overruled, "join"):
            return False
        if told.saying.intent == "join" and not own(told):
            return at < denied  # 帮王阿姨报名，可是她住院了
        if told.saying.intent != overruled:
            return False
        return own(told) or all(word.role != "p" for word in told.words)  # 老头子不去，我去

    return [replace(part, heard=None) if gone(part.heard, at) else part for at, part in enumerate(parts)], came


def days_beside(day: str | None, first: Part, parts: Sequence[Part]) -> str | None:
    """The day of what was heard, with those that stand by themselves beside it: 下周二，下周四我来 is about both."""
    at = parts.index(first)
    alone = [(n, p.piece.said) for n, p in enumerate(parts) if not p.heard and not p.asks and names_days(p.piece)]
    before, after = [said for n, said in alone if n < at], [said for n, said in alone if n > at]
    return "、".join([*before, *([day] if day else []), *after]) or None


AUXILIARIES = frozenset(
    ["will", "can", "could", "would", "is", "are", "does", "do", "did", "has", "have", "shall", "may", "should"]
)
"""With somebody behind them they ask: will Mary come."""
_REQUEST = re.compile(regex("listening", "request"))
_ME = re.compile(r"\b(?:me|us)\b")  # sign me up
QUESTIONS_WELCOME = frozenset({"swap", "mine", "list", "help"})


def meant(part: Part, parts: Sequence[Part], loud: bool, reply: bool, came: Outcome) -> bool:
    """Is what was heard in `part` said to the bot, given everything around it, and what the message comes to?"""
    assert part.heard is not None  # noqa: S101  asked only of a part in which something was heard
    saying, words = part.heard.saying, part.heard.words
    roles = {word.role for word in words}
    others = [p for p in parts if p is not part and not p.heard and not p.courteous]
    if not reply and any(_ELSEWHERE.search(p.piece.text) for p in others):
        return False  # 算我一份，拼单买鸡蛋
    if saying.intent not in QUESTIONS_WELCOME and _asks_people(part, words, roles):
        return False
    if saying.intent in ("mine", "list", "help"):
        others = [p for p in others if lean_of(p.piece.text) != "excuse"]  # 眼睛花，怎么报名
        return not others and not any(word.role == "F" and word.text[0] in "谢感多辛t" for word in words)
    if saying.intent == "leave" and (tells := _tells_of_it(words, roles)) is not None:
        return tells
    if saying.strength != "strong":
        exclaimed = loud and words[-1].text == "去" and not reply
        around = _around_a_weak_one(part, parts, roles, came) if reply else [p for p in parts if p is not part]
        return not exclaimed and all(p.courteous or not (p in others or p.asks) for p in around)
    at = parts.index(part)
    if _in_doubt(others, parts, at, roles, came):
        return False
    before = [p for p in parts[:at] if p in others]
    if saying.intent == "join":
        if words[-1].text == "的" and not roles & set("smuipkn") and "a" in roles:
            return False  # 这个要报名的
        if roles <= set("ifF") and any(_AGREES.search(part.piece.text) for part in others):
            return False  # +1，我家也停水
        sure = roles & set("smuipk") or any(_ME.search(word.text) for word in words)
        return bool(sure) or _brief(before, others, last=at == len(parts) - 1)
    if saying.intent in ("here", "done", "on_the_way"):
        if "H" in roles and not roles & OWN:
            return not others  # 王阿姨来了，快开门
        return not before or bool(roles & OWN)
    return sum(len(p.piece.text) for p in others) <= 60


OWN = frozenset("mu")
"""I and we."""


def _asks_people(part: Part, words: Sequence[Word], roles: set[str]) -> bool:
    """Whether it is a question to the others: 去吗？, will Mary come."""
    if part.asks and "Q" not in roles and not _REQUEST.search(part.piece.text):
        return True
    return len(words) > 1 and words[0].text in AUXILIARIES and words[1].role in "pkmuz"


def _tells_of_it(words: Sequence[Word], roles: set[str]) -> bool | None:
    """请假了 tells of somebody, and 退出吧 is said to others; None where neither is so."""
    if "L" in roles and "m" not in roles and any("假" in word.text for word in words):
        return "p" in roles
    return False if words[-1].text == "吧" and not roles & set("<mupkq") else None


def _around_a_weak_one(part: Part, parts: Sequence[Part], roles: set[str], came: Outcome) -> Sequence[Part]:
    """What else counts where something is said to a roster in few words: 家里没事，我去 ends with what decides."""
    assert part.heard is not None  # noqa: S101  as in `meant`
    intent = part.heard.saying.intent
    if intent == "join" and came == "yes" and roles & OWN:
        behind = parts[parts.index(part) + 1 :]  # 我去，这么贵; but not 我去，老伴就不去了
        return [p for p in behind if not of_another(p.piece.text)] if part.piece.text == "我去" else []
    if intent == "leave" and came == "no":
        return parts[parts.index(part) + 1 :]
    return [p for p in parts if p is not part]


def _in_doubt(others: Sequence[Part], parts: Sequence[Part], at: int, roles: set[str], came: Outcome) -> bool:
    """Whether a clause beside it tells of a condition or of other times, and the speaker's own word is not the last."""
    told = parts[at].heard
    leaves = told is not None and told.saying.intent == "leave"
    doubtful = [p for p in others if DOUBT.search(p.piece.text)]
    doubtful = [p for p in doubtful if not (leaves and _of_anothers_trouble(p.piece.text))]  # 他昨天摔了一跤
    last_word = came == "yes" and roles & OWN and all(parts.index(p) < at for p in doubtful)
    return bool(doubtful) and not last_word and "s" not in roles


def _of_anothers_trouble(words: str) -> bool:
    """Whether it says why somebody else does not come."""
    return of_another(words) and lean_of(words, own=False) == "excuse"


_ELSEWHERE = re.compile(regex("listening", "elsewhere"))
_AGREES = re.compile(regex("listening", "agrees"))
_TO_ALL = re.compile(regex("listening", "to_all"))


def _brief(before: Sequence[Part], others: Sequence[Part], *, last: bool) -> bool:
    """May a bare 报名 stand among these? A short reason before it, or a short word after it; no call to everybody."""
    if any(part.asks or _TO_ALL.search(part.piece.text) for part in others):
        return False
    if before:
        return last and len(others) == 1 and len(others[0].piece.text) <= 10
    return len(others) <= 1 and sum(len(part.piece.text) for part in others) <= 16
