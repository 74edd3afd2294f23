"""What keeps strangers' pages, and strangers' eyes, away from ours: checks before each request, headers after it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

security = logging.getLogger("xiaobandeng.security")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # not no-referrer: a form would then be sent with the origin `null`
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


REMEMBERED = timedelta(days=90)
"""How long a browser that is not used stays entered: old people must not have to enter every week."""
GUESS = 0.5
"""Seconds that each wrong personal link takes."""
GUESSING = 10
"""How many of them may wait; more are sent away."""
SAFE = web.AppKey("safe", bool)
"""Whether the page is reached by TLS, and by nothing else from then on."""


def digest(secret: str) -> str:
    """What is kept of a secret that somebody else holds. It is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(secret: str, words: str) -> str:
    """What only the holder of `secret` can say about `words`."""
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, found out in a time that tells nothing about them."""
    return hmac.compare_digest(one.encode(), other.encode())


def guard(origins: Callable[[], frozenset[str]]) -> Middleware:
    """Middleware that answers requests made to `origins` only, and lets nobody else's page send a form.

    A foreign page can make its own name point at this machine (DNS rebinding): so the name in `Host` must be ours.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        ours = origins()
        if request.host.lower() not in {urlsplit(origin).netloc for origin in ours}:
            security.info("a request under a name that is not ours was refused")
            raise web.HTTPMisdirectedRequest(text="This page is not known under that name.\n", headers=HEADERS)
        if request.method not in {"GET", "HEAD"}:
            origin = request.headers.get("Origin")
            site = request.headers.get("Sec-Fetch-Site", "same-origin")
            if (origin is not None and origin.lower() not in ours) or site not in {"same-origin", "none"}:
                security.info("a form of a foreign page was refused")
                raise web.HTTPForbidden(text="This form was not sent by our own page.\n", headers=HEADERS)
        return await handler(request)

    return check


@web.middleware
async def lighter(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send what is read as a page in a fifth of its bytes to browsers that can take it so."""
    response = await handler(request)
    if isinstance(response, web.Response) and response.content_type in {"text/html", "application/json"}:
        response.enable_compression()
    return response


class Guesses:
    """Wrong personal links, answered one by one: whoever guesses has to wait, whoever has a right one never does."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._waiting = 0

    async def slowed(self) -> bool:
        """Return after a while; False at once where too many wait already."""
        if self._waiting >= GUESSING:
            return False
        self._waiting += 1
        try:
            async with self._one:
                await asyncio.sleep(GUESS)
        finally:
            self._waiting -= 1
        return True


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on a response that is about to begin, and take off what tells which versions run here."""
    response.headers.pop("Server", None)
    if request.app.get(SAFE):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.path.startswith("/static/") and response.status < 400:
        response.headers["Cache-Control"] = "max-age=600"  # the same for everybody; says nothing of anybody
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
