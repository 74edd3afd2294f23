"""The answer to 安静, with the way back."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.deeds.group_line import one_line
from core.deeds.people import hush
from core.messages import Message
from core.posts.body import Undoable
from core.posts.kind import PostKind
from core.posts.row import Post
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.view import View


def quieted(view: View) -> Message | None:
    if Undoable.of(view.post).undone:
        return Message(view.say("quiet.off"))
    return Message(view.say("quiet.on"), view.open("undo"))


def undo(turn: Turn, post: Post) -> None:
    """Everything is said again."""
    hush(turn.work, turn.member, quiet=False)
    posts.settle(turn.session, post, turn.now, replace(Undoable.of(post), undone=True))
    turn.seen_done("quiet.off")


QUIETED = PostKind("quieted", Undoable, quieted, presses={"undo": undoes(undo)}, unheard=one_line)
