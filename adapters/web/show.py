"""What one person sees: their chats and messages as plain values, and the templates that make pages of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote as quote_url
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from adapters.web import store
from adapters.web.cards import Cards, Strip
from adapters.web.folding import Folded, folded, names_of
from adapters.web.ids import NETWORK, owner, private_chat
from adapters.web.settings import WebSettings
from adapters.web.spans import file_of, to_message
from adapters.web.store import WebMessage, WebPerson
from adapters.web.wording import text
from core.drawing.values import DRAWN
from core.messages import Action, Bold, Chat, Confide, Mention, Span, words
from core.shelf import Shelf

HERE = Path(__file__).parent
SHOWN = 50
"""How many messages of a chat are on a page, unless more are asked for."""
SHOWN_MOST = 200
"""How many are on any page. What is earlier is a page of its own."""
TONES = 6
"""How many colours of avatars there are."""
EXCERPT = 36
"""Characters of a message that are repeated above an answer to it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one answers."""

    id: int
    name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The strip above a chat's talk, and where it leads."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Line:
    """One message, as one person sees it."""

    id: int
    chat: str
    name: str
    bot: bool
    mine: bool
    tone: int
    said_at: datetime
    when: str
    said: Folded
    actions: tuple[Action, ...]
    picture: str  # the key of what it is called: 'picture', or 'drawn' where the words say all that is on it
    file: str  # the name of one that can be fetched
    quote: Quote | None
    mark: str
    edited: bool
    editable: bool
    plain: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One chat, as one person sees it."""

    id: str
    title: str
    private: bool
    current: bool
    unread: int
    lines: tuple[Line, ...]
    more: str  # what to ask for to see earlier ones; '' when there are none
    past: bool  # whether there are newer ones on another page
    pin: Pin | None
    answering: Quote | None
    editing: Line | None


def environment() -> Environment:
    """Templates that escape everything. No other place makes HTML."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["initial"] = lambda name: next((letter for letter in name if letter.isalnum()), "·")
    made.filters["tone"] = tone
    return made


def tone(person: str) -> int:
    """The colour of this person's avatar, the same on every page."""
    return (crc32(person.encode()) >> 8) % TONES


@dataclass(frozen=True, slots=True)
class View:
    """What a person looks at: the current chat, how many messages of each, and perhaps one to answer or to edit."""

    viewer: WebPerson
    now: datetime
    current: str
    count: int
    before: int = 0  # of the current chat show what was said before this message; 0: the newest
    reply: str = ""
    edit: str = ""
    base: str = ""  # where this person's pages begin


