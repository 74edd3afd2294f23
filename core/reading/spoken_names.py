"""Names as they stand in a sentence: 陈建国, 王阿姨, 老李, Auntie Zhang."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.reading import surnames
from core.reading.clauses import Clause
from core.reading.open_words import Candidate
from core.reading.vocabulary import regex

_TITLES = "|".join(sorted(surnames.TITLES, key=len, reverse=True))
_COMPOUND = "|".join(sorted(surnames.COMPOUND))
_FULL_TITLES = "|".join(title for title in surnames.TITLES if len(title) > 1)
TITLED = re.compile(
    rf"(?:{_COMPOUND}|[{''.join(sorted(surnames.COMMON))}])(?:{surnames.GIVEN}{{0,2}}?)(?:{_TITLES})|"
    rf"{surnames.GIVEN}{{2}}(?:{_FULL_TITLES})"
)
YOUNG_OLD = re.compile(regex("spoken_names", "young_old", _GIVEN=surnames.GIVEN))
NICKNAME = re.compile(regex("spoken_names", "nickname", _GIVEN=surnames.GIVEN))
"""阿三, 老三: what somebody is called at home, with no surname in it."""
LATIN = re.compile(r"[A-Z][\w.-]*(?: [A-Z][\w-]*){0,2}(?:['’]s(?= (?:place|shift|slot|turn|spot|patrol|duty)))?")
ADDRESSED = re.compile(
    rf"(?:(?i:{'|'.join(surnames.ADDRESSES)}))\.? (?:[A-Z][\w-]*(?: [A-Z][\w-]*)?|"
    rf"(?!(?:{'|'.join(surnames.NOT_SURNAMES)})\b)[a-z]+)(?:['’]s)?"
)


GRANDCHILDREN = ("孙子", "孙女", "孙囡")
"""Who are nobody by the name of 孙."""
MENTION = re.compile(
    r"@(?!(?:all|everyone|everybody|here|channel|room|group)\b)(?:[a-z0-9._=/+-]+:[a-z0-9.-]*[a-z0-9](?::\d+)?|[a-z][a-z0-9_]{1,31})(?![a-z0-9_@])"
)
"""Somebody by their name on a network: @li_ayi, @li:example.org."""


def names(piece: Clause, at: int) -> Iterator[Candidate]:
    text = piece.text
    if text[at : at + 1] == "@":
        if found := MENTION.match(text, at):
            yield found.end(), "p", None
        elif text[at + 1 : at + 2] != "@":
            yield from names(piece, at + 1)
        return
    if (found := TITLED.match(text, at)) and not text.startswith(GRANDCHILDREN, at):
        yield found.end(), "p", None
    if (found := YOUNG_OLD.match(text, at)) and text[at + 1] in surnames.SURNAMES:
        pair = text[at : at + 2]
        if pair not in surnames.NOT_NICKNAMES:
            if pair[0] == "老" and text.startswith("头", at + 2):
                yield at + 3, "p", None  # 老孙头
            yield at + 2, "p", None
    elif (found := NICKNAME.match(text, at)) and found[0] not in surnames.NOT_NICKNAMES:
        yield at + 2, "p", None
    for end in _full_names(text, at):
        yield end, "p", None
    if (found := ADDRESSED.match(piece.said, at)) and not (at and piece.said[at - 1].isalpha()):
        yield found.end(), "p", None
    if (found := LATIN.match(piece.said, at)) and not (at and piece.said[at - 1].isalpha()):
        end = found.end()
        while end > at:
            words = piece.text[at:end].split(" ")
            if not any(word in surnames.NOT_LATIN for word in words):
                yield end, "p", None
            shorter = piece.said.rfind(" ", at, end)
            if shorter <= at:
                break
            end = shorter


def _full_names(text: str, at: int) -> Iterator[int]:
    """Where a full Chinese name that begins at `at` may end: 陈建国, 欧阳明, 李敏."""
    surname = 2 if text[at : at + 2] in surnames.COMPOUND else 1
    if surname == 1 and text[at : at + 1] not in surnames.COMMON:
        return
    for given in (2, 1):
        end = at + surname + given
        name = text[at:end]
        if len(name) < surname + given or not all(_han(c) for c in name):
            continue
        if (
            any(c in surnames.NOT_IN_NAMES for c in name[surname:])
            or name[:2] in surnames.WORDS
            or name in surnames.WORDS
        ):
            continue
        yield end


def subject(piece: Clause) -> str | None:
    """The name with which a clause begins, as written: 王阿姨 in 王阿姨住院了."""
    for end, role, _ in names(piece, 0):
        if role == "p":
            return piece.said[:end]
    return None


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
