"""Who may stand at the door, how many and for how long: nobody shuts the page to others."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from weakref import WeakValueDictionary

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

AT_ONCE = 20
"""How many requests of one person may be under way, open windows included."""
PERSON = web.RequestKey("person", str)
"""Whose request it is, once that is known."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What the page puts up with. Seconds are those of the machine."""

    idle: float = 30.0
    """How long a connection may be open without a whole request: the first, or the next."""
    form: float = 20.0
    """How long a form may take to arrive."""
    idlers: int = 200
    """How many connections may be open without a request. One more, and the oldest of them is closed: whoever has
    something to ask says so at once, and is never the oldest.
    """


class Door:
    """Counts the connections of strangers and the requests of each person."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._idle: dict[web.RequestHandler, None] = {}  # oldest first
        self._under_way: Counter[str] = Counter()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def wait(self, connection: web.RequestHandler) -> web.RequestHandler:
        """A connection is open on which nothing is asked now."""
        self._idle[connection] = None
        if len(self._idle) > self.patience.idlers:
            oldest = next(iter(self._idle))
            del self._idle[oldest]
            oldest.force_close()
        return connection

    @property
    def counting(self) -> Middleware:
        """Middleware, around all others, that knows what is under way."""

        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._idle.pop(request.protocol, None)
            try:
                return await handler(request)
            finally:
                if person := request.get(PERSON):
                    self._under_way[person] -= 1
                    if not self._under_way[person]:
                        del self._under_way[person]
                if request.transport is not None:
                    self.wait(request.protocol)

        return count

    def asks(self, request: web.Request, person: str) -> bool:
        """Whether this request of that person may be answered now: not while very many of theirs are under way."""
        if self._under_way[person] >= AT_ONCE:
            return False
        self._under_way[person] += 1
        request[PERSON] = person
        return True

    def turn(self, person: str) -> asyncio.Lock:
        """To be held while a page is drawn for that person: whoever asks for many at once waits for their own."""
        return self._turns.setdefault(person, asyncio.Lock())
