"""Private chats: found again before one is opened, and never opened twice."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from adapters.matrix.room import MARK, Room
from adapters.matrix.server import DeniedError, Json, Server, failure
from adapters.matrix.stream import Stream
from core.messages import Chat, Person
from core.network import Gone

ONLY_THE_BOT = 100
"""The power level it takes to invite somebody into a private chat: only the bot's, which has no use for it."""


class Privates:
    """The private chats of one bot account, one for each person."""

    def __init__(self, server: Server, stream: Stream, *, encrypted: bool) -> None:
        self._server = server
        self._stream = stream
        self._encrypted = encrypted
        self._opened: set[str] = set()  # with these since the start: the stream may tell of a chat in parts
        self._one: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def with_person(self, person: Person) -> Chat:
        """The chat with a person who is in it. Raises `Gone` until they have joined: who is invited is not reached.

        Whoever left their chat, or did not want it, is not asked again: they may write to the bot.
        """
        async with self._one[person.id]:
            rooms = [room for room in self._stream.rooms.values() if room.direct == person.id and room.private]
            for room in reversed(rooms):
                if room.joined(person.id):
                    return room.chat
            if rooms:
                raise Gone(f"{person.id} is not in their private chat: {membership(rooms[-1], person)}")
            try:
                if person.id not in self._opened and not await self._opened_unseen(person):
                    await self._open(person)
            except DeniedError as denied:
                raise failure(denied) from denied
            raise Gone(f"{person.id} has just been invited to a private chat")

    async def _opened_unseen(self, person: Person) -> bool:
        """Whether an earlier call, whose answer was lost, opened a chat that has not come down the stream yet."""
        looked_at = frozenset(self._stream.rooms)  # while the server answers, the chat may come down the stream
        joined: list[str] = (await self._server.ask("GET", "joined_rooms"))["joined_rooms"]
        for room_id in joined:
            if room_id not in looked_at:
                mark = await self._server.state(room_id, MARK)
                if mark is not None and mark.get("person") == person.id:
                    return True
        return False

    async def _open(self, person: Person) -> None:
        state: list[Json] = [{"type": MARK, "state_key": "", "content": {"person": person.id}}]
        if self._encrypted:
            algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
            state.append({"type": "m.room.encryption", "state_key": "", "content": algorithm})
        room = await self._server.ask(
            "POST",
            "createRoom",
            body={
                "preset": "private_chat",
                "is_direct": True,
                "invite": [person.id],
                "initial_state": state,
                "power_level_content_override": {"invite": ONLY_THE_BOT},
            },
        )
        self._opened.add(person.id)
        await self._server.remember_direct(person.id, room["room_id"])


def membership(room: Room, person: Person) -> str:
    member = room.members.get(person.id)
    return member.membership if member else "not asked"
