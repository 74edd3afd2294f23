"""The rooms for which configured aliases stand: an alias is a name that people know, and an id is what events carry."""

from __future__ import annotations

import asyncio
import logging

import aiohttp

from adapters.matrix import catalogue
from adapters.matrix.ids import is_alias
from adapters.matrix.server import DeniedError, Server
from adapters.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds for one alias: the server that knows it may be another one, and away."""
AGAIN = 300.0
"""Seconds until an alias whose server could not be asked is asked for again."""


class Aliases:
    """What the room directory says of the configured aliases."""

    def __init__(self, server: Server, settings: MatrixSettings) -> None:
        self._server = server
        self._lang = settings.lang
        self._wanted = [group for group in settings.groups if is_alias(group)]
        self._rooms: dict[str, str] = {}
        self._asked = 0.0
        self.unsure: set[str] = set()  # of these the directory could not be asked

    def of(self, room: str) -> frozenset[str]:
        """The configured aliases that stand for this room."""
        return frozenset(alias for alias, id in self._rooms.items() if id == room)

    async def look(self) -> None:
        """Ask for all of them. What is not known any more, or not yet, is said in the log; raises nothing."""
        self._asked = asyncio.get_running_loop().time()
        for alias in self._wanted:
            self.unsure.discard(alias)
            try:
                room = await self._server.room_called(alias, seconds=PATIENCE)
            except (DeniedError, aiohttp.ClientError, TimeoutError) as trouble:
                log.warning("Matrix: nobody knows for now which room %s is: %s", alias, trouble or "no answer")
                self.unsure.add(alias)
                continue
            if room is None:
                self._rooms.pop(alias, None)
                log.warning(catalogue().text(self._lang, "run.no_alias", group=alias))
            else:
                self._rooms[alias] = room

    async def look_again(self) -> None:
        """Ask once more where that is of use by now."""
        if self.unsure and asyncio.get_running_loop().time() - self._asked >= AGAIN:
            await self.look()
