"""The mark of a chain: #接龙, #Group Note, 【接龙】, and what stands beside it on its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.numbering import numbered
from core.reading.text import plain
from core.reading.vocabulary import regex

_HASHED = re.compile(regex("chains.headings", "hashed"))
# A mention ends at a space or is the last: were it free to end anywhere, each @ more would double the time.
_BARE = re.compile(regex("chains.headings", "bare"))
_TAGGED = re.compile(r"\s*#(?=\S{1,20}接龙\s*$)")
_MENTION = re.compile(r"@\S+(?:\s+|$)|<@[^>]{0,80}>|^\s*>+")
_TRIM = ' \t\u3000\xa0\u2005:：—-–#,，。|「『"“'


@dataclass(frozen=True, slots=True)
class Heading:
    """The mark stands in line `at`; `before` and `after` are the words beside it, '' where there are none."""

    at: int
    before: str
    after: str


def find_headings(lines: list[str]) -> list[Heading]:
    """Every mark of a chain in these lines, in order."""
    return [heading for at, line in enumerate(lines) if (heading := _heading(at, line))]


def _heading(at: int, line: str) -> Heading | None:
    text = plain(line)
    if found := _HASHED.search(text.text) or _BARE.match(text.text):
        if (number := numbered(line)) and number.firm:
            return None  # "2. 输入#接龙" is a step, not a mark
        start, end = text.origin[found.start()], text.origin[found.end()]
        return Heading(at, _besides(line[:start]), line[end:].lstrip(_TRIM + "~").rstrip(" \t\u3000#"))
    if found := _TAGGED.match(text.text):
        return Heading(at, "", line[text.origin[found.end()] :].strip(_TRIM))
    return None


def without_mentions(words: str) -> str:
    """The words without @所有人 before them."""
    return _MENTION.sub("", words).strip()


def _besides(words: str) -> str:
    """What stands before the mark, without mentions and without the name of the one who is quoted."""
    words = _MENTION.sub("", words).strip(' \t\u3000\xa0\u2005|「『"“')
    return "" if words.endswith((":", "：")) else words.strip(_TRIM)
