"""A message as the content of a Matrix event: plain words, the same as HTML, and exactly whom it notifies."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from adapters.html import html, shown
from adapters.matrix.ids import link
from core.messages import Bold, Confide, Mention, Message, Span

FALLBACK = 200
"""Characters of an edit shown by clients that cannot edit: its whole text stands in `m.new_content` already."""
ROOM = 44_000
"""Bytes of JSON that still fit into an event's 64 KiB once they are encrypted and written in base 64."""


def content(message: Message, limit: int) -> dict[str, Any]:
    """The content of a new message. At most `limit` UTF-16 units of it are shown, ending at a whole line with '…'; the
    longest of them without bold type, for which there is no room.

    `m.text` and not `m.notice`: no phone rings for a notice, and a reminder has to ring.
    """
    spans = shorten(tuple(one_line(span) for span in message.text), limit)
    body = "".join(shown(span) for span in spans)
    made: dict[str, Any] = {"msgtype": "m.text", "body": body, "m.mentions": mentions(spans)}
    if any(not isinstance(span, str | Confide) for span in spans):
        made["format"] = "org.matrix.custom.html"
        made["formatted_body"] = html(spans, link).replace("\n", "<br>")
        if len(json.dumps(made)) > ROOM:
            del made["format"], made["formatted_body"]
    return made


def related(message: Message) -> dict[str, Any]:
    """What the content of a new event says of the thread that it stands in, and of the words that it answers."""
    answers: dict[str, Any] = {"m.in_reply_to": {"event_id": message.answers or message.thread}}
    if message.thread:
        thread = {"rel_type": "m.thread", "event_id": message.thread, "is_falling_back": not message.answers}
        return {"m.relates_to": {**thread, **answers}}
    return {"m.relates_to": answers} if message.answers else {}


def edited(message: Message, id: str, limit: int) -> dict[str, Any]:
    """The content of an event that shows `message` in place of the one with this id. It notifies nobody."""
    fresh = content(message, limit)
    return {
        "msgtype": "m.text",
        "body": f"* {fresh['body'][:FALLBACK]}",
        "m.mentions": {},  # somebody named on a roster must not be rung for each change of it
        "m.new_content": fresh,
        "m.relates_to": {"rel_type": "m.replace", "event_id": id},
    }


def mentions(spans: tuple[Span, ...]) -> dict[str, Any]:
    """Exactly those named by a `Mention`. Always sent, if empty: without it clients look for names in the text."""
    users = sorted({span.person.id for span in spans if isinstance(span, Mention)})
    return {"user_ids": users} if users else {}


def one_line(span: Span) -> Span:
    """A person's name without line breaks: it stands in a list."""
    if isinstance(span, Mention):
        return Mention(replace(span.person, name=" ".join(span.person.name.split())))
    return span


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def shorten(spans: tuple[Span, ...], limit: int) -> tuple[Span, ...]:
    """The spans, cut at the last line that fits into `limit` and closed with '…' if they do not fit whole."""
    if sum(units(shown(span)) for span in spans) <= limit:
        return spans
    kept: list[Span] = []
    left = limit - 1
    for span in spans:
        text = shown(span)
        if units(text) <= left:
            kept.append(span)
            left -= units(text)
            continue
        if not isinstance(span, Mention):
            part = text.encode("utf-16-le", "replace")[: 2 * left].decode("utf-16-le", "ignore")
            part = part[: part.rfind("\n") + 1] or part
            kept.append(Bold(part) if isinstance(span, Bold) else part)
        break
    return (*kept, "…")
