"""The page 邻居, for who may let people in: what `invite` and `dismiss` of the console do, by the same functions."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from sqlmodel import Session

from adapters.web import knocks, people
from adapters.web.acting import works
from adapters.web.entry import Visitor
from adapters.web.house import House
from adapters.web.ids import NETWORK, number, number_of
from adapters.web.knocks import WebKnock
from adapters.web.making import Form, Made, Making
from adapters.web.naming import NEW, Item, items
from adapters.web.neighbours import Neighbour, candidates, neighbours
from adapters.web.part import Part
from adapters.web.people import address
from adapters.web.slips import Slip, drawn, slip
from adapters.web.store import WebPerson
from core.deeds.doorway import note
from core.rules import Refusal
from core.work import Work

security = logging.getLogger("xiaobandeng.security")

DONE = frozenset({"let_in", "refused", "answered", "ended", "opened", "renewed", "closed", "nothing", "cleared"})
"""What the page may say was done, by the key of its words."""


class PeoplePages(Part):
    """Handlers for who may let people in. Each asks the table of roles, and the deeds ask it once more."""

    def routes(self) -> list[web.RouteDef]:
        if self._settings.playing:
            return [web.get("/as/{person}/people", self.all)]
        return [
            web.get("/people", self.all),
            web.get("/people/{id}", self.one),
            web.post("/people/names", self.names),
            web.post("/people/make", self.make),
            web.post("/people/again", self.again),
            web.post("/people/end", self.end),
            web.post("/people/link", self.link),
            web.post("/people/knock", self.knock),
        ]

    # ------------------------------------------------------------ who acts

    def _works(self, session: Session, visitor: Visitor) -> list[Work]:
        """What they act on. Raises HTTPForbidden where they may not let people in."""
        now = self._clock.now()
        found = works(self._house.cards.heres, self._settings, session, visitor.person, now, "people")
        if not found:
            security.info("what somebody may not do was refused", extra={"refusal": "coordinators_only"})
            page = self._page("note.html", visitor, note="coordinators")
            raise web.HTTPForbidden(text=page, content_type="text/html")
        return found

    def _log(self, found: Sequence[Work], visitor: Visitor) -> people.Log:
        def log(session: Session, verb: str, person: WebPerson) -> None:  # noqa: ARG001 - the works have it
            for work in found:
                self._allowed(note(work, verb, (NETWORK, person.id), number_of(person.id)), visitor)

        return log

    def _allowed(self, came: Refusal | None, visitor: Visitor) -> None:
        if came is not None:
            page = self._page("note.html", visitor, note=came.code)
            raise web.HTTPForbidden(text=page, content_type="text/html")

    async def _sent(self, request: web.Request) -> tuple[Visitor, dict[str, str]]:
        visitor = await self._entry.visitor(request)
        return visitor, await self._entry.form(request, visitor.csrf)

    def _page(self, template: str, visitor: Visitor, **facts: Any) -> str:
        lang = self._screen.lang(visitor.person)
        return self._screen.page(template, lang, visitor=visitor, base=visitor.base, csrf=visitor.csrf, **facts)

    def _back(self, visitor: Visitor, done: str) -> web.HTTPSeeOther:
        return web.HTTPSeeOther(f"{visitor.base}/people?done={done}")

    # ------------------------------------------------------------ looking

    async def all(self, request: web.Request) -> web.Response:
        """Everybody, who waits at the door, and the group's link."""
        visitor = await self._entry.visitor(request)
        now = self._clock.now()

        def work(session: Session) -> tuple[list[Neighbour], Sequence[WebKnock], list[Any], str]:
            found = self._works(session, visitor)
            waiting = knocks.waiting(session)
            known = candidates(session, found, now) if waiting else []
            return neighbours(session, found, now), waiting, list(known), knocks.group_link(session)

        async with self._house.door.turn(visitor.person.id):
            everybody, waiting, known, token = await self._database.read(work)
        link = f"{self._origin(request)}/join/{token}" if token else ""
        code, size = await asyncio.to_thread(drawn, link) if link else ("", 0)
        done = request.query.get("done", "")
        page = self._page(
            "people.html",
            visitor,
            groups=[(state, [each for each in everybody if each.state == state]) for state in ("waits", "away", "in")],
            waiting=waiting,
            known=known,
            link=link,
            code=code,
            size=size,
            done=done if done in DONE else "",
            when=lambda moment: self._screen.when(moment, now, self._screen.lang(visitor.person)),
            form=self._form(),
        )
        return web.Response(text=page, content_type="text/html")

    async def one(self, request: web.Request) -> web.Response:
        """One person: a new link, or none any more."""
        visitor = await self._entry.visitor(request)
        now, id = self._clock.now(), request.match_info["id"]

        def work(session: Session) -> Neighbour | None:
            found = self._works(session, visitor)
            return next((each for each in neighbours(session, found, now) if each.id == id), None)

        person = await self._database.read(work)
        if person is None:
            raise web.HTTPSeeOther(f"{visitor.base}/people")
        when = self._screen.when(person.when, now, self._screen.lang(visitor.person))
        page = self._page("neighbour.html", visitor, person=person, when=when, form=self._form())
        return web.Response(text=page, content_type="text/html")

    def _origin(self, request: web.Request) -> str:
        """Where people open the page: the guard has looked at the name under which it was asked."""
        return self._settings.public_url.rstrip("/") or str(request.url.origin())

    # ------------------------------------------------------------ making links

    async def names(self, request: web.Request) -> web.Response:
        """A list was pasted: what has to be asked is asked; one name that nobody has needs no question."""
        visitor, fields = await self._sent(request)

        def work(session: Session) -> list[Item]:
            return items(fields.get("names", ""), candidates(session, self._works(session, visitor), self._clock.now()))

        read = await self._database.read(work)
        if not read:
            raise self._back(visitor, "nothing")
        if len(read) == 1 and not read[0].asks:
            return await self._made(request, visitor, {**fields, "c0": NEW})
        form = Form.sent(self._house.secret, fields)
        page = self._page("names.html", visitor, names=fields["names"], items=read, form=form)
        return web.Response(text=page, content_type="text/html")

    async def make(self, request: web.Request) -> web.Response:
        """The links of a list, as slips: to be seen this once."""
        visitor, fields = await self._sent(request)
        return await self._made(request, visitor, fields)

    async def _made(self, request: web.Request, visitor: Visitor, fields: dict[str, str]) -> web.Response:
        def work(session: Session) -> list[Made]:
            making = self._making(session, request, visitor, Form.sent(self._house.secret, fields))
            known = candidates(session, making.works, making.now)
            read = items(fields.get("names", ""), known)
            return [made for item in read if (made := making.of(item, fields.get(f"c{item.n}", "")))]

        return await self._slips(request, visitor, await self._house.letterbox.drop(work))

    async def again(self, request: web.Request) -> web.Response:
        """A new link for one person, as a slip. For oneself: whoever came in elsewhere is out, this window stays."""
        visitor, fields = await self._sent(request)

        def work(session: Session) -> list[Made]:
            making = self._making(session, request, visitor, Form.sent(self._house.secret, fields))
            made = making.again(fields.get("id", ""))
            return [made] if made is not None else []

        return await self._slips(request, visitor, await self._house.letterbox.drop(work))

    def _form(self) -> Form:
        return Form.new(self._house.secret, self._clock.now())

    def _making(self, session: Session, request: web.Request, visitor: Visitor, form: Form) -> Making:
        found = self._works(session, visitor)
        mine = self._entry.session_of(request)
        return Making(session, found, self._log(found, visitor), self._clock.now(), form, visitor.person.id, mine)

    async def _slips(self, request: web.Request, visitor: Visitor, made: Sequence[Made]) -> web.Response:
        self._house.touched()
        if not made:
            raise self._back(visitor, "nothing")
        origin = self._origin(request)

        def draw() -> list[Slip]:
            return [slip(each.name, each.building, address(origin, each.token)) for each in made if each.token]

        facts = {"slips": await asyncio.to_thread(draw), "changed": [each.name for each in made if not each.token]}
        return web.Response(text=self._page("slips.html", visitor, **facts), content_type="text/html")

    # ------------------------------------------------------------ ending links, the group's link, who waits

    async def end(self, request: web.Request) -> web.Response:
        """Somebody's link is dead, and they are out. Nobody does that to themselves."""
        visitor, fields = await self._sent(request)

        def work(session: Session) -> str:
            found = self._works(session, visitor)
            person = session.get(WebPerson, fields.get("id", ""))
            if person is None or person.gone or person.id == visitor.person.id:
                return "nothing"
            people.end(self._settings, session, person, self._clock.now(), self._log(found, visitor))
            return "ended"

        raise self._back(visitor, await self._house.letterbox.drop(work))

    async def link(self, request: web.Request) -> web.Response:
        """The group's link: there is one, there is another, there is none."""
        visitor, fields = await self._sent(request)
        done = {"open": "opened", "renew": "renewed", "close": "closed"}.get(fields.get("do", ""))
        if done is None:
            raise self._back(visitor, "")

        def work(session: Session) -> None:
            found = self._works(session, visitor)
            if done == "opened" and knocks.group_link(session):
                return  # pressed twice
            knocks.set_group_link(session, "" if done == "closed" else secrets.token_urlsafe(16))
            for each in found:
                self._allowed(note(each, f"group_link_{done}"), visitor)

        await self._house.letterbox.drop(work)
        raise self._back(visitor, done)

    async def knock(self, request: web.Request) -> web.Response:
        """Who waits is let in, is one who is known, or is not let in."""
        visitor, fields = await self._sent(request)

        def work(session: Session) -> str:
            making = self._making(session, request, visitor, self._form())
            do = fields.get("do", "")
            if do == "none":
                return self._refuse(making, visitor, knocks.waiting(session), "cleared")
            row = knocks.one(session, number(fields.get("id", "")))
            if row is None:
                return "answered"
            if do == "no":
                return self._refuse(making, visitor, [row], "refused")
            return _let_in(making, row, fields.get("who", "") if do == "same" else NEW)

        raise self._back(visitor, await self._house.letterbox.drop(work))

    def _refuse(self, making: Making, visitor: Visitor, rows: Sequence[WebKnock], done: str) -> str:
        for row in rows:
            knocks.refuse(making.session, row)
            for each in making.works:
                self._allowed(note(each, "knock_refused"), visitor)
        return done


def _let_in(making: Making, row: WebKnock, who: str) -> str:
    """As somebody new, or as `who`. The link that is made is told nobody: their browser waits, and comes in by that."""
    person = making.person(Item(0, row.name, row.building, (), who, ""), who)
    if person is None:
        return "answered"
    person.building = person.building or row.building
    row.person = person.id
    making.session.add_all([person, row])
    return "let_in"


def waits(house: House, session: Session, person: WebPerson) -> int | None:
    """How many wait at the door, for who may let them in; None for anybody else."""
    if not works(house.cards.heres, house.settings, session, person, house.clock.now(), "people"):
        return None
    return len(knocks.waiting(session))
