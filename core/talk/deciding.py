"""Which conversation a wish belongs to: the one table from verbs to what does them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from core import posts
from core.activities import Occurrence
from core.deeds.people import hush
from core.feature import Carry
from core.posts import Asked, Say
from core.rules import Refusal
from core.talk import breaks, people, regulars, rights, roll, several
from core.talk.again import again
from core.talk.attending import attend
from core.talk.chaining import begin, give, take
from core.talk.choosing import choose, none_open
from core.talk.coordinating import add, cancel, close, edit, remove
from core.talk.drafting import draft
from core.talk.ending import stop
from core.talk.exchanging import propose
from core.talk.excusing import excuse
from core.talk.hesitating import hesitate
from core.talk.joining import join
from core.talk.leaving import leave
from core.talk.passing import outright
from core.talk.swapping import hand_over, step_in
from core.talk.tongues import speak
from core.talk.wishes import Wish
from core.turn import Turn
from core.weeks import shown_by
from core.words.clean import tidy_name

OFTEN = 3
"""How often within a minute a roster is put at the bottom of one chat, whoever asks."""


def do(turn: Turn, wish: Wish, rest: str = "") -> bool:
    """Carry out a wish; False if its verb is none that words can ask for, or was not meant after all.

    `rest`: the words after the verb.
    """
    carry = VERBS.get(wish.verb) or brought(turn, wish.verb)
    if carry is None:
        return False
    return carry(turn, wish, rest) is not False


def brought(turn: Turn, intent: str) -> Carry | None:
    """What carries out a verb that one of the features brings, from those who may."""
    verb = turn.here.verbs.get(intent)
    if verb is None:
        return None
    if verb.who == "coordinators" and not turn.coordinates:
        return lambda turn, _wish, _rest: turn.refuse(Refusal("coordinators_only"))
    return verb.carry


def of_wish(carry: Callable[[Turn, Wish], None]) -> Carry:
    """What needs no words after the verb."""
    return lambda turn, wish, _: carry(turn, wish)


def owed(kind: str) -> Carry:
    """A verb that is answered by a post of this kind, rendered from the rows as they are."""

    def carry(turn: Turn, _wish: Wish, _rest: str) -> None:
        turn.privately(kind)

    return carry


def help_(turn: Turn) -> None:
    """Short, and only what this person can do."""
    more = ("help.coordinator",) if turn.may("arrange") else ()
    own = (f"help.{verb.intent}" for verb in turn.here.verbs.values() if verb.who == "anybody" or turn.coordinates)
    turn.privately("say", body=Say(key="help.volunteer", more=("help.urgent", *more, *own)))


def roster(turn: Turn, wish: Wish) -> None:
    """名单: bring the roster to the bottom, for anybody; asked for privately, show it there."""
    on = choose(turn, wish, lambda _: True, lambda: none_open(turn, wish), "ask.which")
    if on is None:
        return
    private = turn.chat.private
    chat_id, member_id = (0, turn.member.id) if private else (turn.chat.id, 0)
    about = on.occurrence.id if private else shown_by(on.occurrence)
    standing = posts.standing(turn.session, turn.here.id, about, "roster")
    shown = next((each for each in standing if (each.chat_id, each.member_id) == (chat_id, member_id)), None)
    asked = Asked.of(shown).asked if shown is not None else ()
    lately = [at for at in asked if turn.now - datetime.fromisoformat(at) < timedelta(minutes=1)]
    if len(lately) >= OFTEN:
        turn.mark()  # it stands a few lines further up
        return
    post = turn.work.owe("roster", chat_id=chat_id, member_id=member_id, occurrence_id=about, again=True)
    post.body = {**post.body, "asked": [*lately, turn.now.isoformat()], "thread": turn.thread}


def quiet(turn: Turn) -> None:
    """安静: from now on only reminders, and what changed."""
    hush(turn.work, turn.member, quiet=True)
    turn.privately("quieted")


def just(turn: Turn, lang: str) -> None:
    """English, 中文: nothing but the name of a language, which in a group may be about anything."""
    if turn.chat.private:
        speak(turn, lang)


def chain(turn: Turn, wish: Wish) -> None:
    """接龙 N hands the roster out; with a copy of it, that is taken in."""
    if not wish.thing:
        give(turn, wish)
        return
    row = turn.session.get_one(Occurrence, (turn.here.id, wish.occurrence))
    take(turn, wish.thing, row, sure=wish.verb == "chain_sure")


def swap(turn: Turn, wish: Wish) -> None:
    """换王阿姨去, 我替老李; where nobody is named who could, it is said how it is done."""
    if wish.verb == "in_my_place" and (wish.names or wish.people or wish.strangers):
        hand_over(turn, wish)
    elif wish.verb == "in_their_place" and (wish.names or wish.people):
        step_in(turn, wish)
    elif wish.verb == "swap" and wish.names and propose(turn, wish):
        return
    else:
        name = wish.names[0] if wish.names else ""
        turn.tell("later.swap_for" if name else "later.swap", name=tidy_name(name))


VERBS: Mapping[str, Carry] = {
    "join": of_wish(join),
    "leave": of_wish(leave),
    "excuse": of_wish(excuse),
    **dict.fromkeys(("maybe", "regret", "undecided", "whom", "nothing"), of_wish(hesitate)),
    **dict.fromkeys(("here", "done", "on_the_way"), of_wish(attend)),
    "mine": owed("mine"),
    "list": owed("open"),
    "help": lambda turn, _, __: help_(turn),
    "post": lambda turn, wish, rest: draft(turn, rest or wish.thing, wish.kind),
    "again": again,
    "my_data": rights.my_data,
    "consents": rights.consented,
    "forget_me": rights.forget_me,
    "correct": rights.correct,
    "misnamed": rights.misnamed,
    "cancel": of_wish(cancel),
    "edit": lambda turn, wish, rest: edit(turn, wish, rest or wish.thing),
    "close": of_wish(close),
    "stop": of_wish(stop),
    "break": breaks.carry,
    "regular": of_wish(regulars.appoint),
    "pause": regulars.pause,
    "resume": of_wish(regulars.resume),
    "roll": roll.carry,
    "add": of_wish(add),
    "remove": of_wish(remove),
    "roster": of_wish(roster),
    **dict.fromkeys(("chain", "chain_sure"), of_wish(chain)),
    "chain_new": lambda turn, wish, _: begin(turn, wish.thing),
    "name": lambda turn, _, rest: people.call_me(turn, rest),
    "tell_coordinator": lambda turn, _, rest: outright(turn, rest),
    "speak_en": lambda turn, _, __: speak(turn, "en"),
    "speak_zh": lambda turn, _, __: speak(turn, "zh"),
    "just_en": lambda turn, _, __: just(turn, "en"),
    "just_zh": lambda turn, _, __: just(turn, "zh"),
    "quiet": lambda turn, _, __: quiet(turn),
    "community": of_wish(several.choose),
    **dict.fromkeys(("swap", "stand_in", "in_my_place", "in_their_place"), of_wish(swap)),
}
"""Every verb that a wish can have, besides those that features bring."""
