"""Who was there, in one line: 1到5号都到，3号请假 and 除了王伯都到了."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.reading.parts import Clause, Kinds, Written, any_of, clause, number

_WORDS = Written(__file__)
LONGEST = 200
What = Literal["present", "excused", "absent", "late", "early"]
WHATS: tuple[What, ...] = ("excused", "absent", "late", "early", "present")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of some: by their numbers on the roster, by name, of all (with those who are excepted), or of all
    of whom nothing else is said.
    """

    what: What
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    everybody: bool = False
    rest: bool = False
    but_numbers: tuple[int, ...] = ()
    but_names: tuple[str, ...] = ()
    many: int = 0  # of all, how many those are, where it was said


@dataclass(frozen=True, slots=True)
class Roll:
    """All that was said, and of which activity, as far as it was."""

    lines: tuple[Line, ...]
    day: str = ""
    kind: str = ""
    ref: int | None = None

    @property
    def many(self) -> bool:
        """Whether it is more than a word about named people who came: that is 到了 for them."""
        return len(self.lines) > 1 or any(
            line.everybody or line.rest or line.numbers or line.what != "present" for line in self.lines
        )


_STATES = {what: re.compile(_WORDS.regex(what)) for what in WHATS}
_EVERYBODY, _REST = _WORDS.regex("everybody"), _WORDS.regex("rest")
_EXCEPT = re.compile(_WORDS.regex("except", REST=_REST, EVERYBODY=_EVERYBODY))
_EXCEPT_EN = re.compile(_WORDS.regex("except_en", EVERYBODY=_EVERYBODY))
_ALL, _OTHERS = re.compile(_EVERYBODY), re.compile(_REST)
_NUMBERS = _WORDS.pattern("numbers")
_SO_MANY = _WORDS.pattern("so_many")
_RANGE = re.compile(r"(\d{1,2})(?:号|位|个|名)?\s?(?:到|至|-|~|—|–|to)\s?(?:第)?(\d{1,2})")
_CUT = re.compile(r"[,，;；。!\n]+")
_AND = re.compile(r"\s*(?:、|,|，|和|跟|及|与|&|\band\b)\s*")
_ASKS = re.compile(r"[?？]|吗|没有$|了没$")


@lru_cache(16)
def _head(kinds: Kinds) -> re.Pattern[str]:
    return re.compile(_WORDS.regex("head", KINDS=any_of(kind.begins for kind in kinds)))


def roll(words: str, kinds: Kinds) -> Roll | None:
    """The words as a roll, or None: every part of them must say of somebody whether they were there."""
    if len(words) > LONGEST or _ASKS.search(words):
        return None
    piece = clause(words).strip(" .!。~,，\n")
    piece = Clause(piece.text.replace("’", "'"), piece.said)
    found = _head(kinds).match(piece.text)
    assert found is not None  # noqa: S101 - all of it may be left out
    day = " ".join(part for part in (found["day"], found["part"]) if part)
    kind = kinds.begun(found["kind"]) if found["kind"] else None
    ref = found["ref"] or found["ref2"]
    lines = tuple(said(piece.cut(found.end())))
    if not lines or any(line is None for line in lines):
        lines = tuple(said(piece))
        day, kind, ref = "", None, None
    if not lines or any(line is None for line in lines):
        return None
    whole = tuple(line for line in lines if line is not None)
    return Roll(whole, day, kind.name if kind else "", int(ref) if ref else None)


def said(piece: Clause) -> Iterator[Line | None]:
    """Each clause as a line; several subjects before one state belong together: 1、2、3号到了."""
    waiting: Clause | None = None
    at = 0
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(piece.text)] + [(len(piece.text), len(piece.text))]
    for start, end in cuts:
        bit = piece.cut(at, start) if waiting is None else piece.cut(piece.text.index(waiting.text), start)
        at = end
        bit = bit.strip(" .:：、的")
        if not bit.text:
            continue
        line = one(bit)
        if line is None and end < len(piece.text):
            waiting = waiting or bit
            continue
        waiting = None
        yield line
    if waiting is not None:
        yield None


def one(bit: Clause) -> Line | None:
    """One clause: of whom, and what."""
    if found := _EXCEPT_EN.match(bit.text):
        rest = bit.text[found.end() :].strip()
        middle = (found["who"] or "").strip()
        but = bit.cut(found.start("but"), found.end("but")).strip()
        state = state_of(rest) or state_of(middle)
        if state is None:  # everybody except Tom was here: the state stands behind the name
            ends = next((m for what in WHATS for m in [ending(but.text, what)] if m), None)
            if ends is None:
                return None
            state, but = state_of(but.text[ends:]) or "present", but.cut(0, ends).strip()
        numbers, names = subject(but)
        return Line(state, everybody=True, but_numbers=numbers, but_names=names)
    if found := _EXCEPT.match(bit.text):
        group = "but" if found["but"] else "only"
        state = state_of(bit.text[found.end() :])
        if state is None:
            return None
        numbers, names = subject(bit.cut(found.start(group), found.end(group)))
        if group == "but":
            return Line(state, everybody=True, but_numbers=numbers, but_names=names)
        return Line(state, numbers, names)
    for what in WHATS:
        at = ending(bit.text, what)
        if at is None:
            continue
        who = bit.cut(0, at).strip(" :：、的")
        if not who.text:
            return Line(what, everybody=True) if re.match(r"都|全|all|到齐|来齐", bit.text) else None
        if _ALL.fullmatch(who.text):
            return Line(what, everybody=True)
        if _OTHERS.fullmatch(who.text):
            return Line(what, rest=True)
        if counted := _SO_MANY.fullmatch(bit.text[: at + 1]):  # 五个都来了: not the one of number five
            return Line(what, everybody=True, many=number(counted["n"] or counted["en"]) or 0)
        numbers, names = subject(who)
        return Line(what, numbers, names) if numbers or names else None
    return None


def state_of(text: str) -> What | None:
    return next((what for what in WHATS if _STATES[what].fullmatch(text.strip())), None)


def ending(text: str, what: What) -> int | None:
    """Where the words for this begin, which end the text; None where they do not."""
    for at in range(len(text)):
        if _STATES[what].fullmatch(text[at:].strip()) and (at == 0 or not text[at:].isascii() or text[at - 1] == " "):
            return at
    return None


def subject(who: Clause) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The numbers, or the names, of those who are spoken of."""
    text = who.text.strip()
    if _NUMBERS.fullmatch(text):
        numbers: list[int] = []
        for found in _RANGE.finditer(text):
            numbers += range(int(found[1]), int(found[2]) + 1)
        numbers += [int(n) for n in re.findall(r"\d{1,2}", _RANGE.sub(" ", text))]
        return tuple(dict.fromkeys(numbers)), ()
    names, at = [], 0
    cuts = [(found.start(), found.end()) for found in _AND.finditer(who.text)]
    for start, end in [*cuts, (len(who.text), len(who.text))]:
        if name := who.said[at:start].strip(" 的都也"):
            names.append(name)
        at = end
    return (), tuple(names)
