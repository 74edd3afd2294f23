"""Lists of people as they are said: one that is kept, told or changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.reading.parts import Clause, Written, clause, looks_like_a_name, plain
from core.said.audiences import key

Act = Literal["keep", "show", "add", "take", "delete", "all"]
LONGEST, MOST = 4_000, 300
"""Letters of what is read, and people on a list."""


@dataclass(frozen=True, slots=True)
class OfList:
    """What words ask of a list of people: its name, and who, as written."""

    act: Act
    name: str = ""
    names: tuple[str, ...] = ()


_of = Written(__file__).regex
_END = _of("end")
_SUFFIX = re.compile(rf"(?:.*?)(?:{_of('suffix')})", re.DOTALL)
_NOT_CALLED = re.compile(_of("not_called"))
_NO_NAME = re.compile(_of("no_name"))
_LED = re.compile(_of("led"))
_KEEP = re.compile(_of("keep"), re.DOTALL)
_ALL = re.compile(rf"(?:{_of('all')}){_END}")
_ASKED: tuple[tuple[Act, str], ...] = (
    ("delete", "delete"), ("add", "add"), ("take", "take"), ("show", "show_en"), ("show", "show"),
)  # fmt: skip
_ACTS = [(act, re.compile(rf"(?:{_of(pattern)}){_END}")) for act, pattern in _ASKED]
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