class Screen:
    """Draws pages and single messages for one person. The methods that take a session only read."""

    def __init__(self, settings: WebSettings, cards: Cards, shelf: Shelf) -> None:
        self._settings = settings
        self._shelf = shelf
        self._cards = cards
        self._strips: dict[tuple[str, str], tuple[tuple[int, datetime], Strip | None]] = {}
        self._templates = environment()

    def lang(self, person: WebPerson | None) -> str:
        return (person.lang if person else None) or self._settings.lang

    def page(self, template: str, lang: str, **facts: Any) -> str:
        """A whole page."""
        return self._templates.get_template(template).render(
            t=partial(text, lang), lang=lang, settings=self._settings, playing=self._settings.playing, **facts
        )

    def article(self, line: Line, lang: str, base: str, csrf: str) -> str:
        """One message, as it stands on a page."""
        return self.page("line.html", lang, line=line, base=base, csrf=csrf).strip()

    def panels(self, session: Session, view: View) -> list[Panel]:
        """All chats of a person."""
        chats = (*self._settings.chats, private_chat(view.viewer.id))
        return [self._panel(session, chat, view) for chat in chats]

    def _panel(self, session: Session, chat: Chat, view: View) -> Panel:
        viewer, current = view.viewer, chat.id == view.current
        count, before = (view.count, view.before) if current else (min(view.count, SHOWN), 0)
        rows = store.latest(session, chat.id, count + 1, before)
        earlier, rows = len(rows) > count, rows[-count:]
        answered = store.message(session, chat.id, view.reply) if current else None
        own = store.own_last(session, chat.id, viewer.id) if current and view.edit else None
        edited = own if own is not None and str(own.id) == view.edit else None
        return Panel(
            id=chat.id,
            title=text(self.lang(viewer), "chat.private") if chat.private else chat.name,
            private=chat.private,
            current=current,
            unread=0 if current else store.unread(session, chat.id, viewer.id),
            lines=tuple(self.lines(session, viewer, rows, view.now)),
            more=_more(rows, count, paged=bool(before)) if earlier else "",
            past=bool(before),
            pin=self._pin(session, view, chat.id, store.last_change(session)),
            answering=self._quote(session, viewer, answered),
            editing=self.lines(session, viewer, [edited], view.now)[0] if edited else None,
        )

    def pin(self, session: Session, view: View, chat: str, change: int) -> str:
        """The strip above a chat's talk, as it stands on a page; hidden where there is nothing to show."""
        pin = self._pin(session, view, chat, change)
        return self.page("pin.html", self.lang(view.viewer), pin=pin).strip()

    def _pin(self, session: Session, view: View, chat: str, change: int) -> Pin | None:
        """What is open in a group. `change`: as of which change; it is looked up once a minute for all windows of a
        language, for what is over leaves it by itself.
        """
        if self._cards.heres is None or owner(chat) is not None:
            quote = self._quote(session, view.viewer, store.pinned(session, chat))
            return None if quote is None else Pin(quote.excerpt, f"#m{quote.id}")
        lang = self.lang(view.viewer)
        known = self._strips.get((chat, lang))
        as_of = (change, view.now.replace(second=0, microsecond=0))
        if known is None or known[0] != as_of:
            known = self._strips[chat, lang] = (as_of, self._cards.strip(session, chat, lang, view.now))
        strip = known[1]
        if strip is None:
            return None
        there = f"/chat/{quote_url(strip.chat, safe='')}?at={strip.message}#m{strip.message}" if strip.message else "/"
        return Pin(strip.words, f"{view.base}{there}")

    def lines(self, session: Session, viewer: WebPerson, rows: Sequence[WebMessage], now: datetime) -> list[Line]:
        """These messages of one chat, as `viewer` sees them."""
        if not rows:
            return []
        own = store.own_last(session, rows[0].chat, viewer.id)
        return [self._line(session, viewer, row, now, editable=own is not None and own.id == row.id) for row in rows]

    def _line(self, session: Session, viewer: WebPerson, row: WebMessage, now: datetime, *, editable: bool) -> Line:
        said = self._said(row, viewer)
        message, file = to_message(said, row.actions), file_of(said)
        answered = session.get(WebMessage, row.reply_to) if row.reply_to else None
        return Line(
            id=row.id or 0,
            chat=row.chat,
            name=self._name(session, viewer, row),
            bot=row.person is None,
            mine=row.person == viewer.id,
            tone=tone(row.person or ""),
            said_at=row.said_at,
            when=self.when(row.said_at, now, self.lang(viewer)),
            said=self._folded(session, viewer, row, tuple(_span(span, viewer) for span in message.text)),
            actions=message.actions,
            picture=self._pictured(row),
            file="" if file is None else file.name,
            quote=self._quote(session, viewer, answered),
            mark=row.mark,
            edited=row.edited,
            editable=editable,
            plain=message.plain(),
        )

    def _pictured(self, row: WebMessage) -> str:
        if not row.picture.startswith(DRAWN):
            return "picture" if row.picture else ""
        return "drawn" if self._shelf.has(row.picture) else ""  # after a month only the words are left

    def _folded(
        self, session: Session, viewer: WebPerson, row: WebMessage, spans: tuple[tuple[str, str], ...]
    ) -> Folded:
        """What the bot says to a group knows its reader, and is no longer than one can look over."""
        if row.person is not None or owner(row.chat) is not None:
            return Folded(spans)
        return folded(spans, names_of(session, viewer.id))

    def _name(self, session: Session, viewer: WebPerson, row: WebMessage) -> str:
        if row.person is None:
            return text(self.lang(viewer), "bot.name")
        person = session.get(WebPerson, row.person)
        return person.name if person and person.name.strip() else text(self.lang(viewer), "nobody.name")

    def _said(self, row: WebMessage, viewer: WebPerson) -> list[Any]:
        said = store.said(row)
        return [["text", text(self.lang(viewer), "line.lost")]] if said is None else said

    def _quote(self, session: Session, viewer: WebPerson, row: WebMessage | None) -> Quote | None:
        if row is None or row.removed:
            return None
        plain = " ".join(to_message(self._said(row, viewer), []).plain().split())
        excerpt = plain if len(plain) <= EXCERPT else plain[: EXCERPT - 1] + "…"
        return Quote(row.id or 0, self._name(session, viewer, row), excerpt)

    def when(self, moment: datetime, now: datetime, lang: str) -> str:
        """A time of the last days as weekday and time, an older one with its date."""
        local = moment.astimezone(self._settings.clock_zone)
        key = "when.week" if timedelta() <= now - moment < timedelta(days=6) else "when.date"
        return self._time(key, local, lang)

    def clock(self, now: datetime, lang: str) -> str:
        """The demo's clock in words."""
        return self._time("when.clock", now.astimezone(self._settings.clock_zone), lang)

    def _time(self, key: str, local: datetime, lang: str) -> str:
        return text(
            lang,
            key,
            weekday=text(lang, f"weekday.d{local.isoweekday()}"),
            month=local.month,
            monthname=text(lang, f"month.m{local.month}"),
            day=local.day,
            time=f"{local:%H:%M}",
        )


def _more(rows: Sequence[WebMessage], count: int, *, paged: bool) -> str:
    """What to ask for to see earlier messages than these: more on this page, or the page before."""
    return f"before={rows[0].id}" if paged or count >= SHOWN_MOST else f"n={min(count * 2, SHOWN_MOST)}"


def _span(span: Span, viewer: WebPerson) -> tuple[str, str]:
    """A span as its CSS class and its words."""
    match span:
        case Bold():
            return "bold", words(span)
        case Confide():
            return "confide", words(span)
        case Mention(person):
            me = person.network == NETWORK and person.id == viewer.id
            return "mention me" if me else "mention", words(span)
        case str():
            return "", words(span)
