"""Said in the wrong place: what belongs to one person, written in the group, is to be taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import posts
from core.deeds.group_line import one_line
from core.messages import Action, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN
from core.reading import read_command
from core.reading.elders import flat_in, names_in
from core.reading.openly import openly
from core.rules import Refusal
from core.turn import Turn
from core.views.view import View


@dataclass(frozen=True, slots=True)
class Misplaced(Body):
    """Where the words stand, and what was done about them; `may`: whether the network lets the bot take them away."""

    chat: int = 0
    words: str = ""  # the network's id of the message
    may: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Taken(Body):
    clear: str = ""  # the network's id of the message that is to go


def misplaced(turn: Turn, words: str) -> None:
    """Ask privately to take it away, where a coordinator posts a visit with names, flats or telephones in a group."""
    if turn.chat.private or not personal(words) or not turn.may("arrange", "visit"):
        return
    command = read_command(words, context="group", kinds=turn.kinds, lang=turn.lang)
    kind = turn.kinds.get(command.kind) or turn.kinds.of(words, asked=True)
    if command.intent == "post" and kind is not None and kind.whom:
        ask(turn)


def personal(words: str) -> bool:
    """Whether they hold a name, a flat or a telephone number."""
    return bool(names_in(words) or flat_in(words) or openly(words).left_out)


def ask(turn: Turn) -> None:
    body = Misplaced(chat=turn.chat.id, words=turn.message, may=turn.can.clears and bool(turn.message))
    turn.privately("visit.misplaced", body=body)


def misplaced_shown(view: View) -> Message:
    body = Misplaced.of(view.post)
    if body.done:
        return Message(view.say("elders.misplaced.done"))
    return Message(view.say("elders.misplaced.ask" if body.may else "elders.misplaced.self"), verbs(view, body))


def verbs(view: View, body: Misplaced) -> tuple[Action, ...]:
    return view.open("take_away") if body.may else ()


def take_away(turn: Turn, press: Press) -> None:
    """帮我删掉."""
    body = Misplaced.of(press.post)
    if body.done or press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    turn.work.owe("visit.clear", chat_id=body.chat, occasion=body.words, body=Taken(clear=body.words))
    posts.settle(turn.session, press.post, turn.now, replace(body, done=True))
    turn.seen_done("elders.misplaced.done")


def nothing(view: View) -> Message:  # noqa: ARG001 - it is not shown: a message is taken away
    return Message(("👋",))


MISPLACED = PostKind(
    "visit.misplaced", Misplaced, misplaced_shown, presses={"take_away": take_away}, unheard=one_line, later=False
)
CLEAR = PostKind("visit.clear", Taken, nothing, urgency=NOTICE, clears=True)
