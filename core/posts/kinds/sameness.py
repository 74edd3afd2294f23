"""Whether somebody is the one whom a neighbour put down: asked of both, and told to coordinators."""

from __future__ import annotations

from core.deeds.falling_back import ask_now
from core.messages import Message
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import NOTICE, OFFER, OPEN, SETTLED, Post
from core.reading.parts import he_or_she
from core.talk import merging
from core.talk.merging import PARTED_WITHIN, WAITS, Merged, Same, Vouch
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.view import View, lines


def same(view: View) -> Message | None:
    """是您吗? A proxy put this name on a roster before its bearer ever spoke here."""
    body = Same.of(view.post)
    if view.post.state != SETTLED:
        return Message(view.say("same.question", name=body.name, proxy=body.proxy), view.open("yes", "no"))
    if body.answer == WAITS:
        return Message(view.say("same.asked", proxy=body.proxy))
    return Message(view.say("same.yes", name=body.name) if body.answer else view.say("same.no"))


def vouch(view: View) -> Message | None:
    """是她吗? To the proxy who put a name down, or to a coordinator if the proxy does not answer."""
    body = Vouch.of(view.post)
    asked = view.lookup.session.get(Post, (view.lookup.here.id, body.same))
    waits = asked is not None and Same.of(asked).answer == WAITS
    if not waits and view.post.message is None and view.post.sending is None:
        return None  # somebody answered before this was asked
    key = "vouch.question" if body.first else "vouch.question_for"
    question = view.say(key, name=body.name, proxy=body.proxy, account=body.account)
    if view.post.state != OPEN or not waits:
        answer = view.say("vouch.yes" if body.answer else "vouch.no", name=body.name)
        return Message(lines(question, answer))
    label = view.text(f"vouch.is_{he_or_she(body.name)}")
    return Message(question, (view.action("is_them", label=label), view.action("not_them")))


def merged(view: View) -> Message | None:
    """Two became one: coordinators can part them again, for a month."""
    body, lookup = Merged.of(view.post), view.lookup
    if body.undone:
        return Message(view.say("merged.parted", name=body.name))
    text = view.say(
        "merged.done", name=body.name, account=body.account, proxy=lookup.name(body.proxy), by=lookup.name(body.by)
    )
    may_part = lookup.now - view.post.due < PARTED_WITHIN
    return Message(text, view.open("undo") if may_part else ())


def answer_same(turn: Turn, press: Press) -> None:
    merging.same(turn, press.post, yes=press.verb == "yes")


def answer_vouch(turn: Turn, press: Press) -> None:
    merging.vouch(turn, press.post, yes=press.verb == "is_them")


SAME = PostKind("same", Same, same, urgency=OFFER, presses=dict.fromkeys(("yes", "no"), answer_same))
VOUCH = PostKind(
    "vouch",
    Vouch,
    vouch,
    urgency=OFFER,
    presses=dict.fromkeys(("is_them", "not_them"), answer_vouch),
    means={  # 好的 means neither: it may answer anything
        "is_them": Typed(words=("是", "是的", "对", "对的", "yes")),
        "not_them": Typed(words=("不", "不对", "不是的", "no")),
    },
    unheard=ask_now,
)
MERGED = PostKind("merged", Merged, merged, urgency=NOTICE, presses={"undo": undoes(merging.part)})
