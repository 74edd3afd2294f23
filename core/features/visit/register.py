"""The register talked of by coordinators: 登记, a name, 谁看过, 删除, 收回同意, 更正. Nobody else is answered."""

from __future__ import annotations

from collections.abc import Sequence

from core import elders
from core.elders import Known
from core.features.visit import misplaced
from core.features.visit.cards import Which, carry_out
from core.features.visit.entering import show
from core.features.visit.misplaced import ask
from core.features.visit.said import OfElder, amended, read_elder, read_elder_words
from core.reading.parts import names_in
from core.rules import Refusal
from core.talk.asking import last_asked
from core.talk.deciding import do
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_text

ANSWERED_BY_A_NAME = ("ask", "visit.amend", "visit.register", "matters.empty")
"""While such a question waits, a bare name is its answer, and asks for nobody's card."""


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether words are about the register, and were acted upon."""
    if misplaced.said(turn, words):
        return True
    misplaced.misplaced(turn, words)
    said = read_elder_words(words)
    if said is None or (said.act == "register" and not meant(turn, said)):
        return False
    if said.act == "register":
        return begin(turn, said.rest)
    return turn.chat.private and asked(turn, said)


def meant(turn: Turn, said: OfElder) -> bool:
    """Whether 登记 is said of somebody who is visited: with a telephone or a flat; privately also of a bare name."""
    return said.sure or (turn.chat.private and turn.may("elders") and bool(names_in(said.rest)))


def begin(turn: Turn, words: str) -> bool:
    """登记 NAME ...: said back field by field."""
    if not turn.may("elders"):
        if turn.chat.private:
            turn.refuse(Refusal("coordinators_only"))
        return turn.chat.private
    if not turn.chat.private:
        ask(turn)
    show(turn, read_elder(tidy_text(words, 1_000), turn.local.year))
    return True


def from_draft(turn: Turn, _wish: Wish, words: str) -> bool:
    """登记 under a draft that names a stranger."""
    return begin(turn, words)


def asked(turn: Turn, said: OfElder) -> bool:
    """What is asked of somebody of the register. False: of nobody there."""
    if not turn.may("elders"):
        if said.sure and said.act in ("who_read", "long_ago", "all", "round"):
            turn.refuse(Refusal("coordinators_only"))
            return True
        return False
    match said.act:
        case "all":
            turn.privately("visit.all")
            return True
        case "long_ago":
            turn.privately("visit.long_ago")
            return True
        case "round" if not elders.elders(turn.session, turn.here.id):
            turn.privately("visit.long_ago")
            return True
        case "round":
            kind = "study" if "学" in said.who else "visit"
            return do(turn, Wish("post", kind=kind), f"{said.rest} {text(turn.lang, 'elders.long.typed')}".strip())
        case "correct":
            return correct(turn, said.rest)
        case "card" if last_asked(turn, *ANSWERED_BY_A_NAME):
            return False
    found = elders.called(turn.session, turn.here.id, said.who)
    if not found and said.act in ("card", "data", "who_read"):
        close = elders.alike(turn.session, turn.here.id, said.who)
        if close:
            ask_which(turn, close, said.act)
            return True
    if not found:
        if said.act == "who_read" and said.sure:
            turn.tell("elders.nobody")
        return said.act == "who_read" and said.sure
    if len(found) > 1:
        ask_which(turn, found, said.act)
    else:
        carry_out(turn, said.act, found[0].id)
    return True


def ask_which(turn: Turn, found: Sequence[Known], act: str) -> None:
    turn.privately("visit.which", body=Which(ids=tuple(each.id for each in found[:10]), act=act))


def correct(turn: Turn, words: str) -> bool:
    """更正 孙奶奶 电话改成…: said back, and written down after 确认."""
    people = elders.known(turn.session, turn.here.id)
    named = [each for each in people if words.strip().startswith(each.said.name)]
    if not named:
        return False
    longest = max(len(each.said.name) for each in named)
    named = [each for each in named if len(each.said.name) == longest]
    if len(named) > 1:
        ask_which(turn, named, "card")
        return True
    who = named[0]
    rest = words.strip()[len(who.said.name) :].lstrip(" 的，,:：'’s")
    if not rest:
        turn.privately("visit.card", occurrence_id=who.id)
        return True
    show(turn, amended(who.said, rest, turn.local.year), who.id)
    return True
