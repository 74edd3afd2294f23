"""Hears a whole message clause by clause, and judges whether it was said to the bot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.leanings import (
    Leaning,
    Outcome,
    begun_after,
    doubtful,
    lean_of,
    leaning,
    of_another,
    outcome,
    plainly,
    turn,
)
from core.reading.numerals import NUMBER
from core.reading.open_words import names_days
from core.reading.parties import party
from core.reading.roles import Word
from core.reading.sayings import Heard, courtesy, heard, reasons
from core.reading.vocabulary import regex

EDGES = " \t\r\n\u3000.,!?;:~'\"()[]<>、。…·-—–*_|【】「」『』《》“”‘’"
_STOPS = re.compile(regex("listening", "stops"))
_RUN_ON = re.compile(regex("listening", "run_on"))
_TIED_BEFORE = re.compile(regex("listening", "tied_before"))
_TIED_AFTER = re.compile(regex("listening", "tied_after"))
_FIRM = re.compile(regex("listening", "firm"))
_SUBJECT = re.compile(regex("listening", "subject"))
_REASON = re.compile(regex("listening", "reason"))
_ASIDE = re.compile(regex("listening", "aside"))
Why = Literal["", "reason", "no", "aside"]
_GOES_WITH = {"reason": ("join", "leave", "swap"), "no": ("leave", "swap"), "aside": ("here", "on_the_way")}
"""What may be said with each of them right before or behind it."""
MOST_RUNS = 6
"""In how many places of one clause a second may begin."""
_AND_SO_MANY = re.compile(regex("listening", "and_so_many", NUMBER=NUMBER))
_HARD_STOPS = re.compile(r"[!?;~…\n。,]")
_DOUBT = re.compile(regex("listening", "doubt"))


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


def _part(piece: Clause, kinds: Kinds, reply: bool, *, asks: bool) -> Part:
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


def heard_in(edge: Clause, piece: Clause, kinds: Kinds, reply: bool) -> list[Part]:
    """The message in one clause, if that can be understood; else cut at stops, and at spaces where that helps."""
    half = len(edge.text) // 2
    if half > 1 and edge.text[:half] == edge.text[-half:] and len(edge.text) - 2 * half < 2:
        edge = edge.cut(0, half)  # said twice, for joy
    tail = piece.text[len(piece.text.rstrip(EDGES)) :]
    if tail_number := _AND_SO_MANY.search(edge.text):  # 我和小夏，两个
        edge = Clause(
            *(said[: tail_number.start()] + " " + said[tail_number.end() :] for said in (edge.text, edge.said))
        )
    if not _HARD_STOPS.search(edge.text) and (whole := _part(edge, kinds, reply, asks="?" in tail)).heard:
        return [whole]
    parts: list[Part] = []
    at = 0
    stops = [(m.start(), m.end()) for m in _STOPS.finditer(edge.text)] + [(len(edge.text), len(edge.text))]
    for start, end in [*stops[:11], stops[-1]] if len(stops) > 12 else stops:  # what comes last decides
        bit = edge.cut(at, start).strip(EDGES)
        asks = "?" in edge.text[start:end] or (end == len(edge.text) and "?" in tail)
        at = end
        if bit.text:
            parts += _at_spaces(bit, asks, kinds, reply)
    if any(part.heard and part.heard.saying.intent == "join" for part in parts):
        return [part if part.heard else _riding(part, kinds, reply) for part in parts]
    return parts


def _riding(part: Part, kinds: Kinds, reply: bool) -> Part:
    """A clause beside one that joins: 报名，两个人."""
    told = None if lean_of(part.piece.text) else heard(part.piece, kinds, reply=reply, rider=True)
    if told is None or told.saying.intent != "join" or part.asks or all(word.role in "pfFa" for word in told.words):
        return part
    return replace(part, heard=told)


def _at_spaces(bit: Clause, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    whole = _part(bit, kinds, reply, asks=asks)
    if whole.heard or bit.text.isascii():
        return [whole]
    if " " not in bit.text:
        return _run_on(bit, asks, kinds, reply) or [whole]
    parts: list[Part] = []
    at = 0
    words = bit.text.split(" ")
    for index, word in enumerate(words[:8]):
        piece = bit.cut(at, at + len(word))
        at += len(word) + 1
        if piece.text:
            part = _part(piece, kinds, reply, asks=asks and index == len(words) - 1)
            parts += [part] if part.heard else _run_on(piece, part.asks, kinds, reply) or [part]
    return parts


def _run_on(bit: Clause, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    """Two clauses with no stop between, or one in the midst of talk (我跟你讲啊老王他不来了他女儿回来了).

    Empty where it is not so. What leans away as a whole joins in no half of it: 我老公不让 | 我去.
    """
    cuts = [found.start() for found in islice(_RUN_ON.finditer(bit.text), MOST_RUNS)]
    for at in cuts:
        if halves := _halves(bit, at, asks, kinds, reply):
            return halves
    for start, end in ((start, end) for start in cuts for end in reversed(cuts) if end > start + 2):
        before, midst, after = bit.cut(0, start), bit.cut(start, end), bit.cut(end)
        if _FIRM.search(midst.text) and _parted(before.text, midst.text) and _parted(midst.text, after.text):
            part = _part(midst, kinds, reply, asks=False)
            if part.heard and _stands_alone(part.heard):
                return [_part(before, kinds, reply, asks=False), part, _part(after, kinds, reply, asks=asks)]
    return []


def _halves(bit: Clause, at: int, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    """Both sides of a place where a stop may be missing, if both say the same (我也要来的算我一份), one says why
    (我不来了膝盖又肿了) or is only polite, or one is meant whatever stands beside it (这趟我不来了你们多拍点照片).
    """
    one, other = bit.cut(0, at), bit.cut(at)
    first = _part(one, kinds, reply, asks=False)
    parted = _parted(one.text, other.text)
    before = "" if first.heard else _says_why(one, kinds)
    if not (first.heard or before or parted):
        return []
    second = _part(other, kinds, reply, asks=asks)
    if first.heard and second.heard:
        asked = first.heard.saying.intent in QUESTIONS_WELCOME
        two = _say_the_same(first.heard, second.heard, bit) or (asked and parted and _stands_alone(second.heard))
    elif told := first.heard or second.heard:
        why = before or ("" if doubtful(one.text) else _says_why(other, kinds))
        free = parted and not (told.saying.intent == "join" and _DOUBT.search(bit.text))
        polite = courtesy(other if first.heard else one, kinds, also="", with_a="F")
        two = _for_a_reason(told, why) or (free and (_stands_alone(told) or polite))
    else:
        two = False
    return [first, second] if two else []


def _parted(one: str, other: str) -> bool:
    """Whether a stop may have been left out between these: not in 我去不了 | 医院, not in 谁 | 帮我报名."""
    if _TIED_AFTER.match(other):
        return False
    return not _TIED_BEFORE.search(one) or (one.endswith(_ENDS) and _SUBJECT.match(other) is not None)


_ENDS = ("了", "假", "参加", "报名", "报", "来", "去", "到")
"""What ends a clause if somebody begins the next, and else takes along what follows."""


def _stands_alone(told: Heard) -> bool:
    """Whether it is said in words that nobody uses but to put a name down or to take it off, whatever else is told."""
    roles = {word.role for word in told.words}
    match told.saying.intent:
        case "join":
            signs = "j" in roles and bool(roles & OWN) and told.words[-1].role != "L"
            return "s" in roles or (told.saying.strength == "strong" and signs)
        case "leave":
            named = roles & set("mukp") or any(word.role == "q" and "我" in word.text for word in told.words)
            return told.saying.strength == "strong" and bool(named) and bool(roles & set("lqY"))
        case "swap":
            return "E" in roles
        case "on_the_way":
            return bool(roles & OWN) and told.saying.strength == "strong"
    return False


def _say_the_same(one: Heard, two: Heard, whole: Clause) -> bool:
    """Whether two clauses come to the same for the same people: 来了来了在路上 is on the way."""
    intents = {one.saying.intent, two.saying.intent}
    if intents in ({"here", "on_the_way"}, {"join", "on_the_way"}):
        return True
    return len(intents) == 1 and own(one) == own(two) and not ("join" in intents and lean_of(whole.text))


def _for_a_reason(told: Heard | None, why: Why) -> bool:
    """Whether such words go with a reason, or (`aside`) with 等我一下."""
    if told is None or not why or told.saying.strength != "strong":
        return False
    return told.saying.intent in _GOES_WITH[why]


def _says_why(piece: Clause, kinds: Kinds) -> Why:
    """Whether it is a whole reason: why they cannot come, why they speak for somebody, a place that they ask for."""
    if _ASIDE.fullmatch(piece.text):
        return "aside"
    lean = lean_of(piece.text, own=False)
    if _REASON.fullmatch(piece.text) or (len(piece.text) > 3 and (lean == "excuse" or reasons(piece, kinds))):
        return "reason"
    return "no" if len(piece.text) > 3 and lean == "no" else ""


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
    doubtful = [p for p in others if _DOUBT.search(p.piece.text)]
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
