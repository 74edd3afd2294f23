"""Somebody asks to compare signs with the bot: it says kindly that it cannot, and their program stops waiting."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

import aiohttp

from adapters.matrix import catalogue
from adapters.matrix.keys import Keys
from adapters.matrix.room import Room
from adapters.matrix.server import DeniedError, FailedError, Json, Server
from core.network import Failure, Later

log = logging.getLogger(__name__)

REQUEST = "m.key.verification.request"
START = "m.key.verification.start"
CANCEL = "m.key.verification.cancel"
KINDS = "m.key.verification."
WAITS = 600.0
"""Seconds for which somebody's program waits for an answer, as the specification has it."""
MOST = 100
"""Requests that are kept, at most, while none can be answered."""


@dataclass(frozen=True, slots=True)
class InRoom:
    """Asked in a room, as programs do with somebody who is talked to there."""

    room: Room
    event: str
    since: float = field(default_factory=time.monotonic)

    async def cancel(self, server: Server, keys: Keys, why: Json) -> None:
        refers = {"m.relates_to": {"rel_type": "m.reference", "event_id": self.event}}
        await put(server, keys, self.room, CANCEL, why | refers, f"verify.0.{self.event}")


@dataclass(frozen=True, slots=True)
class OfDevice:
    """Asked of this device, past all rooms. `room`: where something can be said to them, if there is such a place."""

    who: str
    device: str
    event: str
    room: Room | None
    since: float = field(default_factory=time.monotonic)

    async def cancel(self, server: Server, _keys: Keys, why: Json) -> None:
        key, content = f"verify.0.{self.device}.{self.event}", why | {"transaction_id": self.event}
        await server.call("PUT", "sendToDevice", CANCEL, key, body={"messages": {self.who: {self.device: content}}})


@dataclass(slots=True)
class Verifying:
    """Answers whoever asks, under keys made of what asked: repeated after a crash it shows once. Whoever could not be
    answered is, later, as long as their program waits.
    """

    server: Server
    keys: Keys
    lang: str
    _asked: list[InRoom | OfDevice] = field(default_factory=list)
    _told: dict[str, float] = field(default_factory=dict)  # where it was said why, when

    @property
    def waiting(self) -> bool:
        return bool(self._asked)

    def in_room(self, room: Room, event: Json) -> bool:
        """Whether this asks the bot in a room; it is put down then."""
        content = event.get("content", {})
        mine = event.get("sender") != self.server.me and content.get("to") == self.server.me
        asks = mine and event.get("type") == "m.room.message" and content.get("msgtype") == REQUEST
        if asks:
            self._asked.append(InRoom(room, event["event_id"]))
        return asks

    def of_device(self, sent: list[Json], rooms: dict[str, Room]) -> None:
        """Put down what asks this device, among all that was sent to it. An older program begins without asking."""
        for event in sent:
            content, who = event.get("content"), event.get("sender")
            if event.get("type") not in (REQUEST, START) or not isinstance(content, dict) or not isinstance(who, str):
                continue
            device, id = content.get("from_device"), content.get("transaction_id")
            if isinstance(device, str) and isinstance(id, str):
                chats = [room for room in rooms.values() if room.direct == who and room.private and room.joined(who)]
                self._asked.append(OfDevice(who, device, id, chats[-1] if chats and fresh(content) else None))

    async def answer(self) -> None:
        """Tell them no, and why. That it cannot be said now is no reason to hold up what people say."""
        asked, self._asked = self._asked, []
        for each in asked:
            try:
                await self._decline(each)
            except (DeniedError, FailedError, Failure, aiohttp.ClientError, TimeoutError) as trouble:
                log.info("Matrix: a request to verify is not answered: %s", trouble)
                if passes(trouble) and time.monotonic() - each.since < WAITS:
                    self._asked = [*self._asked, each][-MOST:]

    async def _decline(self, asked: InRoom | OfDevice) -> None:
        """Why is said once in a while: who presses three times reads it once."""
        words = catalogue().text(self.lang, "verify.no")
        await asked.cancel(self.server, self.keys, {"code": "m.user", "reason": words})
        room, now = asked.room, time.monotonic()
        if room is None or now - self._told.get(room.id, -WAITS) < WAITS:
            return
        said: Json = {"msgtype": "m.notice", "body": words}
        await put(self.server, self.keys, room, "m.room.message", said, f"verify.1.{asked.event}")
        self._told[room.id] = now


def concerns(event: Json) -> bool:
    """Whether something sent to this device is about comparing signs: nio would begin to, and wait for a person."""
    return str(event.get("type")).startswith(KINDS)


def fresh(content: Json) -> bool:
    """Whether somebody may still be sitting before it: where it was asked while the bot was away, nobody is."""
    at = content.get("timestamp")
    return not isinstance(at, int) or abs(time.time() - at / 1000) < WAITS


def passes(trouble: Exception) -> bool:
    """Whether it may go better in a while."""
    if isinstance(trouble, DeniedError):
        return trouble.limited or trouble.status >= 500
    return not isinstance(trouble, Failure) or isinstance(trouble, Later)


async def put(server: Server, keys: Keys, room: Room, kind: str, content: Json, key: str) -> None:
    sealed = await keys.encrypt(room.id, kind, content) if keys.encrypts(room.id) else (kind, content)
    await server.put(room.id, *sealed, key)
