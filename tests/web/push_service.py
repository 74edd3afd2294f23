"""A push service, strict about what RFC 8030, 8188, 8291 and 8292 say, and browsers that are called by it."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid.jwt import decode
from py_vapid.utils import b64urlencode

from adapters.web.push_rows import Place


def words(data: bytes) -> str:
    said: str = b64urlencode(data)
    return said


@dataclass
class Subscribed:
    """A browser's side of a subscription: only it can read what it is called with."""

    path: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    status: int = 201
    calls: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def place(self, url: str) -> Place:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Place(f"{url}/{self.path}", words(point), words(self.auth))


class PushService:
    """Takes calls, checks who signs them, and reads them as the browser would. What is wrong stands in `trouble`."""

    def __init__(self, now: Any) -> None:
        self.now = now
        self.url = ""
        self.key = ""
        self.trouble: list[str] = []
        self.browsers: dict[str, Subscribed] = {}
        self.asked = 0
        self.holds: Any = None  # an event for which each answer waits

    def browser(self, path: str) -> Subscribed:
        made = self.browsers[path] = Subscribed(path)
        return made

    def fields(self, path: str, **more: str) -> dict[str, str]:
        """What the page's script sends of a browser."""
        place = self.browsers[path].place(self.url)
        return {"answer": "yes", "endpoint": place.endpoint, "p256dh": place.p256dh, "auth": place.auth, **more}

    async def take(self, request: web.Request) -> web.Response:
        self.asked += 1
        body = await request.read()
        if self.holds is not None:
            await self.holds.wait()
        browser = self.browsers.get(request.match_info["path"])
        if browser is None:
            return web.Response(status=404)
        if browser.status in (301, 302, 307, 308):
            return web.Response(status=browser.status, headers={"Location": f"{self.url}/elsewhere"})
        if browser.status != 201:
            return web.Response(status=browser.status)
        try:
            self._check(request, body)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the test is told
            self.trouble.append(f"{type(error).__name__}: {error}")
            return web.Response(status=400)
        said = http_ece.decrypt(body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm")
        browser.calls.append(json.loads(said))
        browser.bodies.append(body)
        browser.headers.append(dict(request.headers))
        return web.Response(status=201, headers={"Location": f"{self.url}/m/1"})

    def _check(self, request: web.Request, body: bytes) -> None:
        headers = request.headers
        assert headers["Content-Encoding"] == "aes128gcm"
        assert 0 < int(headers["TTL"]) <= 2_419_200
        assert headers["Urgency"] in {"very-low", "low", "normal", "high"}
        assert len(headers["Topic"]) <= 32
        assert len(body) <= 4096
        scheme, _, rest = headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        assert (scheme, parts["k"]) == ("vapid", self.key)
        claims = decode(parts["t"], parts["k"])
        assert claims["aud"] == self.url
        now: datetime = self.now()
        assert now < datetime.fromtimestamp(claims["exp"], now.tzinfo) <= now + timedelta(hours=24)
        assert claims["sub"].startswith(("https://", "mailto:"))


@asynccontextmanager
async def push_service(now: Any) -> AsyncIterator[PushService]:
    made = PushService(now)
    app = web.Application()
    app.router.add_post("/{path}", made.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
