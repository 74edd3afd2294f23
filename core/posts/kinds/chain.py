"""Chains (接龙): a roster to be copied, and what a pasted copy of one changed."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.claims import CLAIMED
from core.deeds import undoing
from core.deeds.group_line import one_line
from core.deeds.outcome import Moved, Outcome
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.posts.row import Post
from core.reading.parts import write_chain
from core.rules import Refusal
from core.talk.chaining import Chained
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.chain import chain_of
from core.views.details import headline
from core.views.readback import UNDO_FOR
from core.views.view import View, lines


def chain(view: View) -> Message | None:
    """接龙: the roster, ready to be copied."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    written = write_chain(chain_of(view.lookup, on, view.lang), view.lang)
    return Message((written,), copies=written)


def chained(view: View) -> Message | None:
    """What a pasted chain changed, in two lines, with 撤销."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    body = Chained.of(view.post)
    if body.undone:
        return Message(view.say("back.undone"))

    def part(name: str, found: tuple[str, ...]) -> tuple[Span, ...]:
        return view.say(f"chain.{name}", names=view.text("list.comma").join(found)) if found else ()

    did = (part("added", body.added), part("removed", body.removed), part("changed", body.changed))
    parts = [each for each in did if each]
    said: list[Span] = []
    for each in parts:
        said += ["；" if view.lang == "zh" else "; ", *each] if said else each
    first = view.say("chain.read", title=headline(view.lookup, on, view.lang))
    rest = (part("kept", body.kept), part("unclear", body.unclear), part("nowhere", body.nowhere))
    may_undo = bool(parts) and view.lookup.now - view.post.due < UNDO_FOR
    return Message(lines(first, tuple(said) or view.say("chain.nothing"), *rest), view.open("undo") if may_undo else ())


def undo(turn: Turn, post: Post) -> None:
    """撤销: all that the chain did."""
    body = Chained.of(post)
    made = [Moved(id, changes) for id, changes in body.made]
    ended = [Moved(id, changes, promised=CLAIMED) for id, changes in body.ended]
    back = undoing.undo(turn.work, Outcome("chain", post.occurrence_id, (*made, *ended)))
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


CHAIN = PostKind("chain", render=chain, unheard=one_line)
CHAINED = PostKind("chained", Chained, chained, presses={"undo": undoes(undo)}, unheard=one_line)
