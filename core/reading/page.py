"""A text that is read piece by piece: what has been understood is struck out, what is left is still to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.reading.text import plain

STRUCK = "¦"
"""Stands for every letter that has been understood; no pattern looks across it by accident."""


class Page:
    """The plain text of a message, with its own letters beside it, and what is left to understand of it."""

    def __init__(self, text: str) -> None:
        folded = plain(text)
        self.left = folded.text
        self._said = "".join(text[at] for at in folded.origin[:-1])
        self._origin = folded.origin

    def said(self, start: int, end: int) -> str:
        """As it was written."""
        return self._said[start:end].strip()

    def strike(self, start: int, end: int) -> None:
        self.left = self.left[:start] + STRUCK * (end - start) + self.left[end:]

    def blank(self, text: str, start: int, end: int) -> str:
        """The text as it was written, with spaces for what stands from `start` to `end` here."""
        first, after = self._origin[start], self._origin[end - 1] + 1
        return text[:first] + " " * (after - first) + text[after:]

    def strike_written(self, spans: tuple[tuple[int, int], ...]) -> None:
        """Strikes out what stands there in the text as it was written."""
        for start, end in spans:
            for at, origin in enumerate(self._origin[:-1]):
                if start <= origin < end:
                    self.left = self.left[:at] + STRUCK + self.left[at + 1 :]

    def take(self, pattern: re.Pattern[str], group: int | str = 0) -> re.Match[str] | None:
        """The first match, struck out (or only its `group`), or None."""
        found = pattern.search(self.left)
        if found and found.end(group) > found.start(group):
            self.strike(found.start(group), found.end(group))
        return found

    def each(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match, struck out one after another; at most as many as there are letters."""
        for found in list(pattern.finditer(self.left)):
            self.strike(found.start(), found.end())
            yield found

    def phrases(self, *, spaces: bool = True) -> Iterator[tuple[int, int]]:
        """Where what is left stands, cut at stops, at what was struck out and, if wanted, at spaces between Chinese."""
        for found in _PHRASE.finditer(self.left):
            start, end = found.span()
            if spaces and not _LATIN_SPACE.search(found[0]):
                for word in _WORD.finditer(self.left, start, end):
                    yield word.span()
            else:
                yield start, end


_PHRASE = re.compile(rf"(?:[^{STRUCK},.。;:!?()\[\]【】\n\r\t]|(?<=\d)[:.](?=\d))+")
_LATIN_SPACE = re.compile(r"[a-z]\s+[a-z\d]|\d\s+[a-z]")
_WORD = re.compile(r"\S+")
