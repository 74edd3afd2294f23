"""Whether somebody is the one whom a neighbour put down: asked of both, and told to coordinators."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Message
from core.posts import OPEN, SETTLED, Post
from core.reading.surnames import he_or_she
from core.views.look import Look, lines

WAITS = "asked"
"""The answer of one who says that it is they: now it is for the proxy to say."""
PARTED_WITHIN = timedelta(days=30)
"""How long coordinators can part again what was made one."""


def same(look: Look) -> Message | None:
    """是您吗? A proxy put this name on a roster before its bearer ever spoke here."""
    body = look.post.body
    if look.post.state != SETTLED:
        return Message(look.say("same.question", name=body["name"], proxy=body["proxy"]), look.open("yes", "no"))
    if body.get("answer") == WAITS:
        return Message(look.say("same.asked", proxy=body["proxy"]))
    return Message(look.say("same.yes", name=body["name"]) if body.get("answer") else look.say("same.no"))


def vouch(look: Look) -> Message | None:
    """是她吗? To the proxy who put a name down, or to a coordinator if the proxy does not answer."""
    body = look.post.body
    asked = look.books.session.get(Post, (look.books.here.id, body["same"]))
    waits = asked is not None and asked.body.get("answer") == WAITS
    if not waits and look.post.message is None and look.post.sending is None:
        return None  # somebody answered before this was asked
    key = "vouch.question" if body.get("first") else "vouch.question_for"
    question = look.say(key, name=body["name"], proxy=body["proxy"], account=body["account"])
    if look.post.state != OPEN or not waits:
        answer = look.say("vouch.yes" if body.get("answer") else "vouch.no", name=body["name"])
        return Message(lines(question, answer))
    label = look.text(f"vouch.is_{he_or_she(body['name'])}")
    return Message(question, (look.action("is_them", label=label), look.action("not_them")))


def merged(look: Look) -> Message | None:
    """Two became one: coordinators can part them again, for a month."""
    body, books = look.post.body, look.books
    if body.get("undone"):
        return Message(look.say("merged.parted", name=body["name"]))
    text = look.say(
        "merged.done",
        name=body["name"], account=body["account"], proxy=books.name(body["proxy"]), by=books.name(body["by"]),
    )  # fmt: skip
    may_part = books.now - look.post.due < PARTED_WITHIN
    return Message(text, look.open("undo") if may_part else ())
