"""What is said of partner units: pure, words and names of units in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.kind import squeeze
from core.reading.parts import Clause, Written, clause, number

LONGEST = 120
_SAID = Written(__file__)
pattern, regex = _SAID.pattern, _SAID.regex

Act = Literal["keep", "whose", "all", "end", "hold", "set", "change", "more", "fewer", "here"]


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What words ask of a unit: `name` as one of those known, else as written; `who` its contact is to be.

    `n` heads; -1 for all of them. `about`: words before and behind that say which activity, its `number` apart.
    `whole`: the unit was called by its whole name. `among`: it was called by a short name that fits all of these.
    """

    act: Act
    name: str = ""
    who: str = ""
    n: int = 0
    number: int | None = None
    about: tuple[str, ...] = ()
    whole: bool = True
    among: tuple[str, ...] = ()


def read(words: str, known: Sequence[str], own: Sequence[str] = (), *, asked: bool = False) -> OfUnit | None:
    """What these words, all of them, ask of a unit. `own`: of which units the speaker is the contact, which may be
    called by the end of their name, or our unit; or by nothing (改成9人), where it is the only one and the words answer
    what was said of it (`asked`). None where they speak of none.
    """
    if len(words) > LONGEST:
        return None
    piece = clause(words).strip().strip(" .!。~@,，")
    if not piece.text:
        return None
    if asked and len(own) == 1 and (bare := _counted(piece.text)) and bare[0] in BARE and bare[1] > 0 and not bare[2]:
        return OfUnit(bare[0], own[0], n=bare[1], whole=False)
    return _heads(piece, known, own) or _hold(piece, known) or _kept(piece, known)


# ------------------------------------------------------------ a unit


def _kept(piece: Clause, known: Sequence[str]) -> OfUnit | None:
    if pattern("all").fullmatch(piece.text):
        return OfUnit("all")
    if found := pattern("ended").fullmatch(piece.text):
        group = "name" if found["name"] else "en"
        said = piece.cut(*found.span(group)).said.strip()
        return OfUnit("end", as_known(said, known), among=fitting(said, known))
    for form in ("kept", "kept_back", "kept_en", "new_contact"):
        found = pattern(form).fullmatch(piece.text)
        if found is None:
            continue
        said = piece.cut(*found.span("name")).said.strip(" 《》“”\"'")
        name, among = as_known(said, known), fitting(said, known) if form == "new_contact" else ()
        if form == "new_contact" and not among and name not in known:
            continue
        return OfUnit("keep", name, among=among, who=piece.cut(*found.span("who")).said.strip(" 。.!！"))
    if found := pattern("no_contact").fullmatch(piece.text):
        group = "name" if found["name"] else "en"
        return OfUnit("whose", as_known(piece.cut(*found.span(group)).said.strip(), known))
    return None


def as_known(name: str, known: Sequence[str]) -> str:
    """The name of a unit that is known by it, or of the only one of which it is a short name, else as it was said."""
    whole = next((each for each in known if squeeze(each) == squeeze(name)), "")
    short = [each for each in known if shortens(name, each)] if not whole else []
    return whole or (short[0] if len(short) == 1 else name)


