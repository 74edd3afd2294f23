"""Who is at the door: in the demo whoever one says one is, otherwise whoever holds a personal link."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from sqlmodel import Session

from adapters.web import store
from adapters.web.door import PERSON
from adapters.web.guard import REMEMBERED, Guesses, digest, same, sign
from adapters.web.hear import arrivals
from adapters.web.house import House
from adapters.web.letterbox import HeldUpError
from adapters.web.store import WebPerson, WebSession
from adapters.web.wording import preferred
from core.words.clean import tidy_name

log = logging.getLogger(__name__)
security = logging.getLogger("xiaobandeng.security")

RENEWAL = web.RequestKey("renewal", str)
"""Where a request says that its session was renewed: the token of its cookie."""

NEIGHBOURS = {
    "yang": ("杨老师", True),
    "li": ("李阿姨", False),
    "chen": ("陈伯", False),
    "wang-bo": ("王伯", False),
    "zhang-laoshi": ("张老师", False),
    "wang-ayi": ("王阿姨", False),
}
"""The made-up people of the demo: id, name, whether a coordinator."""
PICTURE, SLOWER = 20 * 2**20, 6
"""Bytes of a form with a picture, and how much longer than another it may take to arrive."""
CROWD = 40
"""How many people a demo may hold: whoever reaches its page may add some."""
RENEWED = timedelta(days=1)
"""How often using the page renews that: a row written at each press would cost more than it is worth."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is in: where their pages begin, what their forms are signed with, and by which session (the hash of
    its cookie; '' in the demo).
    """

    person: WebPerson
    base: str
    csrf: str
    session: str = ""


class Entry:
    """The door: finds out who asks, shows the page on which one says who one is, lets people in and out."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._settings = house.settings
        self._database = house.database
        self._letterbox = house.letterbox
        self._screen = house.screen
        self._secret = house.secret
        safe = house.settings.public_url.startswith("https://")
        self._cookie = "__Host-stool" if safe else "stool"
        self._safe = safe
        self._guesses = Guesses()
        self._door = house.door

    def routes(self) -> list[web.RouteDef]:
        if self._settings.playing:
            return [web.get("/", self.who), web.post("/as", self.newcomer)]
        return [
            web.get("/enter/{token}", self.knock),
            web.post("/enter/{token}", self.enter),
            web.post("/leave", self.leave),
        ]

    # ------------------------------------------------------------ who asks

    async def visitor(self, request: web.Request) -> Visitor:
        """Who asks. Raises HTTPUnauthorized (a kind page) for nobody, HTTPNotFound for nobody of that name.

        And HTTPTooManyRequests for somebody who asks for very much at once.
        """
        visitor = await self._recognised(request)
        if not self._door.asks(request, visitor.person.id):
            security.info("somebody asks for too much at once")
            raise web.HTTPTooManyRequests(text=self.note(request, "many"), content_type="text/html")
        return visitor

    async def _recognised(self, request: web.Request) -> Visitor:
        if self._settings.playing:
            return await self._player(request)
        token = request.cookies.get(self._cookie, "")
        found = await self._database.read(lambda session: store.session_by_cookie(session, digest(token), self.since))
        if not token or found is None:
            if token:
                security.info("a session that is none, or none any more, was refused")
            raise web.HTTPUnauthorized(text=self.note(request, "outside"), content_type="text/html")
        begun, person = found
        if request.method == "POST" and begun.began_at < self._house.clock.now() - RENEWED:  # looking changes nothing
            await self._database.write(
                lambda session: store.renew_session(session, begun.cookie, self._house.clock.now())
            )
            request[RENEWAL] = token
        return Visitor(person, "", sign(token, "form"), begun.cookie)

    def _keep(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let the browser keep a renewed session's cookie as long as we do."""
        if token := request.get(RENEWAL):
            self._give(response, token)

    def _give(self, response: web.StreamResponse, token: str) -> None:
        response.set_cookie(
            self._cookie,
            token,
            max_age=int(REMEMBERED.total_seconds()),
            secure=self._safe,
            httponly=True,
            samesite="Lax",
        )

    async def _player(self, request: web.Request) -> Visitor:
        id = request.match_info["person"]
        person = await self._database.read(lambda session: session.get(WebPerson, id))
        if person is None or person.gone or person.link is not None:  # somebody real is nobody's to play
            raise web.HTTPNotFound(text=self.note(request, "nobody"), content_type="text/html")
        return Visitor(person, f"/as/{person.id}", sign(self._secret, f"form {person.id}"))

    @property
    def since(self) -> datetime:
        """Sessions that were begun or renewed later than this are good."""
        return self._house.clock.now() - REMEMBERED

    async def form(self, request: web.Request, csrf: str) -> dict[str, str]:
        """The fields of a form that our own page sent. Raises HTTPForbidden for any other, HTTPRequestTimeout for one
        that does not come to its end.
        """
        return (await self._posted(request, csrf, self._door.patience.form))[0]

    async def form_with_picture(self, request: web.Request, csrf: str) -> tuple[dict[str, str], bytes]:
        """Likewise of somebody who is in, with what stands in its field `picture`; b'' for nothing.

        A picture may be large and the line slow. Whoever sends several at once waits for their own.
        """
        if request.content_type != "multipart/form-data":
            return await self.form(request, csrf), b""
        async with self._door.turn(f"picture {request.get(PERSON, '')}"):
            large = request.clone(client_max_size=PICTURE)
            return await self._posted(large, csrf, self._door.patience.form * SLOWER)

    async def _posted(self, request: web.Request, csrf: str, seconds: float) -> tuple[dict[str, str], bytes]:
        try:
            async with asyncio.timeout(seconds):
                posted = await request.post()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text=self.note(request, "slow"), content_type="text/html") from None
        fields = {name: value for name, value in posted.items() if isinstance(value, str)}
        if not same(fields.get("csrf", ""), csrf):
            security.info("a form that is not of our own page was refused")
            raise web.HTTPForbidden(text=self.note(request, "stale"), content_type="text/html")
        picture = posted.get("picture")
        if not isinstance(picture, web.FileField):
            return fields, b""
        with picture.file as file:
            return fields, file.read()

    def still_in(self, session: Session, request: web.Request, visitor: Visitor) -> bool:
        """Whether somebody with an open window is still in: they may have left meanwhile, or been dismissed."""
        if self._settings.playing:
            person = session.get(WebPerson, visitor.person.id)
            return person is not None and not person.gone
        return store.session_by_cookie(session, self.session_of(request), self.since) is not None

    def session_of(self, request: web.Request) -> str:
        """The session of who asks, as it is kept."""
        return digest(request.cookies.get(self._cookie, ""))

    @property
    def kindly(self) -> Middleware:
        """Middleware that answers a defect, or a disk that is full, with a kind page, and names no data in the log."""

        @web.middleware
        async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                response = await handler(request)
            except web.HTTPException as said:
                self._keep(request, said)
                raise
            except ConnectionError:
                raise
            except HeldUpError:
                return web.Response(status=503, text=self.note(request, "busy"), content_type="text/html")
            except Exception as trouble:  # noqa: BLE001 - the person must not see it, and the log must not tell of them
                log.error("request failed", extra={"why": type(trouble).__name__})  # noqa: TRY400 - its text has data
                return web.Response(status=503, text=self.note(request, "trouble"), content_type="text/html")
            self._keep(request, response)
            return response

        return answer

    def note(self, request: web.Request, key: str) -> str:
        """A page that says one sentence."""
        return self._screen.page("note.html", self.asked(request), note=key)

    def asked(self, request: web.Request) -> str:
        """The language of the door: what the browser asks for, where we speak it; else that of the community."""
        return preferred(request.headers.get("Accept-Language", "")) or self._settings.lang

    # ------------------------------------------------------------ the demo

    async def settle(self) -> None:
        """Let the demo's neighbours live here, if they do not yet."""

        def work(session: Session) -> None:
            for key, (name, coordinator) in NEIGHBOURS.items():
                if session.get(WebPerson, key) is None:
                    person = WebPerson(id=key, name=name, coordinator=coordinator, added_at=self._house.clock.now())
                    self._arrive(session, person)

        await self._letterbox.drop(work)

    def _arrive(self, session: Session, person: WebPerson) -> None:
        """Let the bot know of this person, once; with a coordinator, of everybody else again.

        A group is the community's from the moment somebody entitled is in it: who came earlier was not heard.
        """
        if person.arrived:
            return
        earlier = store.residents(session) if person.coordinator else ()
        person.arrived = True
        session.add(person)
        session.flush()
        for one in (person, *earlier):
            session.add_all(arrivals(self._settings, one, self._house.clock.now()))
        session.flush()

    async def who(self, request: web.Request) -> web.Response:
        """The page that asks who one is."""
        people = await self._database.read(store.players)
        csrf = sign(self._secret, "newcomer")
        page = self._screen.page("who.html", self.asked(request), people=people, csrf=csrf, room=len(people) < CROWD)
        return web.Response(text=page, content_type="text/html")

    async def newcomer(self, request: web.Request) -> web.Response:
        """Somebody comes to live in the demo under a name of their own."""
        fields = await self.form(request, sign(self._secret, "newcomer"))
        name = tidy_name(fields.get("name", ""))
        key = secrets.token_hex(4)

        def work(session: Session) -> None:
            if name and len(store.players(session)) < CROWD:
                self._arrive(session, WebPerson(id=key, name=name, added_at=self._house.clock.now()))

        await self._letterbox.drop(work)
        raise web.HTTPSeeOther(f"/as/{key}/" if name else "/")

    # ------------------------------------------------------------ personal links

    async def _holder(self, request: web.Request) -> tuple[str, WebPerson]:
        token = request.match_info["token"]
        person = await self._database.read(lambda session: store.person_by_link(session, digest(token)))
        if person is None:
            security.info("a personal link that is none was tried")
            await self.no_link(request)
        return token, person

    async def no_link(self, request: web.Request) -> NoReturn:
        """Refuse what opens nothing. Whoever guesses waits for it."""
        if not await self._guesses.slowed():
            raise web.HTTPTooManyRequests(text=self.note(request, "link"), content_type="text/html")
        raise web.HTTPNotFound(text=self.note(request, "link"), content_type="text/html")

    async def knock(self, request: web.Request) -> web.Response:
        """Ask whoever opens a personal link whether to enter. Looking changes nothing: messengers look at links too."""
        token, person = await self._holder(request)
        page = self._screen.page(
            "enter.html", person.lang or self.asked(request), person=person, csrf=sign(self._secret, f"enter {token}")
        )
        return web.Response(text=page, content_type="text/html")

    async def enter(self, request: web.Request) -> web.Response:
        """Begin a session for the holder of a personal link."""
        token, person = await self._holder(request)
        await self.form(request, sign(self._secret, f"enter {token}"))
        security.info("somebody came in by a personal link")
        raise await self.let_in(person.id)

    async def let_in(self, id: str, also: Callable[[Session], None] | None = None) -> web.HTTPSeeOther:
        """Begin a session for this person, and do `also` in the same transaction; return what leads them in."""
        cookie = secrets.token_urlsafe(32)

        def work(session: Session) -> bool:
            store.forget_sessions(session, self.since)
            session.add(WebSession(cookie=digest(cookie), person=id, began_at=self._house.clock.now()))
            person = session.get_one(WebPerson, id)
            new = not person.arrived
            self._arrive(session, person)
            if also is not None:
                also(session)
            return new

        new = await self._letterbox.drop(work)
        response = web.HTTPSeeOther("/?note=welcome" if new else "/")
        self._give(response, cookie)
        return response

    async def leave(self, request: web.Request) -> web.Response:
        """End this browser's session."""
        visitor = await self.visitor(request)
        await self.form(request, visitor.csrf)
        cookie = self.session_of(request)
        await self._database.write(lambda session: store.end_session(session, cookie))
        security.info("somebody ended their session")
        response = web.HTTPSeeOther("/")
        request.pop(RENEWAL, None)
        response.del_cookie(self._cookie, secure=self._safe, httponly=True, samesite="Lax")
        raise response
