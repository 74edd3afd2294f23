"""What neighbours say of dishes in answer to the board: pure, words in and values out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from core.features.potluck.dishes import course_named, course_of
from core.reading.clauses import clause
from core.reading.numerals import number

LONGEST = 160
MOST = 6
"""Dishes in one message. Whoever says more tells of something else."""


@dataclass(frozen=True, slots=True)
class Dish:
    """What somebody brings: its name as written, how many portions if that was said, whether it surely is a dish."""

    name: str
    portions: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Of one's own dish `old` ('' where it was not named): so many portions, another dish, or nothing of it."""

    old: str = ""
    portions: int | None = None
    new: Dish | None = None


@dataclass(frozen=True, slots=True)
class Eating:
    """So many come to eat; `outright`: and bring nothing, as was said."""

    heads: int
    outright: bool = False


Said = tuple[Dish, ...] | Change | Eating


def read(words: str) -> Said | None:
    """Dishes, a change of one, people who come to eat; None for anything else."""
    whole = clause(words[: LONGEST + 1]).strip()
    if not whole.text or len(words) > LONGEST:
        return None
    return _eating(whole.text) or _change(whole.text, whole.said) or _dishes(whole.text, whole.said)


# ------------------------------------------------------------ dishes


def _dishes(text: str, said: str) -> tuple[Dish, ...] | None:
    found: list[Dish] = []
    with_whom = ""
    if (shared := pattern("shared").match(text)) and not shared["rest"]:
        with_whom = (
            f"和{shared['whom']}合做"
            if shared["whom"]
            else ("" if shared["homes"] is None else _HOMES[shared["homes"]])
        )
        text, said = text[shared.end() :], said[shared.end() :]
    each = pattern("each").search(text)
    if each and len(_pieces(text[: each.start()])) > 1:  # 糟毛豆和葱油饼，各十份
        of_each, text = number(each["n"] or each["en"]), text[: each.start()]
    else:
        of_each = None
    start = 0
    for end, after in _pieces(text):
        piece, own, start = text[start:end].strip(), said[start:end].strip(), after
        if not piece or pattern("beside").fullmatch(piece):
            continue
        if (much := pattern("much").fullmatch(piece)) and found and found[-1].portions is None:
            found[-1] = replace(found[-1], portions=_many(much), sure=True)  # 八宝饭，大概15份
            continue
        dish = _dish(piece, own)
        if dish is None:
            return None
        found.append(dish)
    if of_each is not None:
        found = [dish if dish.portions else replace(dish, portions=of_each, sure=True) for dish in found]
    found = _without_courses(found)
    if not found or len(found) > MOST or not any(dish.sure for dish in found):
        return None
    return tuple(replace(dish, name=f"{dish.name}（{with_whom}）") if with_whom else dish for dish in found)


