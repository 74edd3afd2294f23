"""The pages of somebody who is in: their chats, and what they send from there."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from aiohttp import web
from sqlmodel import Session

from adapters.web import remind, store
from adapters.web.desk import waiting
from adapters.web.entry import Visitor
from adapters.web.ids import number, owner, private_chat
from adapters.web.letterbox import HeldUpError
from adapters.web.live import Told, Window
from adapters.web.part import Part
from adapters.web.people_pages import waits
from adapters.web.show import SHOWN, SHOWN_MOST, Panel, View
from adapters.web.store import WebEvent, WebMessage, WebPerson
from adapters.web.wording import LANGS, text
from core.confided import Confided
from core.messages import Answer

LONGEST = 4000
"""Characters of one thing said. A chain of names of a whole estate has about 2,000."""
WELCOME = "welcome"
NOTES = frozenset({"empty", "long", "not_last", "gone", "late", "no_picture", WELCOME})
"""What a page itself may say about something sent, by the key of its words."""
UNSENT = frozenset({"empty", "long", "not_last", "no_picture"})
"""The notes after which the words shall stay in the box."""
SILENCE = Answer()


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came in: who sent it, its fields, and whether our script did (which stays on the page)."""

    visitor: Visitor
    fields: dict[str, str]
    scripted: bool
    picture: bytes = b""  # sent along, of whatever kind it may be

    def get(self, name: str) -> str:
        """What stands in a field; '' where there is none."""
        return self.fields.get(name, "")

    @property
    def chat(self) -> str:
        return self.get("chat")

    @property
    def private(self) -> bool:
        return owner(self.chat) is not None


