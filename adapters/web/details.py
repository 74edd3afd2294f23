"""The page on which details are read that may not be written elsewhere: by a link good once, or opened in an app."""

from __future__ import annotations

import asyncio

from aiohttp import web

from adapters.web.door import Patience
from adapters.web.guard import HEADERS, Guesses
from adapters.web.show import Screen
from adapters.web.wording import LANGS
from core.details import Asked, Disclose

APPS = {"telegram": "https://web.telegram.org"}
"""Networks that open the page inside themselves, and where their own page does that which may hold ours."""
FIELD = 4096
"""Characters of anything that is brought."""


class Details:
    """What is read is in no address and in no page that a robot fetches: it comes as an answer to a press.

    `ask`: see `core.details.Disclose`.
    """

    def __init__(self, screen: Screen, ask: Disclose, patience: Patience) -> None:
        self._screen = screen
        self._ask = ask
        self._patience = patience
        self._guesses = Guesses()
        held_by = f"frame-ancestors {' '.join(APPS.values())}"
        self._headers = {
            "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", held_by),
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex, nofollow, noarchive",
        }

    def routes(self) -> list[web.RouteDef]:
        langs = "|".join(LANGS)
        return [
            web.get(f"/details/{{lang:{langs}}}", self.look),
            web.post(f"/details/{{lang:{langs}}}", self.read),
        ]

    async def look(self, request: web.Request) -> web.Response:
        """The empty page: the same for everybody. The secret of a link stands behind its #, which no server is told."""
        page = self._screen.page("details.html", request.match_info["lang"])
        return web.Response(text=page, content_type="text/html", headers=self._headers)

    async def read(self, request: web.Request) -> web.Response:
        """What the page shows. Whoever brings something wrong waits for the answer, and the next of them longer."""
        asked = await self._asked(request)
        shown = await self._ask(asked) if asked is not None else None
        if shown is None:
            status = 404 if await self._guesses.slowed() else 429
            return web.json_response({}, status=status, headers=self._headers)
        return web.json_response({"lang": shown.lang, "lines": shown.lines}, headers=self._headers)

    async def _asked(self, request: web.Request) -> Asked | None:
        try:
            async with asyncio.timeout(self._patience.form):
                posted = await request.post()
        except (TimeoutError, ValueError):
            return None
        fields = {name: value for name, value in posted.items() if isinstance(value, str) and len(value) <= FIELD}
        secret, proof = fields.get("secret", ""), fields.get("proof", "")
        if secret:
            return Asked(secret=secret)
        app = fields.get("app", "")
        return Asked(post=fields.get("post", ""), network=app, proof=proof) if proof and app in APPS else None
