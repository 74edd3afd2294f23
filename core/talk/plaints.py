"""Sighs, private questions and words at a loss: each has its answer, and a way to somebody who can help."""

from __future__ import annotations

import re

from core.members import member
from core.reading import Command
from core.said.plaints import plaint
from core.talk.choosing import joinable, meant
from core.talk.deciding import do
from core.talk.hesitating import possible
from core.talk.passing import outright, puzzle
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text

_NUMBER = re.compile(r"#?(\d{1,4})号?")
_DAY = re.compile(r"(?:这|本|下)?(?:个)?((?:周|星期|礼拜)[一二三四五六日天])(?:的|那个|那趟|那次)?")

WITH_A_WAY_ON = {"lost": "private.sorry", "ill": "private.ill", "asks": "private.ask_them"}
"""What is said, with 转给协调人 below it."""


def answer(turn: Turn, words: str, command: Command) -> bool:
    """Answer what nothing else understood. False: neither does this."""
    what = plaint(words)
    if command.intent == "stop" and what == "noise" and not turn.coordinates:
        turn.tell("private.too_much")
        return True
    if command.intent is not None and not (what == "person" and command.intent in ("regret", "undecided")):
        return False
    match what:
        case "":
            return show(turn, words.strip())
        case "mine":
            turn.privately("mine")
        case "noise":
            turn.tell("private.too_much")
        case "wrong":
            turn.tell("private.wrong")
        case "person":
            outright(turn, words)
        case "there":
            turn.tell("private.again", name=turn.member.name)
        case "how":
            turn.tell("private.how")
            turn.privately("open")
        case "joined":
            joined(turn)
        case "leads":
            leads(turn, words)
        case _:
            puzzle(turn, words, WITH_A_WAY_ON[what])
    return True


def show(turn: Turn, words: str) -> bool:
    """1, 周五的: nothing but an activity, which is shown with what can be pressed."""
    number, day = _NUMBER.fullmatch(words), _DAY.fullmatch(words)
    rows = turn.posted()
    wish = Wish("roster", number=int(number[1]) if number else None, day=day[1] if day else "")
    if number and any(row.number == wish.number for row in rows):
        return do(turn, wish)
    return bool(day) and any(meant(turn, wish, row) for row in rows) and do(turn, wish)


def joined(turn: Turn) -> None:
    """报名了: it is said what they are in; who is in nothing is asked whether they want to be."""
    fits = joinable(turn, [turn.member.id], more=False)
    if any(on.of(turn.member.id) for on in possible(turn, Wish("join"))):
        turn.privately("mine")
    elif any(fits(on) for on in possible(turn, Wish("join"))):
        do(turn, Wish("maybe"))
    else:
        turn.privately("mine")


def leads(turn: Turn, words: str) -> None:
    """Who posted what is open; who wants to ask them can do so at once."""
    makers = dict.fromkeys(row.made_by for row in turn.posted() if row.made_by)
    names = text(turn.lang, "list.comma").join(member(turn.session, turn.here.id, id).name for id in [*makers][:3])
    if names:
        turn.tell("private.leads", names=names)
    puzzle(turn, words, "private.ask_them")
