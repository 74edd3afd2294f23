"""A Bot API server for one world: it judges every call, refuses what Telegram refuses, and goes wrong when told to."""

from __future__ import annotations

import asyncio
import json
import math
import time
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.telegram import api
from tests.telegram.faults import Fault, Faults
from tests.telegram.flood import Flood
from tests.telegram.methods import Methods, Refusal
from tests.telegram.world import Json, World

TEXTS = ("sendMessage", "editMessageText", "editEphemeralMessageText")
SPENDS = frozenset({*TEXTS, "sendPhoto", "sendDocument", "editMessageCaption", "editMessageReplyMarkup"})
"""Methods that count against the flood limits."""


class Server:
    """`async with Server(world) as server:` serves on a free port of this machine, at `server.url`.

    `latency` is the seconds a call takes, half on its way there and half on its way back. Everything a bot did that
    Telegram's documents forbid is in `world.violations`; what Telegram would merely refuse is not.
    """

    def __init__(self, world: World, *, latency: float = 0.0, flood: Flood | None = None, port: int = 0) -> None:
        self.world = world
        self.latency = latency
        self.flood = flood or Flood()
        self.faults = Faults()
        self.held: dict[str, asyncio.Event] = {}  # by method: its calls wait for this before they have any effect
        self.calls: list[tuple[str, Json]] = []
        self.told: list[Json] = []
        self.url = ""
        self.methods = Methods(world)
        self._port = port
        self._poll: asyncio.Future[None] | None = None
        self._pushing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/file/bot{token}/photos/{file}.jpg", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pushing:
            self._pushing.cancel()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        await self._runner.cleanup()

    def count(self, method: str) -> int:
        return sum(1 for name, _ in self.calls if name == method)

    # ------------------------------------------------------------ one call

    async def _called(self, request: web.Request) -> web.StreamResponse:
        try:
            given = await _parameters(request)
        except ConnectionResetError:  # whoever called was killed in the middle of it
            return web.Response(status=400)
        token, method = request.match_info["token"], request.match_info["method"]
        await asyncio.sleep(self.latency / 2)
        if method in self.held:
            await self.held[method].wait()
        fault = self.faults.next(method)
        if fault and fault.kind != "cut after":
            return await self._go_wrong(request, fault)
        response = await self._answer(token, method, given)
        if fault:
            return await self._go_wrong(request, fault)
        await asyncio.sleep(self.latency / 2)
        return response

    async def _file(self, request: web.Request) -> web.Response:
        """What somebody sent, once the bot has asked where it is."""
        if request.match_info["token"] != self.world.token:
            return web.Response(status=401)
        return web.Response(body=self.world.files.get(request.match_info["file"], b""))

    async def _go_wrong(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        match fault.kind:
            case "flood":
                return _refused(
                    Refusal(429, "Too Many Requests: retry later", {"retry_after": math.ceil(fault.seconds)})
                )
            case "broken":
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case "late":
                await asyncio.sleep(fault.seconds)
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    async def _answer(self, token: str, method: str, given: dict[str, str]) -> web.Response:
        try:
            name = self._name(token, method)
            parameters = api.read(name, given)
            self.calls.append((name, parameters))
            self._judge(name, parameters)
            result = await self._do(name, parameters)
        except Refusal as refusal:
            return _refused(refusal)
        except Exception as error:
            self.world.violations.append(f"the stand-in itself failed: {method}: {error!r}")
            raise
        if name != "getUpdates" and (faults := api.objections(api.RETURNS.get(name, "True"), result)):
            self.world.violations.append(f"the stand-in itself is wrong: {name}: {faults}")
        return web.json_response({"ok": True, "result": result})

    def _name(self, token: str, method: str) -> str:
        if token != self.world.token:
            raise Refusal(401, "Unauthorized")
        for name in api.facts()["methods"]:
            if name.lower() == method.lower() and (self.world.whispers or "Ephemeral" not in name):
                return str(name)
        raise Refusal(404, "Not Found")

    def _judge(self, name: str, parameters: Json) -> None:
        if faults := api.objections_to_call(name, parameters):
            self.world.violations += faults
            raise Refusal(400, f"Bad Request: {faults[0]}")

    async def _do(self, name: str, parameters: Json) -> Any:
        match name:
            case "getUpdates":
                return await self._updates(**parameters)
            case "setWebhook":
                return self._set_webhook(**parameters)
            case "deleteWebhook":
                self.methods.webhook = {}
                self.world.push = None
                return True
        if name in SPENDS:
            chat = self.methods.writable(parameters)
            if wait := self.flood.wait(chat.id, group=chat.group):
                seconds = math.ceil(wait)
                raise Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        return self.methods.call(name, parameters)

    # ------------------------------------------------------------ updates, asked for or brought

    async def _updates(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,  # noqa: ASYNC109 - the API's own name
        allowed_updates: list[str] | None = None,
    ) -> list[Json]:
        if self.methods.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        world, ends = self.world, time.monotonic() + timeout
        if allowed_updates is not None:
            world.wanted = allowed_updates or None
        if offset > 0:
            while world.updates and min(update["update_id"] for update in world.updates) < offset:
                world.updates.remove(min(world.updates, key=lambda update: update["update_id"]))
        while not world.updates and (left := ends - time.monotonic()) > 0:
            world.arrived.clear()
            waiting = asyncio.create_task(world.arrived.wait())
            await asyncio.wait({mine, waiting}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if mine.done():
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        if not mine.done():
            mine.set_result(None)
        self.told += list(world.updates)[:limit]
        return list(world.updates)[:limit]

    def _set_webhook(self, url: str, **more: Any) -> bool:
        if not url.startswith(("https://", "http://127.0.0.1:")):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.methods.webhook = {"url": url, **more}
        self.world.wanted = more.get("allowed_updates") or None
        queue: asyncio.Queue[Json] = asyncio.Queue()
        for update in self.world.updates:
            queue.put_nowait(update)
        self.world.push = queue.put_nowait
        self._pushing = asyncio.create_task(self._bring(queue, url, more.get("secret_token", "")))
        return True

    async def _bring(self, queue: asyncio.Queue[Json], url: str, secret: str) -> None:
        """Bring updates one after another; each again and again until it is taken."""
        async with aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as session:
            while True:
                update = await queue.get()
                while not await self._brought(session, url, update):
                    await asyncio.sleep(0.05)
                self.world.updates.remove(update)

    async def _brought(self, session: aiohttp.ClientSession, url: str, update: Json) -> bool:
        try:
            async with session.post(url, json=update) as response:
                return response.ok
        except aiohttp.ClientError:
            return False


async def _parameters(request: web.Request) -> dict[str, str]:
    """Parameters from wherever the Bot API takes them: the address, a form, or JSON."""
    given = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        return given | {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    return given | {name: _field(value) for name, value in (await request.post()).items()}


def _field(value: str | bytes | bytearray | web.FileField) -> str:
    """A file that was uploaded as a text with a letter for each byte, anything else as it is."""
    return value.file.read().decode("latin-1") if isinstance(value, web.FileField) else str(value)


def _refused(refusal: Refusal) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)
