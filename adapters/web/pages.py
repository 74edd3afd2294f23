"""The pages of somebody who is in: their chats, and what they send from there."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import UTC, datetime, timedelta

from aiohttp import web
from sqlmodel import Session

from adapters.web import store
from adapters.web.entry import Entry, Visitor
from adapters.web.house import House
from adapters.web.screen import Panel, View
from adapters.web.store import WebEvent, WebMessage, WebPerson
from adapters.web.wording import LANGS, text
from core.messages import Answer

LONGEST = 4000
"""Characters of one thing said. A chain of names of a whole estate has about 2,000."""
SHOWN = 50
"""How many messages of a chat are on a page, unless more are asked for."""
SHOWN_MOST = 1600
NOTES = frozenset({"empty", "long", "not_last", "gone", "late"})
"""What a page itself may say about something sent, by the key of its words."""
UNSENT = frozenset({"empty", "long", "not_last"})
"""The notes after which the words shall stay in the box."""
SILENCE = Answer()


class Pages:
    """Handlers for one visitor's requests. Each begins by finding out who asks; what others may see is not found."""

    def __init__(self, house: House, entry: Entry) -> None:
        self._settings = house.settings
        self._database = house.database
        self._clock = house.clock
        self._letterbox = house.letterbox
        self._live = house.live
        self._screen = house.screen
        self._push = house.push
        self._entry = entry

    def routes(self) -> list[web.RouteDef]:
        base = "/as/{person}" if self._settings.playing else ""
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
        current = request.match_info.get("chat", self._settings.chats[0].id)
        self._check(visitor, current)
        now, person = self._clock.now(), visitor.person
        view = View(
            viewer=person,
            now=now,
            current=current,
            count=_number(request.query.get("n", ""), SHOWN, SHOWN_MOST),
            reply=request.query.get("reply", ""),
            edit=request.query.get("edit", ""),
        )
        event = _number(request.query.get("answer", ""), 0, 2**62)

        def work(session: Session) -> tuple[int, list[Panel], WebEvent | None]:
            panels = self._screen.panels(session, view)
            return store.last_change(session), panels, session.get(WebEvent, event) if event else None

        change, panels, answered = await self._database.read(work)
        await self._database.write(lambda session: store.read(session, current, person.id))
        page = self._screen.page(
            "chats.html",
            self._screen.lang(person),
            visitor=visitor,
            panels=panels,
            change=change,
            once=secrets.token_urlsafe(9),
            longest=LONGEST,
            langs=LANGS,
            toast=self._toast(visitor, answered, request.query.get("note", "")),
            clock=self._clock_words(person),
            steps=tuple(self._steps(now)) if self._push else (),
        )
        return web.Response(text=page, content_type="text/html")

    def _toast(self, visitor: Visitor, answered: WebEvent | None, note: str) -> Answer:
        """What to say first on a page: what the bot answered to the event its address names, or a note of our own."""
        if answered is not None and answered.person == visitor.person.id:
            return Answer(toast=answered.toast, alert=answered.alert)
        return Answer(toast=self._say(visitor, f"note.{note}"), alert=True) if note in NOTES else Answer()

    async def live(self, request: web.Request) -> web.StreamResponse:
        """The stream that keeps one window up to date."""
        visitor = await self._entry.visitor(request)
        person = visitor.person
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")

        def told(session: Session, row: WebMessage) -> dict[str, object]:
            html = ""
            if not row.removed:
                line = self._screen.lines(session, person, [row], self._clock.now())[0]
                html = self._screen.article(line, self._screen.lang(person), visitor.base, visitor.csrf)
            pin = self._screen.pin(session, person, row.chat)
            return {"id": row.id, "chat": row.chat, "mine": row.person == person.id, "html": html, "pin": pin}

        async def draw(row: WebMessage) -> dict[str, object] | None:
            if not self._settings.sees(person.id, row.chat):
                return None
            return await self._database.read(lambda session: told(session, row))

        change = _number(after, await self._database.read(store.last_change), 2**62)
        return await self._live.stream(request, person.id, change, draw, lambda: self._clock_words(person))

    # ------------------------------------------------------------ doing

    async def say(self, request: web.Request) -> web.Response:
        """Somebody said something, or changed the last thing they said."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        chat, words = fields.get("chat", ""), readable(fields.get("text", ""))
        self._check(visitor, chat)
        if not words:
            return self._noted(request, visitor, chat, "empty")
        if len(words) > LONGEST:
            return self._noted(request, visitor, chat, "long")
        keep = _edit if fields.get("edit") else _say
        event = WebEvent(
            kind="edited" if fields.get("edit") else "said",
            chat=chat,
            person=visitor.person.id,
            text=words,
            once=fields.get("once", "")[:40] or None,
            happened_at=self._clock.now(),
        )
        pointed = fields.get("edit") or fields.get("reply", "")
        dropped = await self._letterbox.drop(lambda session: keep(session, event, pointed))
        return await self._answered(request, visitor, chat, dropped, "not_last")

    async def press(self, request: web.Request) -> web.Response:
        """Somebody pressed a button under a message of the bot's. Whether it offered that action, the core knows."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        chat, action = fields.get("chat", ""), fields.get("action", "")
        self._check(visitor, chat)
        event = WebEvent(
            kind="pressed", chat=chat, person=visitor.person.id, action=action[:64], happened_at=self._clock.now()
        )

        def work(session: Session) -> int | None:
            row = store.message(session, chat, fields.get("message", ""))
            if row is None or row.person is not None:
                return None
            event.message = row.id
            return store.drop(session, event)

        dropped = await self._letterbox.drop(work)
        return await self._answered(request, visitor, chat, dropped, "gone")

    async def _answered(
        self, request: web.Request, visitor: Visitor, chat: str, id: int | None, otherwise: str
    ) -> web.Response:
        """Wait for the bot's answer to the event, and show it; without an event the note called `otherwise`."""
        if id is None:
            return self._noted(request, visitor, chat, otherwise)
        answer = await self._letterbox.answer(id)
        if answer is None:
            return self._noted(request, visitor, chat, "late")
        return self._back(request, visitor, chat, answer, f"?answer={id}")

    async def read(self, request: web.Request) -> web.Response:
        """Somebody has seen a chat up to its end."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        chat = fields.get("chat", "")
        self._check(visitor, chat)
        await self._database.write(lambda session: store.read(session, chat, visitor.person.id))
        return web.Response(status=204)

    async def lang(self, request: web.Request) -> web.Response:
        """Somebody chose the language of their pages and of what the bot says to them."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        if fields.get("lang") in LANGS:

            def work(session: Session) -> None:
                session.get_one(WebPerson, visitor.person.id).lang = fields["lang"]

            await self._database.write(work)
        return self._back(request, visitor, fields.get("chat", ""))

    async def clock(self, request: web.Request) -> web.Response:
        """Push the demo's clock forward."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        steps = self._steps(self._clock.now())
        if self._push is not None and fields.get("step") in steps:
            self._push(steps[fields["step"]])
            self._live.tick()
        return self._back(request, visitor, fields.get("chat", ""))

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

    def _noted(self, request: web.Request, visitor: Visitor, chat: str, note: str) -> web.Response:
        """Back to the page, with a line of our own."""
        said = Answer(toast=self._say(visitor, f"note.{note}"), alert=True)
        return self._back(request, visitor, chat, said, f"?note={note}", sent=note not in UNSENT)

    def _back(
        self,
        request: web.Request,
        visitor: Visitor,
        chat: str,
        said: Answer = SILENCE,
        query: str = "",
        *,
        sent: bool = True,
    ) -> web.Response:
        """To our script what to say; a browser without it is sent to the page again, which says it."""
        if request.headers.get("Accept") == "application/json":
            once = secrets.token_urlsafe(9)
            return web.json_response({"toast": said.toast, "alert": said.alert, "sent": sent, "once": once})
        here = chat if self._settings.sees(visitor.person.id, chat) else self._settings.chats[0].id
        raise web.HTTPSeeOther(f"{visitor.base}/chat/{here}{query}")

    def _say(self, visitor: Visitor, key: str) -> str:
        return text(self._screen.lang(visitor.person), key)

    def _clock_words(self, person: WebPerson) -> str:
        if not self._settings.playing:
            return ""
        lang = self._screen.lang(person)
        return text(lang, "demo.clock", clock=self._screen.clock(self._clock.now(), lang))


def _say(session: Session, event: WebEvent, answered: str) -> int:
    """Keep words and the event that they are; the earlier event if this form was sent before."""
    earlier = store.event_by_once(session, event.person, event.once) if event.once else None
    if earlier is not None and earlier.id is not None:
        return earlier.id
    row = store.message(session, event.chat, answered)
    event.reply_to = row.id if row else None
    event.message = store.say(session, event)
    return store.drop(session, event)


def _edit(session: Session, event: WebEvent, edited: str) -> int | None:
    """Change the last thing somebody said; None if what they wish to edit is not that."""
    earlier = store.event_by_once(session, event.person, event.once) if event.once else None
    if earlier is not None:
        return earlier.id
    row = store.own_last(session, event.chat, event.person)
    if row is None or str(row.id) != edited:
        return None
    store.change(session, row, text=[["text", event.text]])
    event.message = row.id
    return store.drop(session, event)


def _until(hour: int, local: datetime) -> timedelta:
    """How long it is until the clock next shows this hour."""
    then = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (then if then > local else then + timedelta(days=1)).astimezone(UTC) - local.astimezone(UTC)


def readable(words: str) -> str:
    """Typed words without what cannot be stored or seen: control characters, halves of characters, outer space."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def _number(words: str, otherwise: int, most: int) -> int:
    """A whole number from a stranger, bounded."""
    return min(int(words), most) if words.isascii() and words.isdecimal() and len(words) < 20 else otherwise
