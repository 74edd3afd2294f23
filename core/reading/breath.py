"""Cuts a message into clauses and hears each, also where it is said in one breath with no stop between two of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Literal

from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.leanings import doubtful, lean_of
from core.reading.listening import DOUBT, OWN, QUESTIONS_WELCOME, THANKED, Part, own, part_of
from core.reading.numerals import NUMBER
from core.reading.sayings import Heard, courtesy, heard, reasons
from core.reading.vocabulary import regex

EDGES = " \t\r\n\u3000.,!?;:~'\"()[]<>、。…·-—–*_|【】「」『』《》“”‘’"
_STOPS = re.compile(regex("breath", "stops"))
_RUN_ON = re.compile(regex("breath", "run_on"))
_TIED_BEFORE = re.compile(regex("breath", "tied_before"))
_TIED_AFTER = re.compile(regex("breath", "tied_after"))
_FIRM = re.compile(regex("breath", "firm"))
_SUBJECT = re.compile(regex("breath", "subject"))
_REASON = re.compile(regex("breath", "reason"))
_ASIDE = re.compile(regex("breath", "aside"))
_AND_SO_MANY = re.compile(regex("breath", "and_so_many", NUMBER=NUMBER))
_TOPIC = re.compile(regex("breath", "topic"))
_HARD_STOPS = re.compile(r"[!?;~…\n。,]")
Why = Literal["", "reason", "no", "aside"]
_GOES_WITH = {"reason": ("join", "leave", "swap"), "no": ("leave", "swap"), "aside": ("here", "on_the_way")}
"""What may be said with each of them right before or behind it."""
MOST_RUNS = 6
"""In how many places of one clause a second may begin."""


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
    if not _HARD_STOPS.search(edge.text) and (whole := part_of(edge, kinds, reply, asks="?" in tail)).heard:
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
    whole = part_of(bit, kinds, reply, asks=asks)
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
            part = part_of(piece, kinds, reply, asks=asks and index == len(words) - 1)
            parts += [part] if part.heard else _run_on(piece, part.asks, kinds, reply) or [part]
    return parts


def _run_on(bit: Clause, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    """Two clauses with no stop between, or one in the midst of talk (我跟你讲啊老王他不来了他女儿回来了).

    Empty where it is not so. What leans away as a whole joins in no half of it: 我老公不让 | 我去.
    """
    if THANKED.match(bit.text):
        return []
    cuts = [found.start() for found in islice(_RUN_ON.finditer(bit.text), MOST_RUNS)]
    for at in cuts:
        if halves := _halves(bit, at, asks, kinds, reply):
            return halves
    for start, end in ((start, end) for start in cuts for end in reversed(cuts) if end > start + 2):
        before, midst, after = bit.cut(0, start), bit.cut(start, end), bit.cut(end)
        if _FIRM.search(midst.text) and _parted(before.text, midst.text) and _parted(midst.text, after.text):
            part = part_of(midst, kinds, reply, asks=False)
            if part.heard and _stands_alone(part.heard):
                return [part_of(before, kinds, reply, asks=False), part, part_of(after, kinds, reply, asks=asks)]
    return []


def _halves(bit: Clause, at: int, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    """Both sides of a place where a stop may be missing, if both say the same (我也要来的算我一份), one says why
    (我不来了膝盖又肿了) or is only polite, or one is meant whatever stands beside it (这趟我不来了你们多拍点照片).
    """
    one, other = bit.cut(0, at), bit.cut(at)
    first = part_of(one, kinds, reply, asks=False)
    parted = _parted(one.text, other.text)
    before = "" if first.heard else _says_why(one, kinds)
    if not (first.heard or before or parted):
        return []
    second = part_of(other, kinds, reply, asks=asks)
    if first.heard and second.heard:
        asked = first.heard.saying.intent in QUESTIONS_WELCOME
        two = _say_the_same(first.heard, second.heard, bit) or (asked and parted and _stands_alone(second.heard))
    elif told := first.heard or second.heard:
        why = before if second.heard else "" if doubtful(one.text) else _says_why(other, kinds)
        free = parted and not (told.saying.intent == "join" and DOUBT.search(bit.text))
        free = free and (told is first.heard or told.saying.intent != "leave" or not _TOPIC.fullmatch(one.text))
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
