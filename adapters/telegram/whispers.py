"""Messages in a group that one person alone sees ("ephemeral", Bot API 10.3), and where they cannot be had.

A bot may send them where it is an administrator. A server that is older passes over what asks for it and would show the
message to everybody: so it is asked first whether it knows one of their methods, and looked at what was sent.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.failures import CLOSED, says
from adapters.telegram.ids import Place, whispered
from core.network import Refused

ASKED_AGAIN = 600.0
"""Seconds for which it is believed that the bot may not whisper in a group."""
NONE = 1
"""A message that nobody was ever sent."""


@dataclass(slots=True)
class Whispers:
    client: Client
    _known: bool | None = None  # whether the server knows them
    _barred: dict[int, float] = field(default_factory=dict)  # groups where the bot may not, until when

    @property
    def possible(self) -> bool:
        """False once the server has said that it knows nothing of it."""
        return self._known is not False

    async def put(self, where: Place, receiver: int, looks: dict[str, Any]) -> str:
        """Show this to one person in a group. Raises `Refused` where that cannot be done: nobody has seen it then."""
        if self._barred.get(where.chat, 0.0) > time.monotonic() or not await self._known_there(where, receiver):
            raise Refused("nobody can be spoken to alone there")
        call = {"chat_id": where.chat, "message_thread_id": where.topic} | looks
        try:
            sent = await self.client.put(
                "sendMessage", call | {"ephemeral_message_parameters": {"receiver_user_id": receiver}}
            )
        except (BadRequest, Forbidden) as error:
            self._barred[where.chat] = time.monotonic() + ASKED_AGAIN
            raise Refused(str(error)) from error
        if "ephemeral_message_id" not in sent:
            self._known = False
            with suppress(TelegramError):
                await self.client.delete_message(where.chat, int(sent["message_id"]))
            raise Refused("this server shows it to everybody")
        return whispered(receiver, int(sent["ephemeral_message_id"]))

    async def change(self, where: Place, receiver: int, number: int, looks: dict[str, Any]) -> None:
        try:
            await self.client.put("editEphemeralMessageText", named(where, receiver, number) | looks)
        except BadRequest as error:
            if says(error, CLOSED):  # its topic, and not the group
                raise Refused(str(error)) from error
            raise

    async def remove(self, where: Place, receiver: int, number: int) -> None:
        await self.client.put("deleteEphemeralMessage", named(where, receiver, number))

    async def _known_there(self, where: Place, receiver: int) -> bool:
        if self._known is None:
            try:
                await self.remove(where, receiver, NONE)
                self._known = True
            except BadRequest:
                self._known = True
            except InvalidToken:  # how the library calls a method that there is not
                self._known = False
        return self._known


def named(where: Place, receiver: int, number: int) -> dict[str, Any]:
    return {"chat_id": where.chat, "receiver_user_id": receiver, "ephemeral_message_id": number}
