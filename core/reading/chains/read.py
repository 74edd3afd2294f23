"""Reading a text as a chain, or leaving it alone."""

from __future__ import annotations

import re

from core.reading.chains.entry import one_by_one, read_entry
from core.reading.chains.layout import Sheet, lay_out
from core.reading.chains.page import is_people, people_among
from core.reading.chains.values import Chain
from core.reading.text import plain
from core.reading.vocabulary import any_word, regex

_CHAIN = re.compile(regex("chains.read", "chain"))
_SIGN_UP = re.compile(regex("chains.read", "sign_up", p0=any_word("chains.read", "signing_up")))
_OTHER_LIST = re.compile(any_word("chains.read", "other_list"))
_WANTED = any_word("chains.read", "wanted")
_PEOPLE = any_word("chains.read", "people")
_RANGE = r"(?:\d{1,3}\s*[-–~—到至]\s*)?(?P<n>\d{1,3})\s*"
_NEEDS = (
    re.compile(rf"{_WANTED}\s*+(?::\s*+)?{_RANGE}(?:[个名位人]|{_PEOPLE}|$|(?=[,。;!\s)]))"),
    re.compile(rf"(?<![每第\d.:~-]){_RANGE}{_PEOPLE}(?![一每\d])"),
)
_QUESTION = re.compile(regex("chains.read", "question"))


def read_chain(text: str, *, expected: bool = False) -> Chain | None:
    """The chain that a text holds; None when it is anything else, an ordinary numbered list included.

    A chain that was only just opened has no entries yet. `expected`: it answers a roster, so people in a row are
    enough, with no title and no mark.
    """
    sheet = lay_out(text)
    if sheet is None or not _is_chain(sheet, expected=expected):
        return None
    entries = tuple(
        each
        for item in sheet.items
        if (entry := read_entry(item.n, item.words, item.status)) is not None
        for each in one_by_one(entry)
    )
    if not entries and not _opens(sheet):
        return None
    return Chain(sheet.title, sheet.example, tuple(sheet.lines), sheet.tail, _need(sheet), entries)


def _is_chain(sheet: Sheet, *, expected: bool) -> bool:
    """A mark is believed unless the points below are sentences; without one, all must be people who sign up."""
    words = [item.words for item in sheet.items if item.words.strip()]
    if sheet.marked:
        return is_people(words)
    header = plain("\n".join(filter(None, [sheet.title, *sheet.lines]))).text
    likely = people_among(words)
    if _CHAIN.search(header):
        return 5 * likely >= 3 * len(words) > 0
    if len(words) < 2 or likely < len(words) or _OTHER_LIST.search(header):
        return False
    piece = not header and (expected or sheet.items[0].n > 1)  # the end of one, pasted alone
    return piece or bool(_SIGN_UP.search(header))


def _opens(sheet: Sheet) -> bool:
    """Whether a chain without entries is one at all: it has a title that asks nobody anything."""
    if sheet.title is None or not any(map(str.isalpha, sheet.title)):
        return False
    return not _QUESTION.search(plain(sheet.title).text) and len(sheet.title) <= 60


def _need(sheet: Sheet) -> int | None:
    """How many people the title, a free line or the tail asks for; the most, where it says from and to."""
    for line in filter(None, [sheet.title, *sheet.lines, sheet.tail]):
        words = plain(line).text
        for pattern in _NEEDS:
            if (found := pattern.search(words)) and "每" not in words[: found.start()][-4:]:
                return int(found["n"])
    return None
