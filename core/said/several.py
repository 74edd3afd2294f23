"""Several activities in one sentence: 大扫除和巡逻我都来, 两个都不来了, count me in for both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from core.reading.parts import DAY, DAY_EN, Clause, Kinds, Written, clause, number, plain

_WORDS = Written(__file__)
LONGEST = 90
"""Letters. Whoever says more says something else as well."""
_NAMED = re.compile(r"\(\?P<\w+>")
_DAY, _DAY_EN = (_NAMED.sub("(?:", day.pattern) for day in (DAY, DAY_EN))
_NUMBER = _WORDS.regex("number")
_EVERY, _ALL = _WORDS.pattern("every"), _WORDS.regex("all")
Act = Literal["join", "leave", ""]


@dataclass(frozen=True, slots=True)
class Several:
    """`names` as each was called, none where all are meant: `many` of them, 0 where that was not said.

    `act` is what is said of them; where it is '' one of the sentences `as_one`, said as of one, may say it.
    `plainly`: it can be meant for the bot also where people talk with one another. `every`: all that the one name fits,
    周六的我都来; `but`: all but these.
    """

    names: tuple[str, ...] = ()
    many: int = 0
    act: Act = ""
    as_one: tuple[str, ...] = ()
    plainly: bool = True
    every: bool = False
    but: tuple[str, ...] = ()


def several(words: str, titles: Iterable[str], kinds: Kinds) -> Several | None:
    """What words say of more than one activity, called by kind, title (one of `titles`), number or place in the row."""
    if len(words) > LONGEST or "\n" in words:
        return None
    piece = clause(words).strip(" \t,.!~;:。、")
    text = piece.text
    if _WORDS.pattern("asks").search(text):
        return None
    known = tuple(sorted(plain(title).text for title in titles))
    if but := _all_but(known, kinds).search(text):
        said = _read(piece, but.span(), ())
        return replace(said, but=_names(but["but"] or but["en"], known, kinds))
    if (called := _list(known, kinds).search(text)) is not None:
        return _read(piece, called.span(), _names(called[0], known, kinds))
    if one := _all_of(known, kinds).search(text):
        return replace(_read(piece, one.span("one"), (one["one"],)), every=True)
    if every := _EVERY.search(text):
        if _WORDS.pattern("people").search(text[: every.start()]):
            return None
        counted = every["n"] or every["many"] or ((every["two"] or every["no"]) and "two") or ""
        many = number(counted) or 0
        return _read(piece, every.span(), (), many, negative=bool(every["no"]))
    bare = re.match(rf"(?:那|就|我|阿拉)*\s*(?P<all>{_ALL})(?=.)", text)
    return _read(piece, bare.span("all"), ()) if bare else None


def one_by_one(words: str, titles: Iterable[str], kinds: Kinds) -> list[Several]:
    """大扫除我来，巡逻就不去了: a clause for each, of which every one says by itself what it says of one of them."""
    if len(words) > LONGEST or "\n" in words or len(clauses := _CLAUSES.split(plain(words).text.strip(" ,.!~;。"))) < 2:
        return []
    one = _item_of(tuple(sorted(plain(title).text for title in titles)), kinds)
    found = []
    for each in clauses:
        called = one.search(each)
        said = _yes_or_no(_read(clause(each), called.span(), (called[0],))) if called else None
        if said is None or not (said.act and said.plainly):
            return []
        found.append(said)
    return found


def _yes_or_no(said: Several) -> Several:
    """巡逻行，大扫除不行: so short only beside another."""
    rest = plain(said.as_one[0]).text.strip(" ,.!。") if said.as_one else ""
    yes = _WORDS.pattern("yes").fullmatch(rest) or _WORDS.pattern("stays").fullmatch(rest)
    no = _WORDS.pattern("no").fullmatch(rest)
    return replace(said, act="join" if yes else "leave", plainly=True) if yes or no else said


_CLAUSES = re.compile(r"[\s,]*[,;。][\s,]*(?:and |but |但是?|那|不过)?| (?=[^\x00-\x7f])")


@lru_cache(256)
def _item_of(titles: tuple[str, ...], kinds: Kinds) -> re.Pattern[str]:
    return re.compile(_item(titles, kinds))


@lru_cache(256)
def _list(titles: tuple[str, ...], kinds: Kinds) -> re.Pattern[str]:
    """Two or more of what may be called, one behind the other; names, and numbers before 都, need nothing between
    them: 巡逻大扫除我都来, 1 3 都报上.
    """
    item, name, and_ = _item(titles, kinds), _named_one(titles, kinds), _WORDS.regex("and")
    side_by_side = rf"{name}(?:(?:{and_}|\s*){name})+|{_NUMBER}(?:\s+{_NUMBER})+(?=\D*[都全])"
    return re.compile(rf"{item}(?:{and_}{item})+|{side_by_side}")


def _names(listed: str, titles: tuple[str, ...], kinds: Kinds) -> tuple[str, ...]:
    found = (each[0] for each in _item_of(titles, kinds).finditer(listed))
    return tuple(part for each in found for part in map(str.strip, re.split(_WORDS.regex("and"), each)) if part)


@lru_cache(256)
def _all_but(titles: tuple[str, ...], kinds: Kinds) -> re.Pattern[str]:
    """除了巡逻别的, everything but the patrol."""
    item = _item(titles, kinds)
    listed = rf"{item}(?:{_WORDS.regex('and')}{item})*"
    return re.compile(_WORDS.regex("all_but", LISTED=listed))


@lru_cache(256)
def _all_of(titles: tuple[str, ...], kinds: Kinds) -> re.Pattern[str]:
    """上午的我都来: all that one name fits."""
    item = _item(titles, kinds)
    return re.compile(_WORDS.regex("all_of", ITEM=item, ALL=_ALL))


def _named_one(titles: Iterable[str], kinds: Kinds) -> str:
    """One that is called by its kind or title, with the day before it."""
    called = {entry for _, role, entry in kinds.roles if role == "g"} | {title for title in titles if len(title) > 1}
    spelt = [re.sub(r"(?:\\[- ]|-)", r"[\\s-]?", re.escape(entry)) for entry in sorted(called, key=len, reverse=True)]
    latin = rf"(?:\b(?:the )?(?:{'|'.join(name for name in spelt if name.isascii())})\b)"
    others = "|".join(name for name in spelt if not name.isascii())
    return _between(f"(?>{others}|{latin})")


def _item(titles: Iterable[str], kinds: Kinds) -> str:
    """One, called in any way: by its name, its place in the row, its number, its day."""
    return f"(?:{_named_one(titles, kinds)}|{_between('|'.join((_WORDS.regex('nth'), _NUMBER, _DAY, _DAY_EN)))})"


def _between(one: str) -> str:
    before, behind = (_WORDS.regex(side, day=_DAY, day_en=_DAY_EN) for side in ("before", "behind"))
    return rf"(?:{before}(?:{one}){behind})"


def _read(
    piece: Clause, at: tuple[int, int], names: tuple[str, ...], many: int = 0, *, negative: bool = False
) -> Several:
    """The same sentence as of one: without what stands there, and without 两个 and 都 behind it."""
    head = _BOTH.sub("", piece.cut(0, at[0]).said).strip()
    tail = _without_all(piece.cut(at[1], len(piece.text)).said).strip(" .!。")
    bare = re.sub(r"\s*\b(?:for|to|at|on|in)$", "", head, flags=re.IGNORECASE)
    chinese = not (head + tail).isascii()
    glue = "" if chinese else " "
    ways = ((head, tail),) if chinese else ((bare, tail), (head, "it", tail))
    as_one = tuple(dict.fromkeys(glue.join(filter(None, parts)) for parts in ways))
    for said in as_one:
        whole = plain(said).text.strip(" ,.!。")
        first, _, reason = whole.partition(",")
        if reason and _WORDS.pattern("leave").fullmatch(first.strip()) and not _WORDS.pattern("turns").search(reason):
            whole = first.strip()  # 两个都取消，膝盖疼
        if _WORDS.pattern("leave").fullmatch(whole):
            return Several(names, many, "leave", as_one, plainly=bool(names or many))
        if not negative and _WORDS.pattern("join").fullmatch(whole):
            return Several(names, many, "join", as_one)
        if not negative and _WORDS.pattern("join_here").fullmatch(whole):
            return Several(names, many, "join", as_one, plainly=False)
    return Several(names, many, "", as_one, plainly=bool(names or many))


_BOTH = re.compile(r"(?:\bboth(?: of)?|\ball(?: of)?|把)\s*$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"^[\s,，]*(?:的)?(?:{_NAMED.sub('(?:', _EVERY.pattern)}|both\b|all (?:two|three|four)\b)[\s,，]*", re.IGNORECASE
)
_ALL_BEHIND = re.compile(rf"^((?:我|阿拉|I\b|i\b)?)[\s,，]*{_ALL}(?=.)")


def _without_all(tail: str) -> str:
    """What is said behind them, without 两个 and 都."""
    return _ALL_BEHIND.sub(r"\1", _COUNTED.sub("", tail), count=1)
