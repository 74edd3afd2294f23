"""A posting: the sentence or the few lines with which a coordinator says what shall take place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from core.reading import whereabouts
from core.reading.amending import amend
from core.reading.belongings import bring
from core.reading.contacts import take_contacts, without_homes
from core.reading.headcounts import Wanted, expected, headcount, listed
from core.reading.households import shared, take_flats, take_homes
from core.reading.kinds import Kind, Kinds
from core.reading.listing import unlisted
from core.reading.page import STRUCK, Page
from core.reading.posting import Posting, as_row
from core.reading.schedule import read_when, with_time
from core.reading.titles import title
from core.reading.vocabulary import regex

__all__ = ["Posting", "Wanted", "amend", "as_row", "read_post"]

READ_AT_MOST = 2_000
"""Characters of a posting that are looked at; the rest stays in `rest`."""


def read_post(text: str, *, base: datetime, kinds: Kinds, lang: str = "zh", surely: bool = False) -> Posting:
    """What `text` posts, seen from `base` (aware, the community's zone). `kind` None: it posts none of `kinds`.

    `surely`: it posts something, and is of the kind for anything else if it names no other.
    """
    over, text = text[READ_AT_MOST:], unlisted(text[:READ_AT_MOST])
    page = Page(text)
    asked = page.take(_COMMAND) is not None
    groups = _groups(page)
    kind = _anything(page, kinds) if asked or surely else None
    kind = kind or kinds.of(page.left, asked=asked or surely) or (kinds.for_anything() if surely else None)
    visited = kind is not None and kind.whom
    contact, written = take_contacts(page, text, visited=visited)
    noted, written = _noted(page, written)
    titled = _labelled(page, _TITLE)
    when = read_when(page, written, base, kinds, lang)
    whom = _labelled(page, _WHOM)
    belongings = bring(page)
    homes = take_homes(page) if visited else []
    flats = take_flats(page) if visited else None
    eaters = expected(page) if kind is not None and kind.dishes else None
    count = headcount(page)
    if kind is not None and kind.places and not count.slots and not count.said:
        count = replace(count, slots=listed(page))
    slots, others = shared(count.slots, homes)
    if kind is None and any(slot.label in ("cold", "hot", "staple") for slot in count.slots):
        kind = kinds.with_dishes()
    place = whereabouts.place(page, kinds, kind)
    called, named, rest = title(page, kind, titled, lang)
    if not visited:
        rest, theirs = without_homes(rest)
        contact = " ".join(filter(None, (theirs, contact)))
    posting = Posting(
        kind=kind.name if kind else None, title=called, place=place, min=count.min, max=count.max, slots=slots,
        bring=belongings, whom=_joined(whom, named, *others, flats), rest=_and(rest, noted, lang) + over.strip(),
        groups=groups, contact=contact, expected=eaters,
    )  # fmt: skip
    return with_time(posting, when, kind)


def _anything(page: Page, kinds: Kinds) -> Kind | None:
    """The kind for anything else, if the posting begins with its name: what comes then is a title, come what may."""
    kind = kinds.for_anything()
    found = None if kind is None else page.take(re.compile(rf"^{STRUCK}*\s*(?:{kind.begins})(?=[\s:,]|$)[\s:,]*"))
    return kind if found is not None else None


_COMMAND = re.compile(regex("posts", "command"))
_GROUPS = re.compile(regex("posts", "groups"))
_NOTE = re.compile(regex("posts", "note"))
_TITLE = re.compile(regex("posts", "title"))
_WHOM = re.compile(regex("posts", "whom"))


def _groups(page: Page) -> tuple[str, ...]:
    found = page.take(_GROUPS)
    if not found:
        return ()
    names = page.said(*found.span("names"))
    return tuple(name.strip() for name in re.split(r"[、&]| and ", names) if name.strip())


def _labelled(page: Page, pattern: re.Pattern[str]) -> str | None:
    found = page.take(pattern)
    return (page.said(*found.span("value")) or None) if found else None


def _noted(page: Page, written: str) -> tuple[str | None, str]:
    """What was written as a note, and the text without it: a time in it is no time of the activity."""
    found = page.take(_NOTE)
    if found is None:
        return None, written
    return page.said(*found.span("value")), page.blank(written, *found.span())


def _and(rest: str, noted: str | None, lang: str) -> str:
    """What else is said, and what was written as a note, which is kept as it stands."""
    return ("，" if lang == "zh" else ", ").join(filter(None, (rest, noted)))


def _joined(*whom: str | None) -> str | None:
    joined = ""
    for words in dict.fromkeys(filter(None, whom)):
        twice = next((n for n in range(min(len(joined), len(words)), 2, -1) if joined.endswith(words[:n])), 0)
        joined = f"{joined}{words[twice:]}" if twice else f"{joined} {words}".strip()
    return joined or None
