"""Lists of people as they are said: one that is kept, told or changed; and for which of them an activity is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.reading.clauses import Clause, clause
from core.reading.names import looks_like_a_name
from core.reading.text import plain
from core.reading.vocabulary import regex

Act = Literal["keep", "show", "add", "take", "delete", "all"]
LONGEST, MOST = 4_000, 300
"""Letters of what is read, and people on a list."""


@dataclass(frozen=True, slots=True)
class OfList:
    """What words ask of a list of people: its name, and who, as written."""

    act: Act
    name: str = ""
    names: tuple[str, ...] = ()


_END = regex("lists", "end")
_SUFFIX = re.compile(rf"(?:.*?)(?:{regex('lists', 'suffix')})", re.DOTALL)
_NOT_CALLED = re.compile(regex("lists", "not_called"))
_NO_NAME = re.compile(regex("lists", "no_name"))
_LED = re.compile(regex("lists", "led"))
_KEEP = re.compile(regex("lists", "keep"), re.DOTALL)
_ALL = re.compile(rf"(?:{regex('lists', 'all')}){_END}")
_ASKED: tuple[tuple[Act, str], ...] = (
    ("delete", "delete"), ("add", "add"), ("take", "take"), ("show", "show_en"), ("show", "show"),
)  # fmt: skip
_ACTS = [(act, re.compile(rf"(?:{regex('lists', pattern)}){_END}")) for act, pattern in _ASKED]
_GAPS = re.compile(
    r"[、,，;；\u3000\n\t|/]+|\s+and\s+|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]) +"
)
_COUNTED = re.compile(r"^\s*(?:\d{1,3}[.、)）:：]\s*|[-*•·]\s*)")


def read_list(words: str, known: Sequence[str], people: Sequence[str] = ()) -> OfList | None:
    """What these words, all of them, ask of a list. `known`: what lists are called; `people`: what members are called,
    for a name that looks like none. None where they speak of no list.
    """
    if len(words) > LONGEST:
        return None
    piece = clause(words).strip()
    if _ALL.fullmatch(piece.text):
        return OfList("all")
    return _kept(piece, known, people) or _of_known(piece, known)


def _kept(piece: Clause, known: Sequence[str], people: Sequence[str]) -> OfList | None:
    led = _LED.match(piece.text)
    rest = piece.cut(led.end()) if led else piece
    found = _KEEP.fullmatch(rest.text)
    if found is None:
        return None
    name = rest.cut(*found.span("name")).strip(" :")
    if not name.text or not called(name, known, surely=led is not None):
        return None
    names = names_in(rest.cut(*found.span("names")).said)
    if not names or len(names) > MOST or not are_names(names, people):
        return None
    return OfList("keep", given(name, known), names)


def called(name: Clause, known: Sequence[str], *, surely: bool) -> bool:
    """Whether a list may be called so: one is, or it ends as names of lists do and begins with no word for others."""
    if key(name.text) in map(key, known):
        return True
    if _NOT_CALLED.match(name.text) or re.search(r"[?!。\n]", name.text) or len(name.text) > 24:
        return False
    return surely or _SUFFIX.fullmatch(name.text) is not None


def names_in(said: str) -> tuple[str, ...]:
    """Names in a row: by commas, lines or, in Chinese, spaces; numbers before them are no part of them."""
    out = []
    for part in _GAPS.split(said):
        name = _COUNTED.sub("", part).strip(" .。!！:：·")
        if name:
            out.append(name)
    return tuple(dict.fromkeys(out))


def are_names(names: Sequence[str], people: Sequence[str]) -> bool:
    """Whether these are people: half of them look like names or are known, and nothing says that they are not."""
    there = {key(each) for each in people}
    sure = [name for name in names if key(name) in there or looks_like_a_name(name)]
    others = [name for name in names if name not in sure]
    short = all(len(name) <= (6 if re.search(r"[\u4e00-\u9fff]", name) else 24) for name in others)
    return 2 * len(sure) >= len(names) and short and not any(_NO_NAME.search(plain(name).text) for name in others)


def _of_known(piece: Clause, known: Sequence[str]) -> OfList | None:
    """What is asked of a list that is kept."""
    for act, pattern in _ACTS:
        found = pattern.fullmatch(piece.text)
        if found is None:
            continue
        groups = {group: piece.cut(*found.span(group)) for group, said in found.groupdict().items() if said}
        name = next((groups[g] for g in ("name", "name2", "ename", "into", "einto") if g in groups), None)
        who = next((groups[g] for g in ("names", "enames", "who", "ewho") if g in groups), None)
        if name is not None and (is_one := _given(name, known)):
            names = names_in(who.said) if who is not None else ()
            if act in ("add", "take") and not names:
                continue
            return OfList(act, is_one, names)
    return None


def _given(name: Clause, known: Sequence[str]) -> str:
    """The list that is called so; '' for none. The article and 名单 are no part of a name."""
    bare = re.sub(r"^(?:the |list )|(?:名单|的)$", "", name.text.strip())
    return next((each for each in known if key(each) in (key(bare), key(name.text))), "")


def given(name: Clause, known: Sequence[str]) -> str:
    """The name of the list that is meant: as it is kept, else as it is written now."""
    return _given(name, known) or name.said


def key(name: str) -> str:
    """A name as it is compared."""
    return (
        "".join(plain(name).text.split()).replace("第", "").translate(str.maketrans("一二三四五六七八九", "123456789"))
    )


# ------------------------------------------------------------ for whom an activity is


@dataclass(frozen=True, slots=True)
class For:
    """For whom an activity is: the lists named, or everybody; and whether nobody else may come."""

    lists: tuple[str, ...] = ()
    everybody: bool = False
    only: bool = False


@lru_cache(32)
def _audience(known: tuple[str, ...]) -> re.Pattern[str]:
    # a name ends where another word begins: 第一支部活动室 is a place
    ends = rf"(?:{regex('lists', 'before')}|(?![\u4e00-\u9fffa-z0-9](?<![的全都参来出党成人可能和跟及与])))"
    names = [f"{_spelt(each)}{ends}" for each in known]
    whole = regex("lists", "whole")
    some = "|".join([*sorted(names, key=len, reverse=True), whole])
    only = regex("lists", "only", NAMES=some)
    return re.compile(regex("lists", "audience", ONLY=only, INVITE=regex("lists", "invite"), NAMES=some))


def _spelt(name: str) -> str:
    """A name of a list, in any of the ways in which it may be written: 第一支部, 第1支部, 一支部."""
    out, at = "", key(name)
    for letter in at:
        figure = "123456789".find(letter)
        out += rf"\s?第?\s?[{letter}{'一二三四五六七八九'[figure]}]" if figure >= 0 else rf"\s?{re.escape(letter)}"
    begins = r"(?<![a-z0-9])" if at[:1].isascii() else ""
    return begins + out.removeprefix(r"\s?")


def take_audience(words: str, known: Sequence[str]) -> tuple[str, For | None]:
    """The words without what says for whom it is, and that; None where nothing does."""
    piece = clause(words)
    pattern = _audience(tuple(known))
    found = next((each for each in pattern.finditer(piece.text) if not _goes_on(piece.text, each)), None)
    if found is None:
        return words, None
    names = found["names"]
    lists = tuple(each for each in known if re.search(_spelt(each), names))
    whole = not lists and re.search(regex("lists", "whole"), names) is not None
    rest = piece.said[: found.start()].rstrip(" ,，、") + " " + piece.said[found.end() :].lstrip(" ,，、")
    return rest.strip(), For(lists, whole, bool(found["only"]) or found["after"] == "only")


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether the word goes on behind it: 第一支部党员活动室 is a place."""
    after = text[found.end() :]
    here = re.search(r"[\u4e00-\u9fff]$", found[0]) is not None and re.match(r"[\u4e00-\u9fff]", after) is not None
    return here and not re.match(regex("lists", "before"), after)
