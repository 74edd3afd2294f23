"""What keeps every window up to date: one reader of changes, and a stream of server-sent events for each window."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from aiohttp import web
from sqlmodel import Session

from adapters.web import store
from adapters.web.store import WebMessage
from core.db import Database
from core.messages import Answer

TOGETHER = 200
"""How many changes are read at once."""
BEHIND = 500
"""A window this many changes behind is let go: it comes back by itself and reads what it missed from the database."""
CAUGHT_UP = 200
"""The most changes that a window which comes back is told. Who missed more hears the newest, and to load it anew."""
WINDOWS = 10
"""How many windows of one person are kept up to date."""
STILL = 20.0
"""Seconds of silence after which a stream says that it is alive (and what time the demo has)."""

Told = tuple[int, dict[str, object]]
"""The number of a change, and what a window is told of it."""
Draw = Callable[[Sequence[WebMessage]], Awaitable[list[Told]]]
"""What a window is told of changed messages; nothing of those of which it has no business to know."""
Missed = Callable[[Session, int, int], Sequence[WebMessage]]
"""The newest changes of what a window sees, oldest first: since this one, at most so many."""


@dataclass(frozen=True, slots=True)
class Window:
    """What keeps one window up to date: whose it is, what it sees, and the demo's clock in its words."""

    person: str
    missed: Missed
    draw: Draw
    clock: Callable[[], str]


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

    def __contains__(self, person: str) -> bool:
        """Whether this person has a window open, and in view: one that is not lets go of its stream."""
        return person in self._windows.values()

    def crowded(self, person: str) -> bool:
        """Whether this person has so many open windows that one more is not kept up to date."""
        return list(self._windows.values()).count(person) >= WINDOWS

    async def stream(self, request: web.Request, after: int, window: Window) -> web.StreamResponse:
        """Tell one window what changed since change `after`, and then all that changes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        queue: asyncio.Queue[Item] = asyncio.Queue()
        self._windows[queue] = window.person  # before the past is read: what changes meanwhile comes twice
        try:
            await response.write(_event("clock", window.clock()))
            last: int | None = await self._catch_up(response, after, window)
            while not self._closed and last is not None:
                last = await self._next(response, queue, last, window)
        except ConnectionResetError:
            pass  # the window was closed
        finally:
            self._windows.pop(queue, None)
        return response

    async def _catch_up(self, response: web.StreamResponse, after: int, window: Window) -> int:
        rows = await self._database.read(lambda session: window.missed(session, after, CAUGHT_UP + 1))
        if len(rows) > CAUGHT_UP:
            await response.write(_event("behind", {}))
        await _show(response, rows[-CAUGHT_UP:], window.draw)
        return rows[-1].change if rows else after

    async def _next(
        self, response: web.StreamResponse, queue: asyncio.Queue[Item], last: int, window: Window
    ) -> int | None:
        """Show what is queued by now, each message once in its newest form.

        Returns the last change that was shown, None when the stream is over.
        """
        try:
            items = [await asyncio.wait_for(queue.get(), STILL)]
        except TimeoutError:
            await response.write(_event("clock", window.clock()))
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
                    await response.write(_event("clock", window.clock()))
                case Answer():
                    await response.write(_event("toast", {"toast": item.toast, "alert": item.alert}))
                case WebMessage() if item.change > last:
                    newest[item.id] = item
        rows = sorted(newest.values(), key=lambda row: row.change)
        await _show(response, rows, window.draw)
        if rows:
            last = rows[-1].change
        return None if ended else last


async def _show(response: web.StreamResponse, rows: Sequence[WebMessage], draw: Draw) -> None:
    for change, told in await draw(rows):
        await response.write(_event("talk", told, change))


def _event(kind: str, data: object, id: int | None = None) -> bytes:
    """One server-sent event. JSON of ASCII only has no line break, which would end the event."""
    lines = [f"event: {kind}", f"data: {json.dumps(data)}"]
    if id is not None:
        lines.insert(0, f"id: {id}")
    return ("\n".join(lines) + "\n\n").encode()
