"""The pages of a coordinator's desk: what needs a word, what comes, a roster, a form in which one posts."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from aiohttp import web
from sqlmodel import Session

from adapters.web import store
from adapters.web.desk import Drawing, desks
from adapters.web.desk_roster import keep_that_it_was_read, preview, sheet
from adapters.web.entry import Visitor
from adapters.web.ids import NETWORK, number, private_chat
from adapters.web.letterbox import HeldUpError
from adapters.web.part import Part
from adapters.web.people_pages import waits
from adapters.web.store import WebEvent
from adapters.web.wording import text
from core import seen
from core.confided import Confided
from core.fields import FIELDS
from core.messages import Answer
from core.words import text as core_text

T = TypeVar("T")

BACK = re.compile(r"(?:post(?:\?draft=\d{1,19})?|roster/\d{1,9}|month/\d{4}-\d{2})?")
"""Where a form may lead back to."""
MONTH = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")
OURS = frozenset({"csrf", "once", "what", "back"})
"""Fields of a form that are not of what is done."""


class DeskPages(Part):
    """Handlers for one visitor's requests, as in `pages`. Who arranges nothing finds nothing here."""

    def routes(self) -> list[web.RouteDef]:
        base = self._base
        desk = f"{base}/desk/{{of}}"
        return [
            web.get(f"{base}/desk", self.first),
            web.get(desk, self.today),
            web.get(f"{desk}/month/{{month}}", self.month),
            web.get(f"{desk}/roster/{{number}}", self.roster),
            web.get(f"{desk}/post", self.post),
            web.post(f"{desk}/do", self.do),
        ]

    # ------------------------------------------------------------ looking

    async def first(self, request: web.Request) -> web.Response:
        """The desk of the first community in which they arrange something."""
        visitor = await self._entry.visitor(request)
        there = await self._look(visitor, lambda drawing: drawing.to(""))
        raise web.HTTPSeeOther(f"{visitor.base}{there}")

    async def today(self, request: web.Request) -> web.Response:
        """What needs a word today, and a fortnight."""

        def work(drawing: Drawing) -> dict[str, Any]:
            return {"tasks": drawing.tasks(), "days": drawing.fortnight()}

        return await self._page(request, "desk.html", work)

    async def month(self, request: web.Request) -> web.Response:
        """A month as a calendar."""
        named = MONTH.fullmatch(request.match_info["month"])
        if named is None:
            raise web.HTTPNotFound(text="There is no such month.\n")
        year, month = int(named[1]), int(named[2])
        return await self._page(request, "desk_month.html", lambda drawing: {"month": drawing.month(year, month)})

    async def roster(self, request: web.Request) -> web.Response:
        """A roster, to be ticked, changed and printed."""
        visitor = await self._entry.visitor(request)
        which = number(request.match_info["number"])
        account = (NETWORK, visitor.person.id)

        def work(drawing: Drawing) -> dict[str, Any]:
            found = sheet(drawing, which, account)
            if found is None:
                raise web.HTTPNotFound(text="There is no such roster here.\n")
            return {"sheet": found}

        return await self._page(request, "desk_roster.html", work)

    async def post(self, request: web.Request) -> web.Response:
        """A form in which an activity is written down, and, once it is, what others will see of it."""
        visitor = await self._entry.visitor(request)
        draft, event = number(request.query.get("draft", "")), request.query.get("answer", "")

        def work(drawing: Drawing) -> dict[str, Any]:
            made = seen.about(drawing.lookup.session, NETWORK, event) if event.isdecimal() and not draft else draft
            kinds = [kind for kind in drawing.here.may_post if drawing.desk.may("arrange", kind)]
            shown = preview(drawing, made) if made else None
            said = [(kind, core_text(drawing.lang, f"{kind}.name")) for kind in kinds]
            filled = shown.fields if shown is not None else dict.fromkeys(FIELDS, "")
            return {"draft": shown, "kinds": said, "filled": filled, "today": self._today(drawing)}

        facts = await self._facts(request, visitor, work)
        if (shown := facts["draft"]) is not None and shown.confides:
            await self._keep_that_it_was_read(visitor, facts["of"], shown.post)
        return self._shown("desk_post.html", facts)

    def _today(self, drawing: Drawing) -> date:
        return drawing.lookup.now.astimezone(drawing.here.tz).date()

    async def _page(
        self, request: web.Request, template: str, work: Callable[[Drawing], dict[str, Any]]
    ) -> web.Response:
        visitor = await self._entry.visitor(request)
        return self._shown(template, await self._facts(request, visitor, work))

    async def _facts(
        self, request: web.Request, visitor: Visitor, work: Callable[[Drawing], dict[str, Any]]
    ) -> dict[str, Any]:
        """What any page of the desk shows, and what `work` finds for this one."""
        event = number(request.query.get("answer", ""))

        def all_of_it(drawing: Drawing) -> dict[str, Any]:
            session = drawing.lookup.session
            answered = session.get(WebEvent, event) if event else None
            mine = answered is not None and answered.person == visitor.person.id
            return {
                "of": drawing.here.id,
                "this_month": f"{self._today(drawing):%Y-%m}",
                "name": drawing.here.community.name,
                "to": f"{visitor.base}{drawing.to('')}",
                "others": self._others(session, visitor, drawing),
                "toast": Answer(answered.toast, alert=answered.alert) if answered is not None and mine else Answer(),
                "asked": drawing.asked(event) if mine else [],
                "knocking": waits(self._house, session, visitor.person),
                **work(drawing),
            }

        async with self._door.turn(visitor.person.id):
            facts = await self._look(visitor, all_of_it, number(request.match_info["of"]))
        if request.query.get("note") in ("busy", "late"):
            facts["toast"] = Answer(text(self._screen.lang(visitor.person), f"note.{request.query['note']}"))
        return facts | {
            "visitor": visitor,
            "base": visitor.base,
            "csrf": visitor.csrf,
            "once": secrets.token_urlsafe(9),
            "lang": self._screen.lang(visitor.person),
            "path": request.path,
        }

    def _others(self, session: Session, visitor: Visitor, drawing: Drawing) -> list[tuple[str, str]]:
        """The desks of other communities, by name."""
        others = (each for each in self._desks(session, visitor) if each.here.id != drawing.here.id)
        return [(f"{visitor.base}{each.to('')}", each.here.community.name) for each in others]

    def _desks(self, session: Session, visitor: Visitor) -> list[Drawing]:
        lang, heres = self._screen.lang(visitor.person), self._cards.heres
        found = desks(session, heres, visitor.person, self._clock.now()) if heres is not None else ()
        return [Drawing(desk, lang) for desk in found]

    async def _look(self, visitor: Visitor, work: Callable[[Drawing], T], of: int = 0) -> T:
        """What `work` makes of the desk of this community (0: the first); HTTPNotFound for who has none there."""

        def on(session: Session) -> T | None:
            drawing = self._drawing(session, visitor, of)
            return None if drawing is None else work(drawing)

        found = await self._database.read(on)
        if found is None:
            note = self._screen.page("note.html", self._screen.lang(visitor.person), note="desk")
            raise web.HTTPNotFound(text=note, content_type="text/html")
        return found

    async def _keep_that_it_was_read(self, visitor: Visitor, of: int, post: int) -> None:
        """That confided words were shown on this desk is logged."""

        def keep(session: Session) -> None:
            if (drawing := self._drawing(session, visitor, of)) is not None:
                keep_that_it_was_read(drawing, post, (NETWORK, visitor.person.id))

        await self._database.write(keep)

    def _drawing(self, session: Session, visitor: Visitor, of: int) -> Drawing | None:
        return next((each for each in self._desks(session, visitor) if of in (0, each.here.id)), None)

    def _shown(self, template: str, facts: dict[str, Any]) -> web.Response:
        page = self._screen.page(template, facts.pop("lang"), **facts)
        return web.Response(text=page, content_type="text/html")

    # ------------------------------------------------------------ doing

    async def do(self, request: web.Request) -> web.Response:
        """Something was filled in, ticked or pressed: it goes the way of every event, and is answered on the page."""
        visitor = await self._entry.visitor(request)
        fields = await self._entry.form(request, visitor.csrf)
        of, back = number(request.match_info["of"]), fields.get("back", "")
        there = f"{visitor.base}/desk/{of}/{back if BACK.fullmatch(back) else ''}".rstrip("/")
        said = {name: value for name, value in fields.items() if name not in OURS}
        event = WebEvent(
            kind="arranged",
            chat=private_chat(visitor.person.id).id,
            person=visitor.person.id,
            action=fields.get("what", "")[:64],
            confided=Confided(json.dumps({"community": of, "fields": said})),
            once=fields.get("once", "")[:40] or None,
            happened_at=self._clock.now(),
        )

        def work(session: Session) -> int:
            earlier = store.event_by_once(session, event.person, event.once) if event.once else None
            return (earlier.id or 0) if earlier is not None else store.drop(session, event)

        link = "&" if "?" in there else "?"
        try:
            dropped = await self._letterbox.drop(work)
        except HeldUpError:
            raise web.HTTPSeeOther(f"{there}{link}note=busy") from None
        answer = await self._letterbox.answer(dropped)
        raise web.HTTPSeeOther(f"{there}{link}answer={dropped}" if answer is not None else f"{there}{link}note=late")
