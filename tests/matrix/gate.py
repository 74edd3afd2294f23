"""A gate in front of the server that lets everything through, and breaks or holds one call when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

Broken = Callable[[str, str], bool]
"""Whether a call, given its method and path, is the one to break."""


class Gate:
    """Answers the next call that fits with 502, before it reached the server or after the server did it."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self.url = ""
        self._before: Broken | None = None
        self._after: Broken | None = None
        self._held: list[tuple[Broken, asyncio.Event]] = []

    def break_next(self, which: Broken, *, after: bool) -> None:
        if after:
            self._after = which
        else:
            self._before = which

    def hold_next(self, which: Broken) -> asyncio.Event:
        """The next answer to such a call, one under way included, does not come back before this is set."""
        self._held.append((which, free := asyncio.Event()))
        return free

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Gate]:
        async with aiohttp.ClientSession(auto_decompress=False) as session:

            async def through(request: web.Request) -> web.StreamResponse:
                call = (request.method, request.raw_path)
                if self._before is not None and self._before(*call):
                    self._before = None
                    return web.Response(status=502)
                headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
                body = await request.read()
                async with session.request(
                    request.method, self.behind + request.raw_path, data=body, headers=headers
                ) as answer:
                    said = await answer.read()
                for which, free in self._held:
                    if which(*call):
                        self._held.remove((which, free))
                        await free.wait()
                        break
                if self._after is not None and self._after(*call):
                    self._after = None
                    return web.Response(status=502)
                return web.Response(status=answer.status, body=said, content_type="application/json")

            application = web.Application(client_max_size=2**26)
            application.router.add_route("*", "/{path:.*}", through)
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=0, handler_cancellation=True)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield self
            finally:
                await runner.cleanup()
