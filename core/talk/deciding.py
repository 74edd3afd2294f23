"""Which conversation a wish belongs to: the one table from verbs to what does them."""

from __future__ import annotations

from core.activities import Occurrence
from core.deeds.people import hush
from core.posts import ROSTER
from core.talk import people
from core.talk.attending import attend
from core.talk.chaining import begin, give, take
from core.talk.choosing import choose
from core.talk.coordinating import add, cancel, close, edit, remove
from core.talk.drafting import draft
from core.talk.hesitating import hesitate
from core.talk.joining import join
from core.talk.leaving import leave
from core.talk.swapping import hand_over, step_in
from core.talk.wishes import Wish
from core.turn import Turn
from core.words.clean import tidy_name


def do(turn: Turn, wish: Wish, rest: str = "") -> bool:
    """Carry out a wish; False if its verb is not one that words can ask for. `rest`: the words after the verb."""
    match wish.verb:
        case "join":
            join(turn, wish)
        case "leave":
            leave(turn, wish)
        case "maybe" | "regret" | "undecided" | "whom" | "nothing":
            hesitate(turn, wish)
        case "here" | "done" | "on_the_way":
            attend(turn, wish)
        case "mine":
            turn.privately("mine")
        case "list":
            turn.privately("open")
        case "help":
            help_(turn)
        case "post":
            draft(turn, rest or wish.thing, wish.kind)
        case "cancel":
            cancel(turn, wish)
        case "edit":
            edit(turn, wish, rest or wish.thing)
        case "close":
            close(turn, wish)
        case "add":
            add(turn, wish)
        case "remove":
            remove(turn, wish)
        case "roster":
            roster(turn, wish)
        case "chain" | "chain_sure" if wish.thing:
            row = turn.session.get_one(Occurrence, (turn.here.id, wish.occurrence))
            take(turn, wish.thing, row, sure=wish.verb == "chain_sure")
        case "chain":
            give(turn, wish)
        case "chain_new":
            begin(turn, wish.thing)
        case "name":
            people.call_me(turn, rest)
        case "quiet":
            quiet(turn)
        case "in_my_place" if wish.names or wish.people or wish.strangers:
            hand_over(turn, wish)
        case "in_their_place" if wish.names or wish.people:
            step_in(turn, wish)
        case "swap" | "stand_in" | "in_my_place" | "in_their_place":
            name = wish.names[0] if wish.names else ""
            turn.tell("later.swap_for" if name else "later.swap", name=tidy_name(name))
        case _:
            return False
    return True


def help_(turn: Turn) -> None:
    """Short, and only what this person can do."""
    body = {"key": "help.volunteer", "more": ["help.coordinator"] if turn.coordinates else []}
    turn.privately("say", body=body)


def roster(turn: Turn, wish: Wish) -> None:
    """名单: bring the roster to the bottom, for anybody; asked for privately, show it there."""
    on = choose(turn, wish, lambda _: True, "nothing_open", "ask.which")
    if on is None:
        return
    private = turn.chat.private
    turn.work.owe(
        "roster",
        urgency=ROSTER,
        chat_id=0 if private else turn.chat.id,
        member_id=turn.member.id if private else 0,
        occurrence_id=on.occurrence.id,
        again=True,
    )


def quiet(turn: Turn) -> None:
    """安静: from now on only reminders, and what changed."""
    hush(turn.work, turn.member, quiet=True)
    turn.privately("quieted")
