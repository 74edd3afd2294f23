"""What keeps every window up to date: one reader of changes, and a stream of server-sent events for each window."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from enum import Enum, auto

from aiohttp import web

from adapters.web import store
from adapters.web.store import WebMessage
from core.db import Database
from core.messages import Answer

TOGETHER = 200
"""How many changes are read at once."""
BEHIND = 500
"""A window this many changes behind is let go: it comes back by itself and reads what it missed from the database."""
STILL = 20.0
"""Seconds of silence after which a stream says that it is alive (and what time the demo has)."""

Draw = Callable[[WebMessage], Awaitable[dict[str, object] | None]]
"""What a window is told of a changed message; None where it has no business to know."""


class Signal(Enum):
    """What a window is told besides talk."""

    CLOCK = auto()  # the clock was pushed
    END = auto()  # this stream is over


Item = WebMessage | Answer | Signal


class Live:
    """Everybody's open windows. `look` is called after each change of a message, `tell` for a line to one person."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed = asyncio.Event()
        self._windows: dict[asyncio.Queue[Item], str] = {}
        self._closed = False
        self._seen = 0

    def look(self) -> None:
        """Something may have changed."""
        self._changed.set()

    def tick(self) -> None:
        """The clock was pushed: every window shall show it."""
        for queue in self._windows:
            queue.put_nowait(Signal.CLOCK)

    def tell(self, person: str, answer: Answer) -> None:
        """Show an answer in this person's windows, if any are open."""
        for queue, owner in self._windows.items():
            if owner == person:
                queue.put_nowait(answer)

    async def begin(self) -> None:
        """What changes from now on is passed on."""
        self._seen = await self._database.read(store.last_change)

    async def follow(self) -> None:
        """Pass to all windows what has changed since the last time; where nothing has, wait until something may."""
        rows = await self._database.read(lambda session: store.changes(session, self._seen, TOGETHER))
        for row in rows:
            self._seen = row.change
            for queue in tuple(self._windows):
                self._pass(queue, row)
        if not rows:
            await self._changed.wait()
            self._changed.clear()

    def _pass(self, queue: asyncio.Queue[Item], row: WebMessage) -> None:
        if queue.qsize() < BEHIND:
            queue.put_nowait(row)
        else:
            self._windows.pop(queue, None)
            queue.put_nowait(Signal.END)

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        for queue in self._windows:
            queue.put_nowait(Signal.END)

    async def stream(
        self, request: web.Request, person: str, after: int, draw: Draw, clock: Callable[[], str]
    ) -> web.StreamResponse:
        """Tell one window of this person all that changed since change `after`, and then all that changes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        queue: asyncio.Queue[Item] = asyncio.Queue()
        self._windows[queue] = person  # before the past is read: what changes meanwhile comes twice, never not at all
        try:
            await response.write(_event("clock", clock()))
            last: int | None = await self._catch_up(response, after, draw)
            while not self._closed and last is not None:
                last = await self._next(response, queue, last, draw, clock)
        except ConnectionResetError:
            pass  # the window was closed
        finally:
            self._windows.pop(queue, None)
        return response

    async def _catch_up(self, response: web.StreamResponse, after: int, draw: Draw) -> int:
        while rows := await self._database.read(lambda session: store.changes(session, after, TOGETHER)):  # noqa: B023 - awaited here
            for row in rows:
                await _show(response, row, draw)
                after = row.change
        return after

    async def _next(
        self, response: web.StreamResponse, queue: asyncio.Queue[Item], last: int, draw: Draw, clock: Callable[[], str]
    ) -> int | None:
        """Show what is queued by now, each message once in its newest form.

        Returns the last change that was shown, None when the stream is over.
        """
        try:
            items = [await asyncio.wait_for(queue.get(), STILL)]
        except TimeoutError:
            await response.write(_event("clock", clock()))
            return last
        while not queue.empty():
            items.append(queue.get_nowait())
        newest: dict[int | None, WebMessage] = {}
        ended = False
        for item in items:
            match item:
                case Signal.END:
                    ended = True
                case Signal.CLOCK:
                    await response.write(_event("clock", clock()))
                case Answer():
                    await response.write(_event("toast", {"toast": item.toast, "alert": item.alert}))
                case WebMessage() if item.change > last:
                    newest[item.id] = item
        for row in sorted(newest.values(), key=lambda row: row.change):
            await _show(response, row, draw)
            last = row.change
        return None if ended else last


async def _show(response: web.StreamResponse, row: WebMessage, draw: Draw) -> None:
    told = await draw(row)
    if told is not None:
        await response.write(_event("talk", told, row.change))


def _event(kind: str, data: object, id: int | None = None) -> bytes:
    """One server-sent event. JSON of ASCII only has no line break, which would end the event."""
    lines = [f"event: {kind}", f"data: {json.dumps(data)}"]
    if id is not None:
        lines.insert(0, f"id: {id}")
    return ("\n".join(lines) + "\n\n").encode()