class Pages(Part):
    """Handlers for one visitor's requests. Each begins by finding out who asks; what others may see is not found."""

    def routes(self) -> list[web.RouteDef]:
        base = self._base
        routes = [
            web.get(f"{base}/", self.chats),
            web.get(f"{base}/chat/{{chat}}", self.chats),
            web.get(f"{base}/live", self.live),
            web.post(f"{base}/say", self.say),
            web.post(f"{base}/press", self.press),
            web.post(f"{base}/read", self.read),
            web.post(f"{base}/lang", self.lang),
        ]
        if self._settings.playing and self._push is not None:
            routes.append(web.post(f"{base}/clock", self.clock))
        return routes

    # ------------------------------------------------------------ looking

    async def chats(self, request: web.Request) -> web.Response:
        """All chats of a person; one of them is current: the only one seen on a small screen."""
        visitor = await self._entry.visitor(request)
        named = request.match_info.get("chat")
        current = named or self._settings.chats[0].id
        self._check(visitor, current)
        looks = named is None and self._cards.heres is not None
        now, person = self._clock.now(), visitor.person
        view, at = self._view(request, visitor, current), number(request.query.get("at", ""))
        event = number(request.query.get("answer", ""))

        def work(session: Session) -> tuple[int, list[Panel], WebEvent | None, dict[str, Any]]:
            placed = replace(view, before=store.page_of(session, current, at, SHOWN)) if at else view
            panels = self._screen.panels(session, placed)
            cards = None
            if self._cards.heres is not None:
                cards = self._cards.of(session, person, self._screen.lang(person), now)
            answered = session.get(WebEvent, event) if event else None
            asked = remind.asked(session, visitor, self._unseen.key) if cards is not None else None
            desk = waiting(session, self._cards.heres, person, now)
            facts = {"cards": cards, "desk": desk, "remind": asked, "knocking": waits(self._house, session, person)}
            return store.last_change(session), panels, answered, facts

        self._unseen.looked(person.id)
        async with self._door.turn(person.id):
            change, panels, answered, facts = await self._database.read(work)
        if looks:
            panels = [replace(panel, current=False) for panel in panels]
        page = self._screen.page(
            "chats.html",
            self._screen.lang(person),
            visitor=visitor,
            panels=panels,
            **facts,
            view="now" if looks else "",
            chat=current,
            base=visitor.base,
            csrf=visitor.csrf,
            change=change,
            once=secrets.token_urlsafe(9),
            longest=LONGEST,
            langs=LANGS,
            toast=self._toast(visitor, answered, request.query.get("note", "")),
            clock=self._clock_words(person),
            steps=tuple(self._steps(now)) if self._push else (),
        )
        return web.Response(text=page, content_type="text/html")

    def _view(self, request: web.Request, visitor: Visitor, current: str) -> View:
        """What the address asks to see."""
        asked = request.query
        before = number(asked.get("before", ""))
        return View(
            viewer=visitor.person,
            now=self._clock.now(),
            current=current,
            count=number(asked.get("n", ""), SHOWN_MOST if before else SHOWN, SHOWN_MOST) or SHOWN,
            before=before,
            reply=asked.get("reply", ""),
            edit=asked.get("edit", ""),
            base=visitor.base,
        )

    def _toast(self, visitor: Visitor, answered: WebEvent | None, note: str) -> Answer:
        """What to say first on a page: what the bot answered to the event its address names, or a note of our own."""
        if answered is not None and answered.person == visitor.person.id:
            return Answer(toast=answered.toast, alert=answered.alert)
        return Answer(toast=self._say(visitor, f"note.{note}"), alert=note != WELCOME) if note in NOTES else Answer()

    async def live(self, request: web.Request) -> web.StreamResponse:
        """The stream that keeps one window up to date."""
        visitor = await self._entry.visitor(request)
        person = visitor.person
        if self._live.crowded(person.id):
            raise web.HTTPTooManyRequests(text="There are too many open windows.\n")
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")

        view = View(person, self._clock.now(), "", 0, base=visitor.base)

        def told(session: Session, row: WebMessage) -> dict[str, object]:
            html = ""
            if not row.removed:
                line = self._screen.lines(session, person, [row], self._clock.now())[0]
                html = self._screen.article(line, self._screen.lang(person), visitor.base, visitor.csrf)
            pin = self._screen.pin(session, replace(view, now=self._clock.now()), row.chat, row.change)
            return {"id": row.id, "chat": row.chat, "mine": row.person == person.id, "html": html, "pin": pin}

        def all_told(session: Session, rows: Sequence[WebMessage]) -> list[Told]:
            if not self._entry.still_in(session, request, visitor):
                return []
            return [(row.change, told(session, row)) for row in rows]

        async def draw(rows: Sequence[WebMessage]) -> list[Told]:
            seen = [row for row in rows if self._settings.sees(person.id, row.chat)]
            return await self._database.read(lambda session: all_told(session, seen)) if seen else []

        def missed(session: Session, after: int, count: int) -> Sequence[WebMessage]:
            return store.newest_changes(session, after, self._settings.seen_by(person.id), count)

        change = number(after, await self._database.read(store.last_change), 2**62)
        window = Window(person.id, missed, draw, lambda: self._clock_words(person))
        return await self._live.stream(request, change, window)

    # ------------------------------------------------------------ doing

    async def _sent(self, request: web.Request) -> Sent:
        """The form that this request sends, from somebody who is in and about a chat they see."""
        visitor = await self._entry.visitor(request)
        fields, picture = await self._entry.form_with_picture(request, visitor.csrf)
        self._check(visitor, fields.get("chat", ""))
        scripted = request.headers.get("Accept") == "application/json"
        return Sent(visitor, fields, scripted=scripted, picture=picture)

    async def say(self, request: web.Request) -> web.Response:
        """Somebody said something, or changed the last thing they said."""
        sent = await self._sent(request)
        words, edited = readable(sent.get("text")), sent.get("edit")
        picture = ""
        if sent.picture and not edited:
            picture = await asyncio.to_thread(self._database.shelf.keep, sent.picture)
            if not picture:
                return self._noted(sent, "no_picture")
        if not words and not picture:
            return self._noted(sent, "empty")
        if len(words) > LONGEST:
            return self._noted(sent, "long")
        event = WebEvent(
            kind="edited" if edited else "said",
            chat=sent.chat,
            person=sent.visitor.person.id,
            text="" if sent.private else words,
            confided=Confided(words if sent.private else ""),
            picture=picture,
            once=sent.get("once")[:40] or None,
            happened_at=self._clock.now(),
        )
        pointed = edited or sent.get("reply")
        try:
            dropped = await self._letterbox.drop(lambda session: _keep(session, event, pointed))
        except HeldUpError:
            return self._noted(sent, "busy")
        return await self._answered(sent, dropped, "not_last")

    async def press(self, request: web.Request) -> web.Response:
        """Somebody pressed a button under a message of the bot's. Whether it offered that action, the core knows."""
        sent = await self._sent(request)
        event = WebEvent(
            kind="pressed",
            chat=sent.chat,
            person=sent.visitor.person.id,
            action=sent.get("action")[:64],
            happened_at=self._clock.now(),
        )

        def work(session: Session) -> int | None:
            row = store.message(session, sent.chat, sent.get("message"))
            if row is None or row.person is not None:
                return None
            event.message = row.id
            store.read(session, sent.chat, sent.visitor.person.id)
            return store.drop(session, event)

        try:
            dropped = await self._letterbox.drop(work)
        except HeldUpError:
            return self._noted(sent, "busy")
        return await self._answered(sent, dropped, "gone")

    async def _answered(self, sent: Sent, dropped: int | None, otherwise: str) -> web.Response:
        """Wait for the bot's answer to the event, and show it; without an event the note called `otherwise`."""
        if dropped is None:
            return self._noted(sent, otherwise)
        answer = await self._letterbox.answer(dropped)
        if answer is None:
            return self._noted(sent, "late")
        return self._back(sent, answer, f"?answer={dropped}")

    async def read(self, request: web.Request) -> web.Response:
        """Somebody has seen a chat up to its end: our script says so; who has none presses for what is new."""
        sent = await self._sent(request)
        person = sent.visitor.person.id
        if await self._database.read(lambda session: store.unread(session, sent.chat, person)):
            await self._database.write(lambda session: store.read(session, sent.chat, person))
        return self._back(sent) if sent.get("back") else web.Response(status=204)

    async def lang(self, request: web.Request) -> web.Response:
        """Somebody chose the language of their pages and of what the bot says to them."""
        sent = await self._sent(request)
        chosen = sent.get("lang")

        person = sent.visitor.person.id

        def work(session: Session) -> None:
            session.get_one(WebPerson, person).lang = chosen
            own = private_chat(person).id
            store.drop(session, WebEvent(kind="spoken", chat=own, person=person, happened_at=self._clock.now()))

        if chosen in LANGS:
            await self._letterbox.drop(work)
        return self._back(sent)

    async def clock(self, request: web.Request) -> web.Response:
        """Push the demo's clock forward."""
        sent = await self._sent(request)
        step = self._steps(self._clock.now()).get(sent.get("step"))
        if self._push is not None and step is not None:
            await self._push(step)
            self._live.tick()
        return self._back(sent)

    def _steps(self, now: datetime) -> dict[str, timedelta]:
        """How far the clock may be pushed, by the key of each button's words."""
        local = now.astimezone(self._settings.clock_zone)
        return {
            "hour": timedelta(hours=1),
            "evening": _until(19, local),
            "morning": _until(8, local),
            "day": timedelta(days=1),
        }

    # ------------------------------------------------------------ answering

    def _check(self, visitor: Visitor, chat: str) -> None:
        if not self._settings.sees(visitor.person.id, chat):
            raise web.HTTPNotFound(text="There is no such chat here.\n")

    def _noted(self, sent: Sent, note: str) -> web.Response:
        """Back to the page, with a line of our own."""
        said = Answer(toast=self._say(sent.visitor, f"note.{note}"), alert=True)
        return self._back(sent, said, f"?note={note}", kept=note not in UNSENT)

    def _back(self, sent: Sent, said: Answer = SILENCE, query: str = "", *, kept: bool = True) -> web.Response:
        """To our script what to say; a browser without it is sent to the page again, which says it."""
        if sent.scripted:
            once = secrets.token_urlsafe(9)
            return web.json_response({"toast": said.toast, "alert": said.alert, "sent": kept, "once": once})
        there = "/" if sent.get("view") == "now" else f"/chat/{quote(sent.chat, safe='')}"
        raise web.HTTPSeeOther(f"{sent.visitor.base}{there}{query}")

    def _say(self, visitor: Visitor, key: str) -> str:
        return text(self._screen.lang(visitor.person), key)

    def _clock_words(self, person: WebPerson) -> str:
        if not self._settings.playing:
            return ""
        lang = self._screen.lang(person)
        return text(lang, "demo.clock", clock=self._screen.clock(self._clock.now(), lang))


def _keep(session: Session, event: WebEvent, pointed: str) -> int | None:
    """Keep words, and the event of their being said or edited; the earlier event if this form was sent before.

    `pointed` is the message that the words answer, or the one that they replace. None: that is not their last one.
    """
    earlier = store.event_by_once(session, event.person, event.once) if event.once else None
    if earlier is not None:
        return earlier.id
    if event.kind == "said":
        answered = store.message(session, event.chat, pointed)
        event.reply_to = answered.id if answered else None
        event.message = store.say(session, event)
        store.read(session, event.chat, event.person)
        return store.drop(session, event)
    store.read(session, event.chat, event.person)
    own = store.own_last(session, event.chat, event.person)
    if own is None or str(own.id) != pointed:
        return None
    store.change(session, own, text=[["text", store.words(event)]])
    event.message = own.id
    return store.drop(session, event)


def _until(hour: int, local: datetime) -> timedelta:
    """How long it is until the clock next shows this hour."""
    then = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (then if then > local else then + timedelta(days=1)).astimezone(UTC) - local.astimezone(UTC)


def readable(words: str) -> str:
    """Typed words without what cannot be stored or seen: control characters, halves of characters, outer space."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
