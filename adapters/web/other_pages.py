"""The pages beside the chats: what is on, drawn anew; what one may decide for oneself; files that stand in a chat."""

from __future__ import annotations

import asyncio
import secrets
from urllib.parse import quote

from aiohttp import web
from sqlmodel import Session

from adapters.web import remind, store
from adapters.web.cards import Card
from adapters.web.desk import waiting
from adapters.web.ids import number
from adapters.web.part import Part
from adapters.web.remind import Asked
from adapters.web.spans import file_of
from adapters.web.store import WebMessage
from adapters.web.wording import LANGS
from core.messages import File


class OtherPages(Part):
    """Handlers for one visitor's requests, as in `pages`."""

    def routes(self) -> list[web.RouteDef]:
        base = self._base
        return [
            web.get(f"{base}/now", self.now),
            web.get(f"{base}/more", self.more),
            web.get(f"{base}/picture/{{message}}", self.picture),
            web.get(f"{base}/file/{{message}}", self.file),
        ]

    async def now(self, request: web.Request) -> web.Response:
        """What is on, as it stands on a page: our script puts it in the place of what it was."""
        visitor = await self._entry.visitor(request)
        lang = self._screen.lang(visitor.person)

        def work(session: Session) -> tuple[list[Card], int | None, Asked | None]:
            now, person = self._clock.now(), visitor.person
            cards = self._cards.of(session, person, lang, now)
            desk = waiting(session, self._cards.heres, person, now)
            return cards, desk, remind.asked(session, visitor, self._unseen.key)

        async with self._door.turn(visitor.person.id):
            cards, desk, asked = await self._database.read(work)
        facts = {"cards": cards, "desk": desk, "remind": asked, "base": visitor.base, "csrf": visitor.csrf}
        html = self._screen.page("now.html", lang, once=secrets.token_urlsafe(9), **facts)
        return web.Response(text=html, content_type="text/html")

    async def more(self, request: web.Request) -> web.Response:
        """What one may decide for oneself: the language, whether to be called, and whose telephone this is."""
        visitor = await self._entry.visitor(request)
        lang = self._screen.lang(visitor.person)
        first = self._settings.chats[0].id
        asked = await self._database.read(lambda session: remind.asked(session, visitor, self._unseen.key))
        page = self._screen.page("more.html", lang, visitor=visitor, langs=LANGS, chat=first, remind=asked)
        return web.Response(text=page, content_type="text/html")

    async def picture(self, request: web.Request) -> web.Response:
        """A picture that stands in a chat which the person sees."""
        visitor = await self._entry.visitor(request)
        id = number(request.match_info["message"])

        def work(session: Session) -> str:
            row = session.get(WebMessage, id)
            return row.picture if row is not None and self._settings.sees(visitor.person.id, row.chat) else ""

        name = await self._database.read(work)
        body = await asyncio.to_thread(self._database.shelf.read, name)
        if not body:
            raise web.HTTPNotFound(text="There is no such picture here.\n")
        return web.Response(body=body, content_type="image/jpeg")

    async def file(self, request: web.Request) -> web.Response:
        """A file that stands in a chat which the person sees, to be kept."""
        visitor = await self._entry.visitor(request)
        id = number(request.match_info["message"])

        def work(session: Session) -> File | None:
            row = session.get(WebMessage, id)
            seen = row is not None and not row.removed and self._settings.sees(visitor.person.id, row.chat)
            return file_of(store.said(row) or []) if row is not None and seen else None

        found = await self._database.read(work)
        if found is None:
            raise web.HTTPNotFound(text="There is no such file here.\n")
        name = quote(found.name)
        kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=found.data, content_type=found.kind, headers=kept)
