"""Where the bot was asked to come: whose invitations are welcome, and going there until the server lets us."""

from __future__ import annotations

import logging
from collections.abc import Container

from adapters.matrix.ids import server_of
from adapters.matrix.server import DeniedError, Server
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Place

log = logging.getLogger(__name__)
security = logging.getLogger("xiaobandeng.security")


class Invitations:
    """What was accepted and not yet carried out. It is kept in the place in the stream, and with it on the disk."""

    def __init__(self, server: Server, settings: MatrixSettings, place: Place) -> None:
        self._server = server
        self._settings = settings
        self._place = place

    async def consider(self, room: str, inviter: str, *, continues: bool) -> bool:
        """Whether it was accepted. `continues`: the room is made to replace one that the bot is in."""
        if continues or self._settings.welcomes(inviter, self._server.me):
            self.accept(room, inviter)
            return True
        security.info("Matrix: an invitation by somebody of a server that is not welcome was refused")
        await self._try("rooms", room, "leave")
        return False

    def accept(self, room: str, via: str) -> None:
        """Go there with the next turn; `via` is somebody whose server knows the room."""
        self._place.invites[room] = via

    def forget(self, room: str) -> None:
        self._place.invites.pop(room, None)

    async def follow(self, joined: Container[str]) -> None:
        """Go where the bot was asked to; what the server puts off is tried again at the next turn."""
        for room, inviter in list(self._place.invites.items()):
            via = server_of(inviter)
            if room in joined or await self._try("join", room, query={"via": via, "server_name": via}):
                del self._place.invites[room]

    async def _try(self, *path: str, query: dict[str, str] | None = None) -> bool:
        """Join or leave a room. False when the server says to wait; what it forbids is given up."""
        try:
            await self._server.ask("POST", *path, body={}, query=query)
        except DeniedError as denied:
            if denied.limited or denied.status >= 500:
                return False
            log.warning("Matrix: cannot %s: %s", " ".join(path), denied)
        return True
