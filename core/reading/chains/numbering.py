"""The number before an entry, in the many ways it is written: 1. 1、 1） ① (1) １． 第1位 一、 1张三."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from core.reading.chains.flats import flat_before
from core.reading.numerals import HAN_NUMERAL, counted
from core.reading.text import plain
from core.reading.vocabulary import regex

_CIRCLED = {
    chr(first + i): n
    for first, low, high in (
        (0x2460, 1, 20),
        (0x2776, 1, 10),
        (0x2780, 1, 10),
        (0x278A, 1, 10),
        (0x24F5, 1, 10),
        (0x3251, 21, 35),
    )
    for i, n in enumerate(range(low, high + 1))
} | {"🔟": 10}
_BULLET = r"\s*(?:[-*•·●○◆▪✦✅☑✔️]\s*)?"
_FIRM = re.compile(
    _BULLET + r"(?:"
    r"[(\[【]\s*(?P<round>\d{1,3})\s*[)\]】]\s*[.、:]?"
    r"|(?:第|no\.?\s?|#)?(?P<n>\d{1,3})\s*+(?:(?:位|个)\s*+)?(?:[、)。,】\]…·]|\.(?!\d)|:(?!\d))+"
    r"|(?P<dotted>\d{1,3})[.:](?=\d)"
    r"|(?:no\.?\s?|#)(?P<marked>\d{1,3})(?=\s)"
    r"|第(?P<ordinal>\d{1,3})(?:位|个|名)\s*[.、:]?"
    r"|(?P<keycap>\d{1,2})\u20e3\s*[.、:)]?"
    rf"|(?P<han>{HAN_NUMERAL})\s*[、.:,)]"
    rf"|\(\s*(?P<roundhan>{HAN_NUMERAL})\s*\)\s*[.、:]?"
    r")\s*"
)
_LOOSE = re.compile(regex("chains.numbering", "loose"))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that may be an entry. A number is `firm` when it is marked as one, loose when a space or nothing follows.

    `dated`: 5.12 may be a day in May as well as entry 5 of somebody in room 12.
    """

    n: int
    words: str
    firm: bool
    dated: bool = False


def numbered(line: str) -> Numbered | None:
    """The number that this line begins with, and the words after it; None when it begins with none."""
    bare = line.lstrip(" \t\u3000\xa0-*•·")
    if bare[:1] in _CIRCLED:
        return Numbered(_CIRCLED[bare[0]], bare[1:].lstrip(" \t\u3000.、:：)）,，\ufe0f"), firm=True)
    text = plain(line)
    if found := _FIRM.match(text.text):
        words = line[text.origin[found.end()] :]
        if said := found["han"] or found["roundhan"]:
            return Numbered(counted(said), words, firm=True)
        if said := found["dotted"]:
            return Numbered(int(said), words, firm=True, dated=not _at_home(text.text[found.end() :]))
        return Numbered(int(next(filter(None, found.groups()))), words, firm=True)
    if found := _LOOSE.match(text.text):
        return Numbered(int(found["n"] or found["glued"]), line[text.origin[found.end()] :], firm=False)
    return None


def _at_home(words: str) -> bool:
    """Whether what follows 1. is a flat with somebody in it (302王阿姨) rather than the day of a date (12周日)."""
    before = flat_before(words)
    return before is not None and not re.match(r"\d{1,2}号(?!楼)", words)


_INLINE = re.compile(
    r"(?:(?<=[\s,;，；、。）)])|(?<=[\u4e00-\u9fff])(?=\d{1,3}[.、]))(?<!\d)(?P<n>\d{1,3})\s*(?P<mark>[.、)）．:：])(?!\d)"
)


_BETWEEN_CIRCLES = re.compile(rf"[ \t,，;；、]*(?=[{''.join(c for c in _CIRCLED if len(c) == 1)}])")


def circled_apart(line: str) -> list[str]:
    """①张三②李四③王五 as three lines."""
    parts = [part for part in _BETWEEN_CIRCLES.split(line) if part.strip()]
    return parts if sum(part[0] in _CIRCLED for part in parts) > 1 else [line]


def broken_up(line: str, first: int | None = None) -> list[str]:
    """The entries of a line that holds several, each with its number: '1.张三 2.李四' -> '1.张三', '2.李四'.

    The part before the first number comes first. `first` is the number the line itself begins with, if it does.
    """
    parts: list[str] = []
    start, n, mark = 0, (first or 0) + 1, ""
    for found in _INLINE.finditer(line):
        column = first is not None and int(found["n"]) > n and line[: found.start()].endswith(("  ", "\t", "\u3000"))
        if (int(found["n"]) == n or column) and mark in ("", found["mark"]) and (found.start() or first is None):
            parts.append(line[start : found.start()].rstrip(" ,;，；、。"))
            start, n, mark = found.start(), int(found["n"]) + 1, found["mark"]
    if first is None and len(parts) < 2:
        return _unmarked(line)
    return [*parts, line[start:]]


_UNMARKED = re.compile(r"(?<!\S)(?P<n>\d{1,2})(?=[\u3400-\u9fff]\S*(?:\s|$))")


def _unmarked(line: str) -> list[str]:
    """春游 1张三 2李四 3王五: numbers with nothing behind them, from 1 on; else the line as it is."""
    starts = [found.start() for n, found in enumerate(_UNMARKED.finditer(line), 1) if int(found["n"]) == n]
    if len(starts) < 3 or len(starts) != len(_UNMARKED.findall(line)):
        return [line]
    parts = [line[: starts[0]].rstrip(), *(line[a:b].rstrip() for a, b in pairwise([*starts, len(line)]))]
    return [part for part in parts if part]
