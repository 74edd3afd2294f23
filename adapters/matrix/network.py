"""One bot account on Matrix: what the core wants to be seen there, and what happens there."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace

from adapters.matrix import CAN, catalogue
from adapters.matrix.ids import NETWORK
from adapters.matrix.keys import UNSYNCED, Keys
from adapters.matrix.login import opened
from adapters.matrix.pictures import JPEG, fetched, uploaded
from adapters.matrix.private import Privates
from adapters.matrix.room import Room
from adapters.matrix.server import DeniedError, Json, Server, failure
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.show import content, edited, related
from adapters.matrix.store import Store
from adapters.matrix.stream import Stream
from core.messages import Attached, Chat, File, Message, Person
from core.network import MARK, Can, Gone, Later, Lost, Receive, Refused, Standing
from core.shelf import Shelf

FOLLOWS = 20
"""How often a reaction is tried again where the server limits us."""
YIELDS = 10
"""How often it lets what is more pressing go first."""
PINNED = 10
"""Pinned messages kept in a room, at most."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What there is while the account is connected."""

    server: Server
    keys: Keys
    stream: Stream
    privates: Privates


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction to be put under a message."""

    room: str
    message: str
    emoji: str
    key: str

    async def put(self, server: Server) -> float:
        """Put it there. Returns the seconds to wait where the server limits us, else 0. Raises as `Network.react`."""
        relation: Json = {"rel_type": "m.annotation", "event_id": self.message, "key": self.emoji}
        path = ("rooms", self.room, "send", "m.reaction", self.key)
        try:
            await server.ask("PUT", *path, body={"m.relates_to": relation})
        except DeniedError as denied:
            if denied.limited:
                return denied.wait
            if denied.code != "M_DUPLICATE_ANNOTATION":
                raise failure(denied) from denied
        return 0.0

    async def put_later(self, server: Server, wait: float) -> None:
        """Try again, a few times, when there is more to spare than what people wait for. Nobody is told how it ends."""
        for turn in range(FOLLOWS):
            await asyncio.sleep(wait)
            wait = server.bucket.spare(time.monotonic()) if turn < YIELDS else 0.0
            if not wait:
                with contextlib.suppress(Exception):
                    wait = await self.put(server)
                    if not wait:
                        return


class Matrix:
    """The `Network` of one Matrix account. Until `run` knows its rooms, calls wait a little, then ask to come back."""

    def __init__(self, settings: MatrixSettings, shelf: Shelf | None = None) -> None:
        self._settings = settings
        self._shelf = shelf or Shelf(None)
        self._store = Store(settings.store)
        self._connection: Connection | None = None
        self._following: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        return NETWORK

    @property
    def bot(self) -> str:
        """The account's full id once it has logged in."""
        login = self._store.login
        return login.user if login else self._settings.user

    @property
    def can(self) -> Can:
        return replace(CAN, confides=self._settings.confide)

    async def run(self, receive: Receive) -> None:
        """See `Network.run`. Raises `UnusableError`: nobody is logged in, the keys are gone, the token is not valid."""
        async with opened(self._settings) as server:
            keys = Keys(server)
            stream = Stream(server, keys, self._store, self._settings)
            privates = Privates(server, stream, encrypted=self._settings.encrypted)
            self._connection = Connection(server, keys, stream, privates)
            try:
                await stream.run(receive)
            finally:
                self._connection = None
                for task in self._following:
                    task.cancel()

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        """See `Network.send`. A private word into a chat that is not private any more raises `Gone`."""
        connection, room = await self._room(chat)
        if (chat.private or message.confides()) and not (room.private and room.joined(room.direct or "")):
            raise Gone(f"{chat.id} is no private chat any more")
        made = content(message, CAN.max_text)
        made |= await self._picture(connection, room, message)
        if relation := related(message):
            with contextlib.suppress(Refused):  # its thread began in another room: it stands where all else does
                return await self._put(connection, room, "m.room.message", made | relation, key)
        return await self._put(connection, room, "m.room.message", made, key)

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        """See `Network.edit`. The message is looked at first: a server takes the edit of one that was withdrawn, and
        nobody ever sees it."""
        connection, room = await self._room(chat)
        if (chat.private or message.confides()) and not room.private:
            raise Gone(f"{chat.id} is no private chat any more")
        try:
            shown = await connection.server.event(room.id, id)
        except DeniedError as denied:
            raise failure(denied) from denied
        if shown is None or shown.get("sender") != connection.server.me or not shown.get("content"):
            raise Lost(id)
        made = edited(message, id, CAN.max_text)
        made["m.new_content"] |= await self._picture(connection, room, message)
        await self._put(connection, room, "m.room.message", made, key)

    async def _picture(self, connection: Connection, room: Room, message: Message) -> Json:
        """What the content of an event says of the picture or file with a message; nothing where there is none."""
        picture = await asyncio.to_thread(self._shelf.read, message.picture)
        file = message.file or (File("picture.jpg", JPEG, picture) if picture else None)
        if file is None:
            return {}
        try:
            lies = await uploaded(connection.server, file, encrypted=connection.keys.encrypts(room.id))
        except DeniedError as denied:
            raise failure(denied) from denied
        return {"msgtype": "m.file" if message.file else "m.image", **lies}

    async def fetch(self, thing: Attached) -> bytes:
        """See `Fetches.fetch`."""
        return await fetched((await self._ready()).server, thing)

    async def remove(self, chat: Chat, id: str) -> None:
        connection, room = await self._room(chat)
        await connection.server.call("PUT", "rooms", room.id, "redact", id, f"remove.{id}", body={})

    async def pin(self, chat: Chat, id: str) -> None:
        connection, room = await self._room(chat)
        if wait := connection.server.bucket.spare(time.monotonic()):
            self._follow(self._pin_later(connection, room, id, wait))
        else:
            await self._pin(connection, room, id)

    async def _pin_later(self, connection: Connection, room: Room, id: str, wait: float) -> None:
        """Pin it when nothing that people wait for is held up by that. Nobody is told how it ends."""
        await asyncio.sleep(wait)
        with contextlib.suppress(Exception):
            await self._pin(connection, room, id)

    async def _pin(self, connection: Connection, room: Room, id: str) -> None:
        pinned = (await connection.server.state(room.id, "m.room.pinned_events") or {}).get("pinned", [])
        if id not in pinned:
            kept = {"pinned": [*pinned, id][-PINNED:]}
            await connection.server.call("PUT", "rooms", room.id, "state", "m.room.pinned_events", "", body=kept)

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        """See `Network.react`. A reaction that stands there already is success. Reactions are never encrypted: servers
        could not count them.

        Where the server limits us, or soon will, a sign to press follows when it may: without it there is nothing to
        press. A mark on somebody's words is left out then: the roster and the answer say the same.
        """
        connection, room = await self._room(chat)
        reaction = Reaction(room.id, id, emoji, key)
        wait = connection.server.bucket.spare(time.monotonic())
        if wait and key.startswith(MARK):
            return
        wait = wait or await reaction.put(connection.server)
        if wait:
            self._follow(reaction.put_later(connection.server, wait))

    def _follow(self, later: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(later)
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def private(self, person: Person) -> Chat:
        """See `Network.private`. Opens a chat where there is none, and raises `Gone` until the person has joined."""
        return await (await self._ready()).privates.with_person(person)

    async def standing(self, person: Person, chat: Chat, *, acting: bool) -> Standing:
        """See `Stands.standing`. The stream has told of both, up to what it brought last."""
        room = self._connection.stream.rooms.get(chat.id) if self._connection else None
        if room is None or room.moved_to is not None:
            return Standing()
        return Standing(room.joined(person.id), room.administrator(person.id))

    def called(self, chat: Chat) -> frozenset[str]:
        """The configured aliases that stand for this room."""
        return self._connection.stream.aliases.of(chat.id) if self._connection else frozenset()

    async def leave(self, chat: Chat) -> None:
        """Leave a room for good, saying who may ask the bot in. While it is not known for which rooms all configured
        aliases stand, it raises `Later`: this may be one of them."""
        connection, room = await self._room(chat)
        if connection.stream.aliases.unsure:
            raise Later(UNSYNCED)
        reason = catalogue().text(self._settings.lang, "leave.reason")
        await connection.server.call("POST", "rooms", room.id, "leave", body={"reason": reason})
        room.out = True

    async def _ready(self) -> Connection:
        """The connection once rooms and keys are known, for which a little patience is had."""
        connection = self._connection
        if connection is None:
            raise Later(UNSYNCED, everywhere=True)
        try:
            await asyncio.wait_for(connection.stream.ready.wait(), self._settings.patience)
        except TimeoutError:
            raise Later(UNSYNCED, everywhere=True) from None
        return connection

    async def _room(self, chat: Chat) -> tuple[Connection, Room]:
        """The connection and a room that the bot is in. Raises `Gone` for any other, `Later` for one not seen yet."""
        connection = await self._ready()
        room = connection.stream.rooms.get(chat.id)
        if room is None or room.out:
            joined = await connection.server.call("GET", "joined_rooms")
            if chat.id in joined["joined_rooms"]:
                raise Later(UNSYNCED)
            raise Gone(f"the bot is not in {chat.id}")
        return connection, room

    async def _put(self, connection: Connection, room: Room, kind: str, made: Json, key: str) -> str:
        """Send an event, encrypted where the room is. Once begun it is carried to its end: cancelled between two of
        nio's steps, keys would be half given away."""
        return await asyncio.shield(asyncio.ensure_future(self._sealed(connection, room, kind, made, key)))

    async def _sealed(self, connection: Connection, room: Room, kind: str, made: Json, key: str) -> str:
        if connection.keys.encrypts(room.id):
            try:
                kind, made = await connection.keys.encrypt(room.id, kind, made)
            except DeniedError as denied:
                raise failure(denied) from denied
        return await connection.server.put(room.id, kind, made, key)
