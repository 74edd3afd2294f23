"""Messages whose key has not come: kept, tried again, and at last told of as unreadable, once for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from adapters.matrix.keys import Keys
from adapters.matrix.room import Room
from adapters.matrix.server import Json
from adapters.matrix.store import Place
from core.messages import Event, Garbled

UNREAD = 100
"""Messages whose key is waited for, at most: the oldest are given up first."""


class Unread:
    """What cannot be read by now. It is kept in the place in the stream, and with it on the disk."""

    def __init__(self, place: Place, keys: Keys, patience: float) -> None:
        self._place = place
        self._keys = keys
        self._patience = patience  # seconds until the writer is told
        self._since: dict[str, float] = {}  # message -> when it was first seen, loop time

    @property
    def waiting(self) -> bool:
        """Whether the writer of some message has not been told yet."""
        return any(not kept["told"] for kept in self._place.unread)

    async def put_aside(self, room: Room, event: Json) -> None:
        """Keep a message that cannot be read: its key may be on the way."""
        if any(kept["event"]["event_id"] == event["event_id"] for kept in self._place.unread):
            return
        self._since[event["event_id"]] = asyncio.get_running_loop().time()
        self._place.unread = [*self._place.unread, {"room": room.id, "event": event, "told": False}][-UNREAD:]
        await self._keys.request(room.id, event)

    async def look(
        self,
        rooms: dict[str, Room],
        read: Callable[[Room, Json], Awaitable[None]],
        tell: Callable[[Event], Awaitable[object]],
    ) -> None:
        """`read` what can be read by now, and `tell` of what cannot that it cannot."""
        now = asyncio.get_running_loop().time()
        still: list[Json] = []
        for kept in self._place.unread:
            room, event = rooms.get(kept["room"]), kept["event"]
            if room is None:
                continue
            if self._keys.open(room.id, event) is not None:
                await read(room, event)
                continue
            waited = now - self._since.setdefault(event["event_id"], now)
            if not kept["told"] and waited >= self._patience:
                person = room.person(event["sender"])
                await tell(Garbled(f"{event['event_id']}/garbled", room.chat, person))
                still.append({**kept, "told": True})
            else:
                still.append(kept)
        self._place.unread = still
