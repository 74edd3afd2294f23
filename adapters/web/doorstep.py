"""The group's link: who opens it says who they are, and waits until somebody who knows them has said so too."""

from __future__ import annotations

import logging
import secrets

from aiohttp import web
from sqlmodel import Session

from adapters.web import knocks
from adapters.web.acting import of_page
from adapters.web.entry import Entry
from adapters.web.guard import digest, same, sign
from adapters.web.house import House
from adapters.web.knocks import WebKnock
from adapters.web.part import Part
from adapters.web.store import WebPerson
from core.deeds.doorway import knocked
from core.words.clean import tidy_name
from core.work import Work

security = logging.getLogger("xiaobandeng.security")


class Doorstep(Part):
    """Handlers for people who are not in yet. The group's link opens nothing by itself: it only lets one ask."""

    def __init__(self, house: House, entry: Entry) -> None:
        super().__init__(house, entry)
        safe = house.settings.public_url.startswith("https://")
        self._cookie = "__Host-waits" if safe else "waits"
        self._safe = safe

    def routes(self) -> list[web.RouteDef]:
        if self._house.settings.playing:
            return []
        return [
            web.get("/join/{token}", self.look),
            web.post("/join/{token}", self.ask),
            web.get("/wait", self.wait),
            web.post("/wait", self.come),
        ]

    # ------------------------------------------------------------ asking to be let in

    async def look(self, request: web.Request) -> web.Response:
        """What one is asked. Looking changes nothing: messengers look at links too."""
        token = await self._opens(request)
        row = await self._held(request)
        if row is not None and not row.refused:
            raise web.HTTPSeeOther("/wait")
        return self._form(request, token)

    async def ask(self, request: web.Request) -> web.Response:
        """Somebody says who they are, and waits from here on."""
        token = await self._opens(request)
        fields = await self._entry.form(request, self._csrf(token))
        name, building = (tidy_name(fields.get(field, "")) for field in ("name", "building"))
        if not name or not building:
            return self._form(request, token, name, building, missing=True)
        browser = request.cookies.get(self._cookie, "") or secrets.token_urlsafe(32)
        now, heres = self._house.clock.now(), self._house.cards.heres

        def work(session: Session) -> bool:
            if knocks.knock(session, digest(browser), name, building, now) is None:
                return False
            for here in () if heres is None else of_page(heres, self._house.settings):
                knocked(Work(session, here, now))
            return True

        if not await self._house.letterbox.drop(work):
            security.info("more ask to be let in than can be asked about")
            raise web.HTTPTooManyRequests(text=self._entry.note(request, "crowd"), content_type="text/html")
        security.info("somebody asks to be let in")
        self._house.touched()
        response = web.HTTPSeeOther("/wait")
        seconds = int(knocks.KEPT.total_seconds())
        response.set_cookie(self._cookie, browser, max_age=seconds, secure=self._safe, httponly=True, samesite="Lax")
        raise response

    async def _opens(self, request: web.Request) -> str:
        """The end of the group's link, which this is; whoever guesses waits."""
        token = request.match_info["token"]
        if not same(token, await self._database.read(knocks.group_link)):
            security.info("a group's link that is none was tried")
            await self._entry.no_link(request)
        return token

    def _csrf(self, token: str) -> str:
        return sign(self._house.secret, f"join {token}")

    def _form(
        self, request: web.Request, token: str, name: str = "", building: str = "", *, missing: bool = False
    ) -> web.Response:
        facts = {"csrf": self._csrf(token), "name": name, "building": building, "missing": missing}
        page = self._house.screen.page("join.html", self._entry.asked(request), **facts)
        return web.Response(text=page, content_type="text/html")

    # ------------------------------------------------------------ waiting

    async def _held(self, request: web.Request) -> WebKnock | None:
        browser = request.cookies.get(self._cookie, "")
        return await self._database.read(lambda session: knocks.held(session, digest(browser))) if browser else None

    async def wait(self, request: web.Request) -> web.Response:
        """How it stands: a kind page that looks again by itself; for our script a word."""
        row = await self._held(request)
        state = "over" if row is None else "refused" if row.refused else "in" if row.person else "waits"
        if request.headers.get("Accept") == "application/json":
            return web.json_response({"state": state})
        csrf = sign(self._house.secret, f"wait {row.cookie}") if row is not None else ""
        facts = {"state": state, "name": row.name if row is not None else "", "csrf": csrf}
        page = self._house.screen.page("wait.html", self._entry.asked(request), **facts)
        return web.Response(text=page, content_type="text/html")

    async def come(self, request: web.Request) -> web.Response:
        """Who was let in comes in."""
        row = await self._held(request)
        if row is None or row.person is None:
            raise web.HTTPSeeOther("/wait")
        await self._entry.form(request, sign(self._house.secret, f"wait {row.cookie}"))
        person, number = row.person, row.id

        def done(session: Session) -> None:
            waited = session.get(WebKnock, number)
            if waited is not None:
                session.delete(waited)

        if await self._database.read(lambda session: session.get_one(WebPerson, person).gone):
            await self._database.write(done)
            raise web.HTTPSeeOther("/wait")
        security.info("somebody came in who was known")
        response = await self._entry.let_in(person, done)
        response.del_cookie(self._cookie, secure=self._safe, httponly=True, samesite="Lax")
        raise response
