"""Words that the bot cannot answer itself: they are passed on to the coordinators, and what these say comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import posts
from core.claims import Roster
from core.deeds import passing as deeds
from core.members import member
from core.news import Passed, Puzzle
from core.posts import Body, Post, Say
from core.reading import Command
from core.said.alarms import alarming, all_clear
from core.talk.asking import look_private
from core.turn import Meant, Turn
from core.words.clean import storable

LONGEST = 1_500
"""Letters that are passed on: more is no message."""


@dataclass(frozen=True, slots=True)
class Reply(Body):
    """A place for the answer to a post."""

    about: int = 0


def is_order(command: Command) -> bool:
    """Whether words are one of the bot's own that keep their meaning even where an answer is waited for."""
    return command.intent in ORDERS


ORDERS = frozenset({"post", "cancel", "edit", "close", "add", "remove", "roster", "chain", "list", "mine", "help"})


def as_said(turn: Turn, words: str) -> str:
    """Words fit to be passed on, with the names of whom they mention."""
    for person in turn.mentions:
        for handle in (person.handle, person.id.removeprefix("@")):
            words = words.replace(f"@{handle}", f"@{person.name}") if handle and person.name else words
    return storable(words[:LONGEST])


def puzzle(turn: Turn, words: str, key: str = "private.not_understood", what: str = "") -> None:
    """Say that it was not understood (or what else `key` says), with 转给协调人 where somebody can read it."""
    if turn.meant is Meant.PERHAPS:
        return
    if key == "private.not_understood" and all_clear(words) and deeds.cried(turn.work):
        outright(turn, words)
        return
    if key == "private.ask_them" and turn.coordinates:
        key = "private.unknown"  # they are those who are asked
    if deeds.coordinators_of(turn.work):
        turn.privately("puzzle", body=Puzzle(key=key, words=as_said(turn, words), what=what))
    else:
        turn.tell(key)


MEANT_BY_ANYBODY = frozenset({None, "post", "chain", "list", "mine", "roster", "help", "whom"})


def handed_on(turn: Turn, words: str, command: Command) -> bool:
    """Whether forwarded words are an order: it is their author's and not the speaker's, so nothing is done. A posting,
    a chain and a question mean the same whoever wrote them first.
    """
    if command.intent in MEANT_BY_ANYBODY or alarming(words):
        return False
    if turn.chat.private:
        puzzle(turn, words, "private.forwarded")
    return True


def solve(turn: Turn, post: Post) -> None:
    """转给协调人: what its reader said goes to the coordinators, with their name."""
    body = Puzzle.of(post)
    reached = bool(deeds.pass_on(turn.work, body.words, "said", deeds.coordinators_of(turn.work), what=body.what))
    posts.settle(turn.session, post, turn.now, replace(body, passed=True, reached=reached))
    turn.seen_done("passed.done" if reached else "passed.nobody")


def outright(turn: Turn, words: str) -> None:
    """转给协调人 WORDS: said at once."""
    reached = deeds.pass_on(turn.work, as_said(turn, words), "said", deeds.coordinators_of(turn.work))
    turn.tell("passed.done" if reached else "passed.nobody")


def alarm(turn: Turn, words: str) -> None:
    """Somebody is in danger: the coordinators read it at once, whatever the hour, and who said it whom to ring up."""
    reached = deeds.pass_on(turn.work, as_said(turn, words), "urgent", deeds.coordinators_of(turn.work))
    more = ("passed.done",) if reached else ()
    turn.privately("say", body=Say(key="passed.emergency", more=more))


def beside(turn: Turn, on: Roster, verb: str, words: str) -> None:
    """What was said beside a leave, an arrival or an end reaches the coordinator as it was said."""
    if words:
        whom = deeds.coordinators_of(turn.work, on)
        deeds.pass_on(turn.work, as_said(turn, words), verb, whom, on)


# ------------------------------------------------------------ the answer


def answer_to(turn: Turn, post: Post, words: str) -> bool:
    """Hand words that answer this post to who said what it passed on, and say that they arrive. False: nobody did."""
    kind = turn.here.posts[post.kind]
    if kind.answered not in (None, answer_to):
        return kind.answered(turn, post, words)
    said = Passed.of(post)
    if not ((said.words or said.what) and said.whose):
        return False
    who = member(turn.session, turn.here.id, said.whose)
    arrives = deeds.reply(turn.work, post, who.id, said.words, as_said(turn, words))
    turn.tell("passed.sent" if arrives else "passed.unsent", who=who.name)
    return True


def begin_answer(turn: Turn, post: Post) -> None:
    """回复: the next private words are the answer."""
    turn.privately("reply", body=Reply(about=post.id))
    look_private(turn)
