"""Hears a whole message clause by clause, and judges whether it was said to the bot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.sayings import Heard, courtesy, heard

EDGES = " \t\r\n\u3000.,!?;:~'\"()[]<>、。…·-—–*_|【】「」『』《》“”‘’"
_STOPS = re.compile(
    r"(?<=\w) (?:and|so|but) (?=can't|cannot|cant|won't|can not|i'll |i will|i can)|所以|因此|"
    r"[!?;~…\n。]+|,(?!\d{3}(?!\d))|(?<!mr)(?<!mrs)(?<!ms)(?<!dr)(?<!no)(?<!nr)\.+(?=\s|$|"
    r"[\u4e00-\u9fff])|:(?!\d)|[\s]-[\s]|—+|\s{2,}"
)
_HARD_STOPS = re.compile(r"[!?;~…\n。,]")
_DOUBT = re.compile(
    r"如果|要是|假如|万一|去年|前年|昨天|前天|当年|那时候|听说|据说|好像|是不是|为什么|难道|以前|"
    r"以后再|上个?(?:月|周|星期|礼拜)|他说|她说|\bif\b|\blast\b|yesterday|\bago\b|used to|"
    r"\bwhen i was\b|remember"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the message with what was heard in it. `asks`: it ends with a question mark."""

    piece: Clause
    heard: Heard | None
    courteous: bool
    asks: bool


def heard_in(edge: Clause, piece: Clause, kinds: Kinds, reply: bool) -> list[Part]:
    """The message in one clause, if that can be understood; else cut at stops, and at spaces where that helps."""
    half = len(edge.text) // 2
    if half > 1 and edge.text[:half] == edge.text[-half:] and len(edge.text) - 2 * half < 2:
        edge = edge.cut(0, half)  # said twice, for joy
    whole = heard(edge, kinds, reply=reply) if not _HARD_STOPS.search(edge.text) else None
    tail = piece.text[len(piece.text.rstrip(EDGES)) :]
    if whole:
        return [Part(edge, whole, False, "?" in tail)]
    parts: list[Part] = []
    at = 0
    stops = [(m.start(), m.end()) for m in _STOPS.finditer(edge.text)] + [(len(edge.text), len(edge.text))]
    for start, end in stops[:12]:
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
    told = heard(part.piece, kinds, reply=reply, rider=True)
    if told is None or told.saying.intent != "join" or part.asks or all(word.role in "pfFa" for word in told.words):
        return part
    return replace(part, heard=told)


def _at_spaces(bit: Clause, asks: bool, kinds: Kinds, reply: bool) -> list[Part]:
    understood = heard(bit, kinds, reply=reply)
    if understood or " " not in bit.text or bit.text.isascii():
        return [Part(bit, understood, not understood and courtesy(bit, kinds), asks)]
    parts: list[Part] = []
    at = 0
    words = bit.text.split(" ")
    for index, word in enumerate(words[:8]):
        piece = bit.cut(at, at + len(word))
        at += len(word) + 1
        if piece.text:
            told = heard(piece, kinds, reply=reply)
            parts.append(Part(piece, told, not told and courtesy(piece, kinds), asks and index == len(words) - 1))
    return parts


AUXILIARIES = frozenset(
    ["will", "can", "could", "would", "is", "are", "does", "do", "did", "has", "have", "shall", "may", "should"]
)
"""With somebody behind them they ask: will Mary come."""
_REQUEST = re.compile(r"帮我|给我|替我|^(?:please )?(?:can|could|would|will) you\b")
QUESTIONS_WELCOME = frozenset({"swap", "mine", "list", "help"})


def meant(part: Part, parts: Sequence[Part], loud: bool, reply: bool) -> bool:
    """Is what was heard in `part` said to the bot, given everything around it?"""
    assert part.heard is not None  # noqa: S101  asked only of a part in which something was heard
    saying, words = part.heard.saying, part.heard.words
    roles = "".join(word.role for word in words)
    if (
        part.asks
        and saying.intent not in QUESTIONS_WELCOME
        and "Q" not in roles
        and not _REQUEST.search(part.piece.text)
    ):
        return False
    asking = len(words) > 1 and words[0].text in AUXILIARIES and words[1].role in "pkmuz"
    if asking and saying.intent not in QUESTIONS_WELCOME:
        return False
    others = [p for p in parts if p is not part and not p.heard and not p.courteous]
    if saying.intent in ("mine", "list", "help"):
        return not others and not any(word.role == "F" and word.text[0] in "谢感多辛t" for word in words)
    if saying.intent == "leave" and "L" in roles and "m" not in roles and any("假" in word.text for word in words):
        return "p" in roles  # 请假了 tells of somebody
    if saying.intent == "leave" and words[-1].text == "吧" and not {"m", "u", "p", "k", "q"} & set(roles):
        return False
    if saying.strength != "strong":
        exclaimed = loud and words[-1].text == "去" and not reply
        return not others and not exclaimed and not any(p.asks and not p.courteous for p in parts if p is not part)
    if any(_DOUBT.search(p.piece.text) for p in others) and "s" not in roles:
        return False
    at = parts.index(part)
    before = [p for p in parts[:at] if p in others]
    if saying.intent == "join":
        sure = bool({"s", "m", "u", "i"} & set(roles)) or "p" in roles or "k" in roles
        return sure or _brief(before, others, last=at == len(parts) - 1)
    if saying.intent in ("here", "done", "on_the_way"):
        return not before or bool({"m", "u"} & set(roles))
    return sum(len(p.piece.text) for p in others) <= 60


_TO_ALL = re.compile(r"大家|各位|请|快|赶紧|抓紧|欢迎|者|想|可以|开始|截止|你|他|她|everyone|please|welcome")


def _brief(before: Sequence[Part], others: Sequence[Part], *, last: bool) -> bool:
    """May a bare 报名 stand among these? A short reason before it, or a short word after it; no call to everybody."""
    if any(part.asks or _TO_ALL.search(part.piece.text) for part in others):
        return False
    if before:
        return last and len(others) == 1 and len(others[0].piece.text) <= 10
    return len(others) <= 1 and sum(len(part.piece.text) for part in others) <= 16
