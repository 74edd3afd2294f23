"""What visitors say on a round: 送到了 with what follows, 没碰上, 没事, 要跟进, 急; and 领了, of what they carry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Written, clause

_WORDS = Written(__file__)
SHORT = 40
"""Letters. Who tells more tells something else."""


@dataclass(frozen=True, slots=True)
class OfRound:
    """delivered, not_in, fine, follow_up or urgent; `rest`: what was said behind it."""

    act: str
    rest: str = ""
    who: str = ""  # whose door it was, as they said it: 孙奶奶, 3号楼, 502


_END = r"[\s.!?。！？~，,]*"
_BEGUN = {
    act: re.compile(rf"(?:{_WORDS.regex(act)})(?:{_END}$|[\s,，。;；:：!！]+(?P<rest>\S.*))", re.DOTALL)
    for act in ("delivered", "not_in")
}
_WHOLE = {act: re.compile(rf"(?:{_WORDS.regex(act)}){_END}") for act in ("fine", "follow_up", "urgent")}


def read_round(words: str) -> OfRound | None:
    """What these words say of a round; None where they say anything else."""
    piece = clause(words[:2_000]).strip()
    for act, pattern in _BEGUN.items():
        if found := pattern.fullmatch(piece.text):
            rest = piece.said[found.start("rest") :].strip() if found["rest"] else ""
            return OfRound(act, rest)
    if len(piece.text) > 20:
        return None
    return next((OfRound(act) for act, pattern in _WHOLE.items() if pattern.fullmatch(piece.text)), None)


_OPEN = re.compile(rf"(?:{_WORDS.regex('open_ones')}){_END}")


def asks_open(words: str) -> bool:
    """Whether these words ask where nobody has been yet on a round, or how far it is."""
    piece = clause(words[:200]).strip()
    return len(piece.text) <= SHORT and _OPEN.fullmatch(piece.text) is not None


_REST = rf"(?:{_END}$|[\s,，。;；:：!！]+(?P<rest>\S.*))"
_NAMED = {
    act: tuple(re.compile(each.replace("«REST»", _REST), re.DOTALL) for each in patterns)
    for act, patterns in {
        "delivered": (
            f"{_WORDS.regex('went')}{_WORDS.regex('door')}(?:{_WORDS.regex('delivered')})«REST»",
            f"(?:{_WORDS.regex('delivered_to')})«REST»",
        ),
        "not_in": (
            f"{_WORDS.regex('went')}{_WORDS.regex('door')}(?:{_WORDS.regex('not_in')}|{_WORDS.regex('nobody')})«REST»",
            f"(?:{_WORDS.regex('not_in_at')})«REST»",
            f"(?:{_WORDS.regex('not_in_who')})«REST»",
        ),
    }.items()
}


def read_named_round(words: str) -> OfRound | None:
    """孙奶奶那里送到了, 5号楼没人: likewise of one household; whether it is one of theirs, only its rows can say."""
    piece = clause(words[:2_000]).strip()
    for act, patterns in _NAMED.items():
        for pattern in patterns:
            if found := pattern.fullmatch(piece.text):
                rest = piece.said[found.start("rest") :].strip() if found["rest"] else ""
                return OfRound(act, rest, piece.said[found.start("who") : found.end("who")].strip())
    return None


@dataclass(frozen=True, slots=True)
class OfMaterial:
    """领了, or what of it is left. `who`: a household or a person that was named, '' for who says it."""

    left: bool
    who: str = ""


_PICKED = re.compile(rf"(?:{_WORDS.regex('picked_up')}){_END}")
_ME = re.compile(_WORDS.regex("me"))
_LEFT = re.compile(rf"(?:{_WORDS.regex('left')}){_END}")


def read_material(words: str) -> OfMaterial | None:
    """What these words say of the material of a round; None where they say anything else."""
    piece = clause(words[:200]).strip()
    if len(piece.text) > SHORT:
        return None
    if _LEFT.fullmatch(piece.text):
        return OfMaterial(left=True)
    found = _PICKED.fullmatch(piece.text)
    if found is None:
        return None
    name = "who" if found["who"] else "en"
    who = piece.said[found.start(name) : found.end(name)].strip() if found[name] else ""
    return OfMaterial(left=False, who="" if _ME.fullmatch(who.lower()) else who)
