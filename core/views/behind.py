"""A message that may not be written whole where it stands: what is confided is behind a button, on a page of ours."""

from __future__ import annotations

from dataclasses import replace

from core.ids import short
from core.messages import Confide, Link, Message
from core.network import Can
from core.views.view import View

DETAILS = "details"
"""The verb of the button that brings a link, where a network has no button that opens a page."""


def behind(message: Message, view: View, can: Can) -> Message:
    """The message with what this network may not carry left out, a file of it too, and the way to read it.

    Without a page of ours there is none: then they are to ask the coordinator.
    """
    page = view.lookup.here.page
    if not view.private or can.confides or not message.withheld():
        return message
    instead = view.text("details.instead" if page else "details.nowhere")
    text = tuple(instead if isinstance(span, Confide) and not span.anywhere else span for span in message.text)
    message = replace(message, file=None)
    if not page:
        return replace(message, text=text)
    if can.apps:
        url = f"{page}/details/{view.lang}?post={short(view.post.id)}"
        return replace(message, text=text, opens=Link(view.text(f"action.{DETAILS}"), url))
    return replace(message, text=text, actions=(*message.actions, view.action(DETAILS)))