_HOMES = {"两": "两家合做", "2": "两家合做", "三": "三家合做", "3": "三家合做"}


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where each dish of several ends, and the next begins."""
    return [*((cut.start(), cut.end()) for cut in pattern("split").finditer(text)), (len(text), len(text))]


def _dish(piece: str, said: str) -> Dish | None:
    """One dish, with who brings it before it and how much of it is brought."""
    led = pattern("lead").match(piece)
    at = led.end() if led and led.end() < len(piece) else 0
    first = pattern("measured").match(piece, at)
    some = pattern("some").match(piece, at)
    at = first.end() if first else some.end() if some and some.end() < len(piece) else at
    front = _FRONT.match(piece, at)
    at = front.end() if front else at
    end = len(piece)
    trail = pattern("trail").search(piece, at)
    while trail and trail.end() < len(piece):
        trail = pattern("trail").search(piece, trail.start() + 1)
    promised = bool(trail and re.search("包|归我|我来|负责", trail[0]))
    end = trail.start() if trail else end
    portions, bare = number(front["n"]) if front else None, False
    for found in pattern("much").finditer(piece, at, end):
        if found.end() == end and found.start() > at:
            portions, end, bare = _many(found), found.start(), found["bare"] is not None
            break
    last = pattern("measured_last").search(piece, at, end)
    if first is None and last:
        first, end = last, last.start()
    name, own = piece[at:end].strip(" ,:x*"), said[at:end].strip(" ,，:：xX*")
    if not _may_be(name):
        return None
    if first:
        own = f"{own} {number(first['many'])}{first['measure']}" if not piece.isascii() else f"{first[0].strip()} {own}"
    known = bool(course_of(name) or course_named(name))
    sure = (portions is not None and not bare) or led is not None or known or first is not None or promised
    return Dish(own, portions, sure)


_FRONT = re.compile(r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:份|人份)\s?(?=\S)")


def _may_be(name: str) -> bool:
    if pattern("never").search(name):
        return False
    if name.isascii():
        return bool(re.fullmatch(r"[a-z][a-z' -]{1,40}", name)) and len(name.split()) <= 5
    return bool(re.fullmatch(r"[\u4e00-\u9fff·]{1,10}(?:[(（][^)）]{1,8}[)）])?", name)) and (
        len(name) > 1 or course_named(name) != ""
    )


def _without_courses(found: list[Dish]) -> list[Dish]:
    """汤我包了，番茄蛋汤30份 is one soup: the course only announces the dish."""
    named = [course_of(dish.name) for dish in found if not course_named(dish.name)]
    return [dish for dish in found if not course_named(dish.name) or course_named(dish.name) not in named]


def _many(found: re.Match[str]) -> int | None:
    words = next((found[group] for group in ("n", "for", "bare") if found[group]), "")
    return number(words) or _ENGLISH.get(words)


_ENGLISH = {"fifteen": 15, "twenty": 20}

# ------------------------------------------------------------ changes


def _change(text: str, said: str) -> Change | None:
    bare = text.rstrip(" .!?。~")
    if found := pattern("how_many").fullmatch(bare):
        old = found["en"] or found["en2"] or found["en3"] or found["old"] or ""
        changed = Change(_own(old), number(found["n"]))
        return changed if changed.portions and (not old.strip() or _may_be(_own(old))) else None
    if found := pattern("another").fullmatch(bare):
        group = next(g for g in ("new", "new2", "new3", "new4", "new5", "new6") if found[g])
        new = _dishes(found[group], said[slice(*found.span(group))])
        old = next((found[g] for g in ("old", "old2", "old3", "old4", "old5", "old6") if found[g]), "") or ""
        if new is None:
            only = _dish(found[group].strip(), said[slice(*found.span(group))].strip())
            new = (only,) if only else None
        named = _own(old)
        if new is None or len(new) != 1 or (named and not _may_be(named)):
            return None
        return Change(named, None, new[0])
    if found := pattern("withdrawn").fullmatch(bare):
        old = next((found[g] for g in ("old", "old2", "old3", "old4") if found[g]), "") or ""
        return Change(_own(old)) if not old.strip() or _may_be(_own(old)) else None
    return None


def _own(words: str) -> str:
    """The name of a dish, without who speaks of it: 我的红烧肉, the lasagne."""
    return re.sub(r"^(?:我(?:们家|家)?的?|那个?|the |my |our )", "", words.strip(" ,，")).strip()


def amount(words: str) -> Change | None:
    """25份, or a bare 25, where it was asked what a dish shall be."""
    found = pattern("much").fullmatch(clause(words[:LONGEST]).strip().text.rstrip(" .!。吧"))
    many = _many(found) if found else None
    return Change("", many) if many else None


# ------------------------------------------------------------ people


def _eating(text: str) -> Eating | None:
    heads, eats, nothing = 0, False, False
    pieces = [piece.strip() for piece in re.split(r"[,，;。.!?~\n]|\band\b", text) if piece.strip()]
    for piece in pieces:
        if pattern("no_dish").fullmatch(piece):
            nothing = True
        elif found := pattern("eats").fullmatch(piece):
            eats, heads = True, heads or _heads(found[0])
        elif found := pattern("heads_alone").fullmatch(piece):
            heads = heads or _heads(found[0])
        elif not pattern("beside").fullmatch(piece):
            return None
    return Eating(max(1, heads), nothing) if eats or nothing else None


def _heads(words: str) -> int:
    found = pattern("heads").search(words)
    if found is None:
        return 0
    if found["big"]:
        return (number(found["big"]) or 0) + (number(found["small"]) or 0)
    if found["two"] or found["both"]:
        return 2
    return next((number(found[g]) or 0 for g in ("n", "home", "en", "en2", "en3") if found[g]), 0)


# ------------------------------------------------------------ patterns


@cache
def _written() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "said.toml").read_text(encoding="utf-8"))
    return {name: written.replace("\n", "") for name, written in table.items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    if name == "measured_last":
        return re.compile(rf"\s?{pattern('measured').pattern}$")
    if name == "heads_alone":
        return re.compile(rf"(?:我们?家?|一共|来|过来|we'll be|there are)*\s?{pattern('heads').pattern}(?:来|吧)?")
    written = _written()[name]
    seen = False
    while "«" in written:
        inner = re.sub(r"\?P<\w+>", "?:", _written()["heads"]) if seen else _written()["heads"]
        seen = seen or "«heads»" in written
        written = (
            written.replace("«heads»", inner, 1)
            if "«heads»" in written
            else written.replace("«number»", _written()["number"])
        )
    return re.compile(written)
