"""A dish of one's own that becomes more, less, another or none: 红烧肉改成25份, 不做了，改做酱鸭. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.features.potluck import amounts
from core.features.potluck.amounts import LONGEST, pattern
from core.features.potluck.one_dish import Dish, cut, may_be, one_dish
from core.reading.parts import Clause, clause, number


@dataclass(frozen=True, slots=True)
class Change:
    """Of one's own dish `old` ('' where it was not named): so many portions, so many more (`by`), another dish, or
    nothing of it. `slip`: another name for the same dish, which was only miswritten; there is as much of it as before.
    """

    old: str = ""
    portions: int | None = None
    new: Dish | None = None
    by: int = 0
    slip: bool = False


def more(words: str) -> Change | None:
    """再加5份, 少做10份, make me 5 more."""
    found = pattern("by_so_much").fullmatch(words.strip(" .!?。~"))
    if found is None:
        return None
    old, n = _own(found["old"]), number(first_of(found, "n", "n_en", "n_en2"))
    sign = 1 if first_of(found, "more", "more_en", "more_en2") else -1
    return Change(old, by=sign * n) if n and (not old or may_be(old, amount=False)) else None


def corrected(whole: Clause, brought: Callable[[Clause], tuple[Dish, ...]]) -> Change | None:
    """写错了，是红烧鱼; typo, I meant 12 portions: of the dish that was said before."""
    whole = whole.strip(" .!?。~")
    found = pattern("corrected").fullmatch(whole.text)
    if found is None:
        return None
    piece = whole.cut(*found.span("new" if found["new"] else "new_en")).strip()
    if much := amount(piece.said):
        return much
    new = brought(piece) or tuple(dish for dish in (one_dish(piece),) if dish)
    return Change("", None, new[0], slip=True) if len(new) == 1 else None


def how_many(words: str) -> Change | None:
    """红烧肉改成15份: how much of it there is now."""
    if found := pattern("how_many").fullmatch(words):
        old = _own(first_of(found, "en", "en2", "en3", "en4", "old"))
        if not _may_be_own(old):
            return None
        portions, measure = number(found["n"]), found["measure"] or ""
        if measure and not pattern("portion_words").fullmatch(measure):
            return Change(old, None, Dish("", None, f"{portions or found['n']}{measure}", sure=True))
        return Change(old, portions) if portions else None
    return None


def change(whole: Clause, brought: Callable[[Clause], tuple[Dish, ...]]) -> Change | None:
    """What words change of one's own dish; `brought` says which dishes other words bring."""
    whole = whole.strip(" .!?。~")
    if changed := how_many(whole.text):
        return changed
    if found := pattern("another").fullmatch(whole.text):
        group = next(g for g in ("new", "new2", "new3", "new4", "new5", "new6", "new7", "new8") if found[g])
        piece = whole.cut(*found.span(group)).strip()
        old = _own(first_of(found, "old", "old2", "old3", "old4", "old5", "old6", "old7"))
        new = brought(piece) or tuple(dish for dish in (one_dish(piece),) if dish)
        if len(new) == 1 and _may_be_own(old):
            return Change(old, None, new[0])
    if found := pattern("withdrawn").fullmatch(whole.text):
        old = _own(first_of(found, "old", "old2", "old3", "old4", "old5"))
        if _may_be_own(old):
            return Change(old)
    return None


def given_up(whole: Clause) -> Change | None:
    """红烧肉我不做了血压高，换个清炒虾仁; 老伴住院了，我不烧了: with why, and perhaps what instead."""
    pieces, taken, new, much = cut(whole, "stop"), None, None, None
    for piece in pieces:
        if taken is None and much is None and (much := more(piece.text) or how_many(piece.text)):
            continue
        if taken is None and (found := pattern("withdrawn_for").fullmatch(piece.text)):
            taken = found
        elif taken is not None and (found := pattern("instead").fullmatch(piece.text)):
            dish = one_dish(piece.cut(*found.span(next(g for g in ("new", "new2", "new3") if found[g]))))
            new = new or dish
        elif pattern("against").search(piece.text) or ((dish := one_dish(piece)) is not None and dish.sure):
            return None  # what only might be a dish is a short reason
    if taken is None or much is not None:
        return much if taken is None else None
    old = _own(first_of(taken, "old", "old_en", "old_en2", "old_en3"))
    return Change(old, None, new) if not old or may_be(old, amount=False) else None


def first_of(found: re.Match[str], *groups: str) -> str:
    return next((found[group] for group in groups if found[group]), "")


def _may_be_own(old: str) -> bool:
    """Whether one's own dish may be called so for short, 肉 or 那个汤, or is not named at all."""
    return len(old) < 2 or may_be(old, amount=False)


def _own(words: str) -> str:
    """The name of a dish, without who speaks of it, and without how much: 我的红烧肉, the lasagne, 那锅红烧肉."""
    own = re.sub(r"^(?:我(?:们家|家)?的?|那[一-鿿]?|这[个道]|把|the |my |our )+", "", words.strip(" ,，"))
    own = re.sub(r"(?:就|也|还是)$", "", own).strip(" ,，")
    if own in ("菜", "道菜", "dish", "food"):
        return ""
    much = amounts.behind(own, 0, len(own)) if own else None
    return own[: much[1]].strip() if much is not None and much[0].says else own


def stays(words: str, dish: str) -> bool:
    """不改了, 还是酱鸭吧, never mind: where it was asked what `dish` shall be, it is as it was."""
    found = pattern("stays").fullmatch(clause(words[:LONGEST]).strip(" .!。~").text)
    return found is not None and first_of(found, "dish", "dish_en") in ("", dish.lower())


def amount(words: str) -> Change | None:
    """25份, 两大锅, or a bare 25, where it was asked what a dish shall be."""
    much = amounts.whole(clause(words[:LONGEST]).strip().text.rstrip(" .!。吧"))
    if much is None or not much.says:
        return None
    return Change("", much.portions) if much.portions else Change("", None, Dish("", None, much.measure, sure=True))
