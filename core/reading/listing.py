"""The numbers of a list (1. 2. 3., 一、二、, ①②), which are nobody's words: taken out before a posting is read."""

from __future__ import annotations

import re

from core.reading.numerals import number
from core.reading.vocabulary import regex

_MARK = re.compile(regex("listing", "mark"), re.MULTILINE)
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def unlisted(text: str) -> str:
    """The text with stops or spaces in place of such numbers, as long as before.

    A number counts as one of a list only where the one before or after it stands there too.
    """
    marks = list(_MARK.finditer(text))
    counts = [_count(mark) for mark in marks]
    for at, mark in enumerate(marks):
        neighbours = (*counts[max(0, at - 1) : at], None, *counts[at + 1 : at + 2])
        if mark["ring"] or counts[at] - 1 in neighbours[:-1] or counts[at] + 1 in neighbours[1:]:
            inside = "" if text[: mark.start()].rstrip(" \t").endswith("\n") or not mark.start() else ";"
            text = text[: mark.start()] + inside.ljust(len(mark[0])) + text[mark.end() :]
    return text


def _count(mark: re.Match[str]) -> int:
    return _RINGS.index(mark["ring"]) + 1 if mark["ring"] else number(mark["n"]) or 0
