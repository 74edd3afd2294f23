"""Whom to ring up: telephone numbers and contact lines of a posting, which are not for everybody to read."""

from __future__ import annotations

import re

from core.reading.openly import openly
from core.reading.page import Page
from core.reading.vocabulary import regex


def take_contacts(page: Page, text: str, *, visited: bool) -> tuple[str, str]:
    """What is said of whom to ring up, struck out; and `text`, which the page was made of, with spaces in its place.

    Where somebody is `visited`, a number may be theirs: then only a line that says it is the contact's counts as one.
    """
    said = []
    for pattern in (_PERSON,) if visited else (_LABELLED, _NUMBER):
        for found in page.each(pattern):
            said.append(page.said(*found.span()))
            text = page.blank(text, *found.span())
    for found in page.each(_REPLY):
        text = page.blank(text, *found.span())
    return "\n".join(each.strip(" ,，、:：") for each in said), text


def without_homes(rest: str) -> tuple[str, str]:
    """What a posting says besides, without what names somebody with their flat (找302张阿姨拿钥匙); and that."""
    parts = re.split(r"([,，;；。\n])", rest)
    homes = [part for part in parts[::2] if _FLAT.search(part) and "name" in openly(part).left_out]
    if not homes:
        return rest, ""
    kept = [part + mark for part, mark in zip(parts[::2], [*parts[1::2], ""], strict=True) if part not in homes]
    return "".join(kept).strip(" ,，;；\n"), "，".join(part.strip() for part in homes)


_PARTS = {name.upper(): regex("contacts", name) for name in ("number", "name", "who", "asks_en")}
_PERSON = re.compile(regex("contacts", "person", **_PARTS))
_LABELLED = re.compile(regex("contacts", "labelled", **_PARTS))
_NUMBER = re.compile(regex("contacts", "bare", **_PARTS))
_REPLY = re.compile(regex("contacts", "reply"))
_FLAT = re.compile(regex("contacts", "flat"))
