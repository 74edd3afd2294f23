"""Whether somebody is the one whom a neighbour put down: asked of both, and told to coordinators."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Message
from core.posts import OPEN, SETTLED, Post
from core.reading.surnames import he_or_she
from core.views.view import View, lines

WAITS = "asked"
"""The answer of one who says that it is they: now it is for the proxy to say."""
PARTED_WITHIN = timedelta(days=30)
"""How long coordinators can part again what was made one."""


def same(view: View) -> Message | None:
    """是您吗? A proxy put this name on a roster before its bearer ever spoke here."""
    body = view.post.body
    if view.post.state != SETTLED:
        return Message(view.say("same.question", name=body["name"], proxy=body["proxy"]), view.open("yes", "no"))
    if body.get("answer") == WAITS:
        return Message(view.say("same.asked", proxy=body["proxy"]))
    return Message(view.say("same.yes", name=body["name"]) if body.get("answer") else view.say("same.no"))


def vouch(view: View) -> Message | None:
    """是她吗? To the proxy who put a name down, or to a coordinator if the proxy does not answer."""
    body = view.post.body
    asked = view.lookup.session.get(Post, (view.lookup.here.id, body["same"]))
    waits = asked is not None and asked.body.get("answer") == WAITS
    if not waits and view.post.message is None and view.post.sending is None:
        return None  # somebody answered before this was asked
    key = "vouch.question" if body.get("first") else "vouch.question_for"
    question = view.say(key, name=body["name"], proxy=body["proxy"], account=body["account"])
    if view.post.state != OPEN or not waits:
        answer = view.say("vouch.yes" if body.get("answer") else "vouch.no", name=body["name"])
        return Message(lines(question, answer))
    label = view.text(f"vouch.is_{he_or_she(body['name'])}")
    return Message(question, (view.action("is_them", label=label), view.action("not_them")))


def merged(view: View) -> Message | None:
    """Two became one: coordinators can part them again, for a month."""
    body, lookup = view.post.body, view.lookup
    if body.get("undone"):
        return Message(view.say("merged.parted", name=body["name"]))
    text = view.say(
        "merged.done",
        name=body["name"], account=body["account"], proxy=lookup.name(body["proxy"]), by=lookup.name(body["by"]),
    )  # fmt: skip
    may_part = lookup.now - view.post.due < PARTED_WITHIN
    return Message(text, view.open("undo") if may_part else ())
