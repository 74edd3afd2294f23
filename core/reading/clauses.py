"""A stretch of a message: as it is read, and as it was written, letter beside letter."""

from __future__ import annotations

from dataclasses import dataclass

from core.reading.text import plain


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message in plain script, with what was written, letter by letter, beside it.

    Both have the same length.
    """

    text: str
    said: str

    def cut(self, start: int, end: int | None = None) -> Clause:
        return Clause(self.text[start:end], self.said[start:end])

    def strip(self, chars: str | None = None) -> Clause:
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))


def clause(text: str) -> Clause:
    """The whole of `text` as one clause; letters that fold into several are repeated once for each."""
    reading = plain(text)
    return Clause(reading.text, "".join(text[at] for at in reading.origin[:-1]))


def picture(char: str) -> bool:
    """Whether a letter is a picture: a smile, an arrow, what joins them."""
    code = ord(char)
    return (
        code >= 0x1F000
        or 0x2600 <= code <= 0x27BF
        or 0x2190 <= code <= 0x21FF
        or 0x2B00 <= code <= 0x2BFF
        or code in (0x200D, 0xFE0F, 0x20E3, 0x3030, 0x303D)
        or 0x1F3FB <= code <= 0x1F3FF
    )
