"""One line of a chain: who, how many, what, where, for whom."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from core.reading.chains.draft import Draft, name_of
from core.reading.chains.facts import Standing, fact_from
from core.reading.chains.naming import before_the_name, is_time, take_name
from core.reading.chains.pieces import ORNAMENTS, Piece, pieces
from core.reading.chains.private import telephone_at
from core.reading.chains.standing import PUT_OFF
from core.reading.chains.strikes import without_strikes
from core.reading.chains.values import Entry, Status
from core.reading.text import plain
from core.reading.vocabulary import any_word, regex

_STICKERS = any_word("chains.entry", "stickers")
_STICKER = re.compile(rf"\[{_STICKERS}\]")
"""How WeChat's own emoji arrive when a chain is copied: [玫瑰]."""
_NOBODY = re.compile(any_word("chains.entry", "nobody"))
_LABEL = re.compile(any_word("chains.entry", "label"))
_LEADING_PLUS = re.compile(r"\+\s*1\s+(?=\S)")
_GOODS_COUNT = re.compile(r"[x*×]\s*\d{1,2}|\d")


def read_entry(n: int, words: str, status: Status | None = None) -> Entry | None:
    """The entry with these words after its number; None when nobody stands there. `status` is what its section says."""
    entry = _entry(words)
    if entry is None:
        return None
    status = entry.status or status
    return replace(entry, n=n, status=status, count=0 if status == "cancelled" else entry.count)


_BETWEEN = re.compile(regex("chains.entry", "between"))


def one_by_one(entry: Entry) -> list[Entry]:
    """张三、李四 on one line are two entries with one number; Mr. & Mrs. Lin stay one."""
    names = [name for name in _BETWEEN.split(entry.name) if name.strip()]
    many = len(names)
    titles = any(_TITLE.fullmatch(name) for name in names)
    if many < 2 or titles or not (entry.count == many or entry.status == "cancelled"):
        return [entry]
    return [replace(entry, name=name.strip(), count=min(entry.count, 1)) for name in names]


_TITLE = re.compile(r"(?:mr|mrs|ms|miss|dr)\.?", re.IGNORECASE)


@lru_cache(maxsize=1024)  # a chain is judged by its entries before they are read, and comes back with one line more
def _entry(words: str) -> Entry | None:
    words, struck = without_strikes(_STICKER.sub(" ", words))
    draft = Draft(words, plain(words))
    _read(draft, pieces(draft.text.text))
    name = draft.name or draft.unit or draft.unnamed or draft.by or _ornament(words)
    if not name and draft.notes:
        name = name_of(draft.written(draft.notes[0].start, draft.notes.pop(0).end))
    if not name or _NOBODY.fullmatch(name.lower()) or is_time(name):
        return None
    status = "cancelled" if struck else draft.status
    unit, by = (None if said == name else said for said in (draft.unit, draft.by))
    return Entry(0, name, draft.heads.count(), draft.note(), unit, by or None, status)


def _read(draft: Draft, parts: list[Piece]) -> None:
    """Left to right: a fact where the words make one, else the name, else the note."""
    at = 0
    text = draft.text.text
    if plus := _LEADING_PLUS.match(text):  # "1. +1 张三": me too
        parts = [part for part in parts if part.start >= plus.end()]
    if named := ORNAMENTS.match(text):  # 🐱：红烧肉
        draft.name = draft.written(*named.span(1))
    while at < len(parts):
        if draft.name and (end := telephone_at(text, parts[at].start)):
            draft.notes.append(replace(parts[at], end=end))
            at = next((later for later in range(at, len(parts)) if parts[later].start >= end), len(parts))
            continue
        if _LABEL.fullmatch(draft.plain_of(parts[at])) and at + 1 < len(parts) and parts[at + 1].gap.strip() == ":":
            at += 1  # 姓名：张三 人数：2
            continue
        said, after = fact_from(text, parts, at)
        if said is not None and not _counts_goods(draft, parts[at]):
            draft.take(said, parts[at].start, parts[after - 1].end)
        elif draft.name and PUT_OFF.fullmatch(draft.plain_of(parts[at])):  # 改下周
            draft.take(Standing("cancelled"), parts[at].start, parts[at].end)
            draft.notes.append(parts[at])
        elif draft.name and text.startswith("取消", parts[at].start):  # 取消改周五
            draft.take(Standing("cancelled"), parts[at].start, parts[at].end)
            draft.notes.append(replace(parts[at], start=parts[at].start + 2))
        elif draft.name or before_the_name(draft, parts, at):
            draft.remark(parts[at])
        else:
            after = take_name(draft, parts, at)
        at = after


def _counts_goods(draft: Draft, part: Piece) -> bool:
    """Whether a number right behind a dish counts the dish: 红烧肉 x2."""
    if not draft.notes or not _GOODS_COUNT.fullmatch(draft.plain_of(part)):
        return False
    return draft.text.text[draft.notes[-1].end : part.start].isspace()


def _ornament(words: str) -> str:
    """What is left for a name when somebody is called 🌸🌸."""
    return words.strip() if not any(c.isalnum() for c in words) and any(ord(c) > 0x2600 for c in words) else ""