def fitting(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """The units of which this may be the short name, where it fits more than one and is the name of none."""
    short = tuple(each for each in known if shortens(name, each))
    return short if len(short) > 1 and as_known(name, known) not in known else ()


LEADS = re.compile("^(?:上海市?|[^市区街]{2}[市区]|市|区|街道|第)")
"""What a name may begin with and a short one leaves out: 第二中学 is 二中."""


def shortens(short: str, name: str) -> bool:
    """Whether neighbours may say this for short: 建行 for 建设银行, whose letters stand there in order."""
    short, name = squeeze(short), squeeze(name)
    if not 2 <= len(short) < len(name) or short.isascii():
        return False
    letters = iter(name if short[0] == name[0] else LEADS.sub("", name))
    first = next(letters, "")
    return short[0] == first and all(letter in letters for letter in short[1:])


def _hold(piece: Clause, known: Sequence[str]) -> OfUnit | None:
    found = _ended(pattern("held"), piece.text)
    if found is None:
        return None
    group = "name" if found["name"] else "en"
    said = piece.cut(*found.span(group)).said.strip()
    name, among = as_known(said, known), fitting(said, known)
    n = number(found["n"] or found["n2"])
    return OfUnit("hold", name, n=n, among=among) if (name in known or among) and n else None


# ------------------------------------------------------------ its heads

BARE = ("here", "change", "more", "fewer")
FORMS: tuple[Act, ...] = ("here", "change", "more", "fewer", "set")


def _heads(piece: Clause, known: Sequence[str], own: Sequence[str]) -> OfUnit | None:
    """区图书馆来12人: the name of a unit, and behind it nothing but how many."""
    for start, end, names, whole in _named(piece.text, known, own):
        before = piece.text[:start].strip(" ,，:")
        found = _counted(piece.text[end:])
        if found is None:
            continue
        act, n, after = found
        told = (_about(before), _about(after))
        numbers = [each for each, _ in told if each is not None]
        about = tuple(words for _, words in told if words)
        among = names if len(names) > 1 else ()
        nth = numbers[0] if numbers else None
        return OfUnit(act, names[0], n=n, number=nth, about=about, whole=whole, among=among)
    return None


def _named(text: str, known: Sequence[str], own: Sequence[str]) -> list[tuple[int, int, tuple[str, ...], bool]]:
    """Where a unit is called by its name, near the beginning; by the end of it only who is its contact calls it so.

    Several, where what stands there fits all of them.
    """
    found: list[tuple[int, int, str, bool]] = []
    for name in sorted(known, key=len, reverse=True):
        spelt = r"\s*".join(map(re.escape, "".join(clause(name).text.split())))
        found += [(m.start(), m.end(), name, True) for m in re.finditer(spelt, text[:60])]
    for name in own:
        bare = clause(name).text
        parts = [" ".join(bare.split()[at:]) for at in range(1, len(bare.split()))] if bare.isascii() else []
        parts = parts or [bare[at:] for at in range(1, len(bare) - 1)]
        for part in parts:
            found += [(m.start(), m.end(), name, False) for m in re.finditer(re.escape(part), text[:60])]
    found += _short(text, own)
    if len(own) == 1:
        found += [(m.start(), m.end(), own[0], False) for m in pattern("ours").finditer(text)]
    called: dict[tuple[int, int, bool], list[str]] = {}
    for start, end, name, whole in found:
        if start <= 16:
            called.setdefault((start, end, whole), []).append(name)
    return [(start, end, tuple(dict.fromkeys(names)), whole) for (start, end, whole), names in called.items()]


def _short(text: str, own: Sequence[str]) -> list[tuple[int, int, str, bool]]:
    """Where a contact calls their unit by a short name, behind a greeting."""
    led = pattern("before").match(text)
    start = len(text) - len(text[led.end() if led else 0 :].lstrip(" ,，:"))
    ends = range(min(start + 4, len(text)), start + 1, -1)
    return [(start, end, name, False) for end in ends for name in own if shortens(text[start:end], name)]


def _counted(text: str) -> tuple[Act, int, str] | None:
    """What is asked, of how many, and what stands behind."""
    if _ended(pattern("none"), text):
        return "change", 0, ""
    if _ended(pattern("all_here"), text):
        return "here", -1, ""
    for act in FORMS:
        found = pattern("come" if act == "set" else act).match(text)
        if found is None:
            continue
        n = number(next(value for name, value in found.groupdict().items() if value is not None and name != "number"))
        rest = re.sub(regex("end"), "", text[found.end() :], count=1).strip(" ,，.!。")
        if n is not None and (not rest or len(rest) <= 12):
            if act == "set" and not _says_people(text[: found.end()]):
                continue
            return act, n, rest
    return None


def _says_people(text: str) -> bool:
    """Whether a number is one of people: 区图书馆 12 may be anything."""
    return re.search(r"[^\d\s:,，]", text) is not None


def _about(words: str) -> tuple[int | None, str]:
    """An activity's number, or words that may be its name or its day: `talk` knows."""
    words = pattern("before").sub("", words.strip(" ,，:@"), count=1).strip(" ,，:")
    if not words:
        return None, ""
    if found := pattern("numbered").fullmatch(words):
        return int(found["number"]), ""
    return None, pattern("takes_part").sub("", words).strip()


def _ended(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    """A match of all the words but what may end any sentence."""
    return re.fullmatch(f"(?:{form.pattern}){regex('end')}", text)
