"""A sentence, or a few: the answer to most of what is said."""

from __future__ import annotations

from core.deeds.group_line import one_line
from core.messages import Message, Span
from core.posts.body import Say
from core.posts.kind import PostKind
from core.posts.row import Post
from core.views.view import View, lines

BEGINS = frozenset({"private.hello", "private.again", "help.volunteer"})
"""With these the words that are pressed instead of typed come to stand under the chat."""


def said(view: View) -> Message | None:
    """The sentences of the catalogue, under one another."""
    body = Say.of(view.post)
    text = lines(*(view.say(key, **body.facts) for key in (body.key, *body.more)))
    return Message(text, standing=view.keys() if view.private and body.key in BEGINS else ())


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    body = Say.of(post)
    return view.say(body.key, **body.facts) if body.public else ()


SAY = PostKind("say", Say, said, chatty=True, unheard=one_line, line=in_public, later=False)
