"""Verbs that features bring along: how each is typed, and what may stand behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Spelt:
    """How an intent is typed: alternatives of a pattern in plain text, in both languages, misspellings included.

    An activity's number may stand behind it. `words`: so may words of any kind, behind a space or a colon.
    """

    intent: str
    zh: str
    en: str
    words: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        rest = r"(?:[\s:,]+(?P<rest>\S.*))?" if self.words else ""
        number = r"(?:\s*(?:#|№|第)?\s*(?P<ref>\d{1,5})(?:号?活动|号)?(?![\d:.点月日人楼]))?"
        return re.compile(rf"(?:{self.zh}|{self.en}){number}{rest}[\s.!?。~]*", re.DOTALL)


@dataclass(frozen=True)
class Wholly(Spelt):
    """A verb whose words are the whole of what was said: whatever one of the patterns that `reads` returns matches.

    They are put together when they are first needed. `after`: what may stand behind them and says nothing.
    """

    zh: str = ""
    en: str = ""
    words: bool = True
    reads: Callable[[], Iterable[re.Pattern[str]]] = tuple
    after: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        bare = "|".join(re.sub(r"\(\?P<\w+>", "(?:", each.pattern) for each in self.reads())
        return re.compile(rf"(?P<rest>{bare}){self.after}(?P<ref>(?!))?", re.DOTALL)


def spelt(text: str, verbs: Iterable[Spelt]) -> tuple[Spelt, re.Match[str]] | None:
    """The verb that the whole of plain `text` is, with the match: `ref` is a number, `rest` the words behind it."""
    for verb in verbs:
        if found := verb.pattern.fullmatch(text):
            return verb, found
    return None
