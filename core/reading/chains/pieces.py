"""An entry's words cut into pieces at spaces, commas and brackets, each with its place in what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMOJI = "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u20e3\ufe0e\ufe0f\u200d"
_OPEN, _CLOSE = "([{【「『《〈", ")]}】」』》〉"
_TOKEN = re.compile(
    rf"(?P<open>[{re.escape(_OPEN)}])|(?P<close>[{re.escape(_CLOSE)}])"
    r"|(?P<gap>[\s,;、|。!…=>\\]+|\.{2,}"
    r"|(?<!\d)[:/]+|[:/]+(?!\d)|/(?=1\d{10})"  # 19:30 and 12/602 stay whole
    r"|(?<![\da-z])[-–—]+|[-–—]+(?![\da-z])"  # so do 3-502 and anne-marie
    r"|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff]))"
)
_EDGE = rf"[{_EMOJI}~@_.'\"“”‘’^`=<>…·•\s]*"
_LEFT = re.compile(_EDGE)
_ORNAMENT = re.compile(rf"[{_EMOJI}]+")
ORNAMENTS = re.compile(rf"\s*([{_EMOJI}]+)\s*:")
"""A name of nothing but emoji, made one by the colon behind it."""
MOST = 24  # pieces of one entry; what follows is somebody's essay and stays in one piece


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` of an entry. `aside` counts the bracket it stands in, 0 outside; `gap` is what came before."""

    start: int
    end: int
    aside: int
    gap: str


def pieces(text: str) -> list[Piece]:
    """The pieces of plain text, ornaments at their edges left out. Unbalanced brackets do no harm."""
    found: list[Piece] = []
    at, aside, brackets, gap = 0, 0, 0, ""
    for token in _TOKEN.finditer(text):
        start, end = trimmed(text, at, token.start())
        if start < end:
            found.append(Piece(start, end, aside, gap))
        gap = token["gap"] or token[0]
        if token["open"]:
            brackets += 1
            aside = brackets
        elif token["close"]:
            aside = 0
        at = token.end()
        if len(found) >= MOST:
            break
    start, end = trimmed(text, at, len(text))
    return [*found, Piece(start, end, aside, gap)] if start < end else found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without ornaments at its edges."""
    while start < end and _LEFT.fullmatch(text[start]):
        start += 1
    while start < end and _LEFT.fullmatch(text[end - 1]):
        end -= 1
    return start, end


def plain_name(name: str) -> str:
    """A name without emoji, unless it consists of nothing else."""
    return " ".join(_ORNAMENT.sub("", name).split()) or name.strip()
