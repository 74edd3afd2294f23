"""A message as Telegram shows it: parts of HTML no longer than it takes, and a keyboard under the last of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, WebAppInfo

from adapters.html import html, shown
from adapters.telegram.ids import NETWORK
from core.messages import Action, Bold, Confide, Link, Mention, Message, Person, Span

LONGEST = 4096
"""UTF-16 units in one message, counted after the markup is taken out."""

CAPTION = 1024
"""Likewise, under a picture."""

LONGEST_DATA = 64
"""Bytes of what a button carries."""

LONGEST_COPY = 256
"""Characters that a press can put on the clipboard."""

STYLES = {"yes": "success", "no": "danger"}
"""Green and red, in clients since February 2026; older ones show buttons as ever."""

A_ROW = 2

# Where a person would end a part, the best first; none in the second half of what fits: at any character.
_ENDS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[。！？；…]|[.!?;] ", r"[，、]|\s"))


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def notify(person: Person) -> str | None:
    """The address that notifies exactly this person."""
    return f"tg://user?id={person.id}" if person.network == NETWORK and person.id.isdecimal() else None


def pages(message: Message, longest: int = LONGEST) -> list[str]:
    """The text as HTML, in as few parts as it takes. Empty when it shows nothing."""
    return [html(page, notify) for page in _split(list(message.text), longest)]


def captioned(message: Message) -> list[str]:
    """Likewise, the first part no longer than what stands under a picture."""
    spans = list(message.text)
    text = "".join(map(shown, spans))
    if units(text) <= CAPTION:
        return pages(message, CAPTION)
    first, rest = _part(spans, _end(text, CAPTION))
    return [html(first, notify), *pages(replace(message, text=tuple(rest)))]


def withheld(message: Message, instead: str) -> Message:
    """The message with these words in place of all that not every network may carry."""
    kept = (instead if isinstance(span, Confide) and not span.anywhere else span for span in message.text)
    return replace(message, text=tuple(kept))


def keyboard(
    actions: tuple[Action, ...], copies: str = "", copy: str = "", opens: Link | None = None, leads: Link | None = None
) -> InlineKeyboardMarkup | None:
    """The actions, two a row; below them, called `copy`, a button that copies a text if it is not too long for one.

    Above them the one that opens a page of ours inside Telegram, which only a private chat may have. `leads`: into the
    private chat with the bot, at the bottom.

    Raises ValueError for an id that does not fit.
    """
    buttons = []
    for action in actions:
        if not 0 < len(action.id.encode()) <= LONGEST_DATA:
            raise ValueError(f"the id of an action has 1 to {LONGEST_DATA} bytes: {action.id!r}")
        label, style = f"{action.emoji} {action.label}".strip(), STYLES.get(action.tone)
        buttons.append(InlineKeyboardButton(label, callback_data=action.id, style=style))
    rows = [buttons[n : n + A_ROW] for n in range(0, len(buttons), A_ROW)]
    if copies and units(copies) <= LONGEST_COPY:
        rows.append([InlineKeyboardButton(copy, copy_text=CopyTextButton(copies))])
    if leads is not None:
        rows.append([InlineKeyboardButton(leads.label, url=leads.url)])
    if opens is not None:
        rows.insert(0, [InlineKeyboardButton(opens.label, web_app=WebAppInfo(opens.url))])
    return InlineKeyboardMarkup(rows) if rows else None


def keys(words: tuple[str, ...]) -> ReplyKeyboardMarkup | None:
    """Words that stand under a chat in large letters, two a row, whatever is typed meanwhile."""
    rows = [words[n : n + A_ROW] for n in range(0, len(words), A_ROW)]
    return ReplyKeyboardMarkup(rows, is_persistent=True, resize_keyboard=True) if rows else None


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters; one that is longer ends in an ellipsis."""
    return text if units(text) <= longest else text[: _fits(text, longest - 1)] + "…"


def _split(spans: list[Span], longest: int) -> Iterable[list[Span]]:
    while any(shown(span).strip() for span in spans):
        text = "".join(map(shown, spans))
        if units(text) <= longest:
            yield spans
            return
        page, spans = _part(spans, _end(text, longest))
        if any(shown(span).strip() for span in page):
            yield page


def _end(text: str, longest: int) -> int:
    """After how many characters the first part of a text ends."""
    most = _fits(text, longest)
    for pattern in _ENDS:
        ends = [match.end() for match in pattern.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    whole = most
    while whole > most // 2 and not _apart(text[whole - 1], text[whole]):
        whole -= 1
    return whole if whole > most // 2 else most


def _fits(text: str, longest: int) -> int:
    """How many of the first characters have at most so many units."""
    room = longest
    for n, char in enumerate(text):
        room -= 2 if ord(char) > 0xFFFF else 1
        if room < 0:
            return n
    return len(text)


def _apart(left: str, right: str) -> bool:
    """Whether two neighbours may be torn apart: not an accent from its letter, nor the pieces of an emoji."""
    return left != "\u200d" and right != "\u200d" and not unicodedata.category(right).startswith("M")


def _part(spans: list[Span], end: int) -> tuple[list[Span], list[Span]]:
    """Spans up to a character, and those after it. A person's name stays whole, on the side where it begins."""
    for n, span in enumerate(spans):
        length = len(shown(span))
        if end < length and not (isinstance(span, Mention) and n == 0):
            if isinstance(span, Mention):
                return spans[:n], spans[n:]
            left, right = shown(span)[:end], shown(span)[end:]
            return [*spans[:n], _same(span, left)], [_same(span, right), *spans[n + 1 :]]
        end -= min(end, length)
    return spans, []


def _same(span: str | Bold | Confide, text: str) -> Span:
    return text if isinstance(span, str) else replace(span, text=text)
