"""What of somebody's words may stand where everybody reads: no telephone number, no flat, nobody's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from core.reading.clauses import Clause, clause
from core.reading.surnames import ADDRESSES, GIVEN, SURNAME, TITLES
from core.reading.vocabulary import regex

GONE = "…"
"""What stands in the place of what was left out."""


class Openly(NamedTuple):
    """The words that everybody may read, and what was left out of them: "telephone", "flat", "name"."""

    words: str
    left_out: tuple[str, ...] = ()


_WORKERS = frozenset(regex("openly", "worker").split())
_LONG_FIRST = sorted((title for title in TITLES if title not in _WORKERS), key=len, reverse=True)
_EVERY_TITLE = sorted((title for title in TITLES if len(title) > 1 or title not in _WORKERS), key=len, reverse=True)
_TELEPHONE, _DATE = re.compile(regex("openly", "telephone")), re.compile(regex("openly", "date"))
_FLAT = re.compile(regex("openly", "flat"))
_PARTS = {"SURNAME": SURNAME, "GIVEN": GIVEN}
_ELDER = re.compile(regex("openly", "elder", **_PARTS))
_ANYBODY = re.compile(regex("openly", "person", TITLES="|".join(_EVERY_TITLE), **_PARTS))
_NEIGHBOUR = re.compile(regex("openly", "person", TITLES="|".join(_LONG_FIRST), **_PARTS))
_ENGLISH = re.compile(regex("openly", "english", ADDRESSES="|".join(map(re.escape, ADDRESSES))))
_EDGES = " \t,，;；、:：-"


def openly(words: str, names: Collection[str] = (), *, workers: bool = False) -> Openly:
    """These words as everybody may read them. `names`: people's names that must not be among them, whatever they look
    like. `workers`: who is called by their trade, 张师傅, may stay.
    """
    piece = clause(words)
    gone: list[tuple[int, int, str]] = []
    struck = bytearray(len(piece.text))
    for start, end, what in _found(piece, names, workers=workers):
        if not any(struck[start:end]):
            gone.append((start, end, what))
            struck[start:end] = b"\1" * (end - start)
    at, kept = 0, []
    for start, end, _ in sorted(gone):
        kept += [piece.said[at:start], GONE]
        at = end
    left = "".join([*kept, piece.said[at:]])
    left = re.sub(rf"{GONE}(?:[ ,，、]*{GONE})+", GONE, left)
    left = re.sub(rf"(?<=\S)[ ,，、。;；:：]+{GONE}[ 。.!！]*$", "", left).strip(_EDGES)
    return Openly(left, tuple(dict.fromkeys(what for _, _, what in sorted(gone))))


def _found(piece: Clause, names: Collection[str], *, workers: bool) -> Iterator[tuple[int, int, str]]:
    for found in _TELEPHONE.finditer(piece.text):
        if not _DATE.fullmatch(found[0].strip()):
            yield *found.span(), "telephone"
    for found in _FLAT.finditer(piece.text):
        yield *found.span(), "flat"
    for name in sorted(names, key=len, reverse=True):
        plain = name.strip().lower()
        if len(plain) > 1 and plain in piece.text:
            whole = rf"(?<![a-z]){re.escape(plain)}(?![a-z])"
            for found in re.finditer(whole, piece.text):
                yield *found.span(), "name"
    for pattern in (_ELDER, _NEIGHBOUR if workers else _ANYBODY, _ENGLISH):
        for found in pattern.finditer(piece.text):
            yield *found.span(), "name"
