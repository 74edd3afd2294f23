"""Neither yes nor no: excuses and doubts change nothing by themselves; whoever may mean something by them is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.activities import Occurrence
from core.claims import Roster, roster_of
from core.reading.parts import likely
from core.said.plaints import plaint
from core.talk.ahead import promised_ahead
from core.talk.asking import Option, ask
from core.talk.choosing import joinable, label, meant
from core.talk.passing import puzzle
from core.talk.regulars import on_day_said
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text


def hesitate(turn: Turn, wish: Wish) -> None:
    """What to make of words that are neither yes nor no."""
    match wish.verb:
        case "maybe":
            maybe(turn, wish)
        case "regret":
            regret(turn, wish)
        case "whom":
            turn.tell("person.whom")
        case "nothing":
            turn.tell("confirm.back")
        case _:
            say_kindly(turn, "private.undecided", wish.said)  # 看情况, 再说吧: there is no hurry


def maybe(turn: Turn, wish: Wish) -> None:
    """A joining with an excuse or a doubt beside it: 我报名，腿不好. Asked, where there is something to join."""
    fits = joinable(turn, [turn.member.id] if wish.myself else [], more=False)
    if not any(fits(on) for on in possible(turn, wish)):
        say_kindly(turn, "private.regret", wish.said)
    elif turn.hears_privately:
        ask_whether_to_join(turn, wish, "ask.sure")


def regret(turn: Turn, wish: Wish) -> None:
    """没空, 血压高: whoever has promised is asked whether they cannot come, anybody else is let be."""
    wish = on_day_said(turn, wish)
    mine = [on for on in possible(turn, wish) if on.of(turn.member.id)]
    if not mine:
        asks = plaint(wish.said) == "asks"  # 我八十二了，还能参加吗
        say_kindly(turn, "private.ask_them" if asks else "private.regret", wish.said)
    elif turn.hears_privately:
        ask_whether_to_leave(turn, wish, mine)


def ask_whether_to_join(turn: Turn, wish: Wish, key: str) -> None:
    join = replace(wish, verb="join")
    ask(turn, key, [said(turn, "sure_yes", join), said(turn, "sure_no", Wish("nothing"))])


def ask_whether_to_leave(turn: Turn, wish: Wish, mine: Sequence[Roster], key: str = "ask.staying") -> None:
    leave = [(on, replace(wish, verb="leave", occurrence=on.occurrence.id)) for on in mine]
    options = [said(turn, "staying_no", w, what=label(turn, on.occurrence)) for on, w in leave]
    ask(turn, key, [*options, said(turn, "staying_yes", Wish("nothing"))])


def proposed(turn: Turn, words: str) -> bool:
    """Whether private words that no rule reads most likely join or leave, and their speaker was asked whether they do.

    Coordinators are not: what they write is as likely about others.
    """
    verb = "" if turn.coordinates or not turn.hears_privately else likely(words)
    wish = Wish(verb, said=words)
    if verb == "join" and any(map(joinable(turn, [turn.member.id], more=False), possible(turn, wish))):
        maybe(turn, wish)
        return True
    if verb == "leave" and any(on.of(turn.member.id) for on in possible(turn, wish)):
        regret(turn, wish)
        return True
    return False


def say_kindly(turn: Turn, key: str, words: str = "") -> None:
    """A word in the private chat in which it was said; in a group nobody is answered for what they did not ask.

    `words`, which may have meant something else as well, can be passed on.
    """
    if turn.chat.private and words:
        puzzle(turn, words, key)
    elif turn.chat.private:
        turn.tell(key)


def possible(turn: Turn, wish: Wish) -> list[Roster]:
    """The activities that words may be about: the one answered, else all that are still to come."""
    if wish.occurrence:
        row = turn.session.get(Occurrence, (turn.here.id, wish.occurrence))
        rows = [row] if row is not None and row.number is not None else []
    else:
        known = [*turn.posted(), *promised_ahead(turn, [turn.member.id])]
        rows = [o for o in known if meant(turn, wish, o)]
    return [roster_of(turn.session, row) for row in rows]


def said(turn: Turn, key: str, wish: Wish, **facts: str) -> Option:
    return text(turn.lang, f"ask.{key}", **facts), wish
