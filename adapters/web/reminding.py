"""What somebody answers to whether they want to be called while the page is closed, and where a call leads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from sqlmodel import Session

from adapters.web import push_rows
from adapters.web.entry import Visitor
from adapters.web.ids import private_chat
from adapters.web.part import Part
from adapters.web.push_address import acceptable
from adapters.web.push_rows import Place
from adapters.web.store import WebPerson
from adapters.web.wording import text

WORKER = Path(__file__).parent / "static" / "worker.js"
ANSWERS = frozenset({"yes", "no", "unable", "failed", "off"})
"""`unable`: they read that their browser cannot; `failed`: they said yes, and it could not."""


class Reminding(Part):
    """Handlers for one visitor's requests, as in `pages`. In the demo nobody is called."""

    def routes(self) -> list[web.RouteDef]:
        if self._settings.playing:
            return []
        return [
            web.post("/remind", self.remind),
            web.get("/said", self.said),
            web.get("/worker.js", self.worker),
        ]

    async def worker(self, request: web.Request) -> web.FileResponse:
        """What a browser runs when it is called. At the top, or it could not open any page of ours."""
        return web.FileResponse(WORKER, headers={"Content-Type": "text/javascript; charset=utf-8"})

    async def said(self, request: web.Request) -> web.Response:
        """Where a call leads: to one's own chat, whose name it does not have to carry."""
        visitor = await self._entry.visitor(request)
        raise web.HTTPSeeOther(f"/chat/{quote(private_chat(visitor.person.id).id, safe='')}")

    async def remind(self, request: web.Request) -> web.Response:
        """Somebody said yes or no, read that it cannot be, or wants this browser to be called no more."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        answer = fields.get("answer", "")
        place = Place(*(fields.get(name, "") for name in ("endpoint", "p256dh", "auth")))
        scripted = request.headers.get("Accept") == "application/json"
        if answer not in ANSWERS or not self._unseen.key:
            raise web.HTTPBadRequest(text="That is no answer.\n")
        if answer == "yes" and not acceptable(place, anywhere=self._settings.push_anywhere):
            answer = "failed"  # its maker calls it from where we may not
        if answer != "yes" or not await self._database.read(lambda session: self._known(session, visitor, place)):
            await self._database.write(lambda session: self._answered(session, visitor, answer, place))
        if not scripted:
            raise web.HTTPSeeOther("/")
        lang = self._screen.lang(visitor.person)
        return web.json_response({"said": text(lang, f"remind.said.{answer}"), "answer": answer})

    def _known(self, session: Session, visitor: Visitor, place: Place) -> bool:
        """Whether all this is so already: each page says it anew, for browsers change where they are called."""
        person = session.get_one(WebPerson, visitor.person.id)
        key = self._unseen.key
        return person.reminding == "yes" and push_rows.knows(session, person.id, visitor.session, key, place.endpoint)

    def _answered(self, session: Session, visitor: Visitor, answer: str, place: Place) -> None:
        person = session.get_one(WebPerson, visitor.person.id)
        if answer == "yes":
            now = self._clock.now()
            push_rows.keep_browser(session, person.id, visitor.session, self._unseen.key, place, now)
            person.reminding = "yes"
        elif answer == "off":
            push_rows.drop_browsers(session, cookie=visitor.session)
            session.flush()
            person.reminding = "yes" if push_rows.has_browser(session, person.id) else "no"
        elif answer != "unable" or person.reminding == "":
            person.reminding = answer
        session.add(person)
