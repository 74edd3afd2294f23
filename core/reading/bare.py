"""A message without what stands around its words: pictures, the bot's own name, a mark in front, another's words."""

from __future__ import annotations

import re

from core.reading.clauses import Clause, clause, picture
from core.reading.vocabulary import regex

_BOT = re.compile(regex("commands", "bot"))
QUOTED = re.compile(r"\s*[「『][^「『」』]{0,4000}[」』]\s*\n\s*[-–—_=─━ ]{3,}\s*\n?")
"""A message that is quoted above the words about it: 「…」 and a line of dashes."""
HAND_UP = re.compile(r"\s*(?:👌|🙋|✋)")
"""A picture that says yes where a roster asks; a thumb or a flower may only be friendly."""
_MARK = re.compile(r"\s*[/!\\]\s?(?=[^\s/!\\])")
_SUFFIX = re.compile(r"^([a-z_]+)@\w+", re.IGNORECASE)


def unquoted(text: str) -> Clause:
    """The words about a message that is quoted above them; all of a message that quotes none."""
    quoted = QUOTED.match(text)
    return clause(text[quoted.end() if quoted else 0 :])


def bare(piece: Clause) -> tuple[Clause, bool]:
    """Without pictures, the bot's own name and a mark in front; True with a mark."""
    kept = [at for at, char in enumerate(piece.text) if not picture(char)]
    if len(kept) < len(piece.text):
        piece = Clause("".join(piece.text[at] for at in kept), "".join(piece.said[at] for at in kept))
    piece = piece.strip()
    if found := _BOT.match(piece.text):
        piece = piece.cut(found.end()).strip()
    mark = _MARK.match(piece.text)
    if mark:
        piece = piece.cut(mark.end())
        if found := _SUFFIX.match(piece.text):
            word = found.end(1)
            piece = Clause(piece.text[:word] + piece.text[found.end() :], piece.said[:word] + piece.said[found.end() :])
    return piece, mark is not None
