"""Said in the wrong place: what belongs to one person, written in the group, is to be taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from core import posts
from core.deeds.group_line import one_line
from core.features.visit.taking_away import read_removal
from core.messages import Action, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN, Post
from core.reading import read_command
from core.reading.parts import flat_in, names_in, openly
from core.rules import Refusal
from core.turn import Meant, Turn
from core.views.view import View


@dataclass(frozen=True, slots=True)
class Misplaced(Body):
    """Where the words stand, and what was done about them; `may`: whether the network lets the bot take them away."""

    chat: int = 0
    words: str = ""  # the network's id of the message
    may: bool = False
    done: bool = False  # the bot takes them away
    by_hand: bool = False  # the coordinator did so


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
    if body.done or body.by_hand:
        return Message(view.say("elders.misplaced.done" if body.done else "elders.misplaced.gone"))
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


STILL_MEANT, POINTED_AT = timedelta(days=1), timedelta(hours=1)
"""How long 帮我删掉 is about what was written in the wrong place, and how long a bare 删掉 is."""


def said(turn: Turn, words: str) -> bool:
    """Whether words say what is to become of what the speaker wrote in the wrong place, and it was done."""
    removal = read_removal(words)
    if removal is None or not (turn.chat.private or removal.sure):
        return False
    post = asked_of(turn, turn.now - (STILL_MEANT if removal.sure else POINTED_AT))
    if post is None:
        return False
    body = Misplaced.of(post)
    turn.meant = Meant.SURELY
    if body.done:
        turn.tell("elders.misplaced.done")
    elif removal.act == "keep":
        turn.tell("elders.misplaced.kept")
    elif removal.act == "done":
        posts.settle(turn.session, post, turn.now, replace(body, by_hand=True))
        turn.seen_done("elders.misplaced.gone")
    elif not body.may:
        turn.tell("elders.misplaced.cannot")
    else:
        take_away(turn, Press(post, "take_away"))
    return True


def asked_of(turn: Turn, since: datetime) -> Post | None:
    """The newest such question to the speaker since then; of those answered in words of their own none."""
    found = turn.session.exec(
        select(Post)
        .where(
            Post.community_id == turn.here.id,
            Post.kind == MISPLACED.name,
            Post.member_id == turn.member.id,
            Post.due > since,
        )
        .order_by(col(Post.id).desc())
    ).first()
    return None if found is None or Misplaced.of(found).by_hand else found


def nothing(view: View) -> Message:  # noqa: ARG001 - it is not shown: a message is taken away
    return Message(("👋",))


MISPLACED = PostKind(
    "visit.misplaced", Misplaced, misplaced_shown, presses={"take_away": take_away}, unheard=one_line, later=False
)
CLEAR = PostKind("visit.clear", Taken, nothing, urgency=NOTICE, clears=True)
