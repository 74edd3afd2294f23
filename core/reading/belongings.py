"""What people are asked to bring along."""

from __future__ import annotations

import re

from core.reading.page import Page
from core.reading.vocabulary import regex

_NOT_BRING = regex("belongings", "not_bring")
BRING_LINE = re.compile(regex("belongings", "bring_line"))
BRING = re.compile(regex("belongings", "bring", _NOT_BRING=_NOT_BRING))
BRING_OWN = re.compile(regex("belongings", "bring_own"))
"""What is said outright to be one's own: 自带碗筷, 剪刀自带. It goes before 每家带一道菜."""
BRING_EN = re.compile(
    r"(?<!not )(?<!n't )\b(?:please )?(?:bring|carry|byo|take)(?: along| with you| your own| your|"
    r" own| some)*\s(?P<what>[^¦,.;:!?()\n]+)|(?:with|wear) (?:your |your own |"
    r"own )(?P<own>[^¦,.;:!?()\n]+)"
)


def bring(page: Page) -> str | None:
    """What to bring, struck out; None when nothing is."""
    for pattern in (BRING_LINE, BRING_OWN, BRING, BRING_EN):
        found = pattern.search(page.left)
        if not found:
            continue
        group = "what" if found["what"] else "own"
        start, end = found.span(group)
        if pattern in (BRING, BRING_OWN) and group == "what":
            end = start + len(_first_words(page.left[start:end]))
        page.strike(found.start() if group == "what" else start, found.end() if group == "own" else end)
        said = re.sub(r"(?:就行|即可|就好|就可以|哦|噢|呀|啊|过来|来|参加|等)+$", "", page.said(start, end))
        said = re.sub(r"\s+(?:please|thanks|with you|along)$", "", said, flags=re.IGNORECASE)
        said = re.sub(r"^(?:an?|the|some|your)\s+(?=\S)", "", said, flags=re.IGNORECASE)
        return said.strip(" 、,，") or None
    return None


def _first_words(text: str) -> str:
    """Up to a space between Chinese words: 手套 活动室集合 is 手套."""
    lead = len(text) - len(text.lstrip())
    found = re.match(r"\S+(?:\s?[、和与及]\s?\S+)*", text[lead:])
    return text[: lead + found.end()] if found else text
