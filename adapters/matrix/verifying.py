"""Somebody asks to compare signs with the bot: it says kindly that it cannot, and their program stops waiting."""

from __future__ import annotations

from adapters.matrix import catalogue
from adapters.matrix.keys import Keys
from adapters.matrix.room import Room
from adapters.matrix.server import Json, Server

REQUEST = "m.key.verification.request"
CANCEL = "m.key.verification.cancel"


def asks(event: Json, me: str) -> bool:
    """Whether this asks the bot to verify somebody, in a room."""
    content = event.get("content", {})
    mine = event.get("sender") != me and content.get("to") == me
    return mine and event.get("type") == "m.room.message" and content.get("msgtype") == REQUEST


async def decline(server: Server, keys: Keys, room: Room, event: Json, lang: str) -> None:
    """Cancel it, and say why. Repeated after a crash it shows once: the event names both."""
    words, id = catalogue().text(lang, "verify.no"), event["event_id"]
    refers = {"rel_type": "m.reference", "event_id": id}
    cancel: Json = {"m.relates_to": refers, "code": "m.user", "reason": words}
    said: Json = {"msgtype": "m.notice", "body": words}
    for number, (kind, content) in enumerate(((CANCEL, cancel), ("m.room.message", said))):
        sealed = await keys.encrypt(room.id, kind, content) if keys.encrypts(room.id) else (kind, content)
        await server.put(room.id, *sealed, f"verify.{number}.{id}")
