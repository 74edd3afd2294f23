"""A question: what is asked, and one action for each answer, ten at a time."""

from __future__ import annotations

from core.messages import Action, Message
from core.posts import SETTLED
from core.views.view import View, lines

PAGE = 10
"""The most actions a question shows at once; 更多 turns the page."""


def question(view: View) -> Message | None:
    """A question as asked; once answered, the same with the answer and nothing to press."""
    body = view.post.body
    asked = view.say(body["key"], **body.get("facts", {}))
    if view.post.state == SETTLED:
        chosen = body.get("chosen", "")
        return Message(lines(asked, view.say("ask.chosen", answer=chosen) if chosen else ()))
    return Message(asked, answers(view))


def answers(view: View) -> tuple[Action, ...]:
    options = view.post.body.get("options", [])
    if not options:
        return view.open("back") if view.post.body.get("expects") else ()
    if len(options) <= PAGE:
        return tuple(view.action("pick", str(n), label) for n, (label, _) in enumerate(options))
    page = view.post.body.get("page", 0)
    size = PAGE - 1  # the tenth is 更多
    first = page * size
    shown = [
        view.action("pick", str(n), label) for n, (label, _) in enumerate(options[first : first + size], start=first)
    ]
    return (*shown, view.action("more"))


def pages(options: int) -> int:
    """How many pages so many options take."""
    return 1 if options <= PAGE else -(-options // (PAGE - 1))
