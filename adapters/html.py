"""Spans as HTML: everything that people wrote is escaped here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from core.messages import Bold, Mention, Person, Span, words

NOBODY = "👤"
"""Stands for a person whose name shows nothing."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e"  # marks that turn the line they stand in; isolates end where they should
    "\ud800-\udfff]"  # halves of characters, which no wire carries
)
_CALL = re.compile(r"(?<=[@＠])(?=\w)")
WORD_JOINER = "\u2060"  # shows nothing, and takes no room to break a line


def clean(text: str) -> str:
    """Words as they may be shown anywhere: they turn no line around, break no wire and call nobody by @name."""
    return _CALL.sub(WORD_JOINER, _UNSAFE.sub("", text))


def shown(span: Span) -> str:
    """The words of a span as a reader will see them."""
    text = clean(words(span))
    return (text.strip() or NOBODY) if isinstance(span, Mention) else text


def html(spans: Iterable[Span], link: Callable[[Person], str | None]) -> str:
    """Spans as HTML with `<b>` and `<a>` only. `link` gives the address that names and notifies a person, if any."""
    return "".join(_tag(span, link) for span in spans)


def _tag(span: Span, link: Callable[[Person], str | None]) -> str:
    text = escape(shown(span))
    match span:
        case Bold() if text.strip():
            return f"<b>{text}</b>"
        case Mention(person) if address := link(person):
            return f'<a href="{escape(address)}">{text}</a>'
        case _:
            return text
