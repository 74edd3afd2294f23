"""A neighbour whose client can encrypt: what tests need of it, on matrix-nio, with everything in memory."""

from __future__ import annotations

import itertools
from typing import Any

import nio

Json = dict[str, Any]
ALL = {"room": {"timeline": {"limit": 10_000}}}
"""Nothing is left out, however long one has not looked."""


class NioPerson:
    """One account, logged in on one device. It looks at the server when it is asked what it sees, and not before."""

    def __init__(self, client: nio.AsyncClient) -> None:
        self.client = client
        self.user: str = client.user_id
        self._keys = itertools.count()
        self._seen: dict[str, list[Json]] = {}
        client.add_event_callback(self._see, nio.Event)

    @classmethod
    async def log_in(cls, url: str, user: str, name: str = "") -> NioPerson:
        config = nio.AsyncClientConfig(store=nio.store.SqliteMemoryStore, pickle_key="p")
        client = nio.AsyncClient(url, user, config=config)
        answer = await client.login("password")
        assert isinstance(answer, nio.LoginResponse), answer
        person = cls(client)
        if name:
            await client.set_displayname(name)
        await person.look()
        return person

    async def _see(self, room: nio.MatrixRoom, event: nio.Event) -> None:
        self._seen.setdefault(room.room_id, []).append(event.source)

    async def look(self) -> None:
        """Take in everything up to now."""
        await self.client.sync(timeout=0, sync_filter=ALL)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()

    async def create(self, *invited: str, encrypted: bool = True, is_direct: bool = False) -> str:
        algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
        state = [{"type": "m.room.encryption", "state_key": "", "content": algorithm}] if encrypted else []
        preset = nio.RoomPreset.private_chat
        answer = await self.client.room_create(preset=preset, invite=invited, initial_state=state, is_direct=is_direct)
        await self.look()
        return str(answer.room_id)

    async def invite(self, room: str, user: str) -> None:
        await self.client.room_invite(room, user)

    async def join(self, room: str) -> None:
        await self.client.join(room)
        await self.look()

    async def leave(self, room: str) -> None:
        await self.client.room_leave(room)

    async def put(self, room: str, kind: str, content: Json) -> str:
        await self.look()
        answer = await self.client.room_send(
            room, kind, content, f"{self.user}{next(self._keys)}", ignore_unverified_devices=True
        )
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def say(self, room: str, text: str, reply_to: str | None = None) -> str:
        content: Json = {"msgtype": "m.text", "body": text}
        if reply_to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        return await self.put(room, "m.room.message", content)

    async def edit(self, room: str, message: str, text: str) -> str:
        relation = {"rel_type": "m.replace", "event_id": message}
        fresh = {"msgtype": "m.text", "body": text}
        content = {**fresh, "body": f"* {text}", "m.new_content": fresh, "m.relates_to": relation}
        return await self.put(room, "m.room.message", content)

    async def react(self, room: str, message: str, emoji: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": message, "key": emoji}
        return await self.put(room, "m.reaction", {"m.relates_to": relation})

    async def withdraw(self, room: str, message: str) -> None:
        await self.client.room_redact(room, message)

    async def events(self, room: str) -> list[Json]:
        """All events of a room since one came in, oldest first, in clear where they can be read."""
        await self.look()
        return self._seen.get(room, [])

    async def close(self) -> None:
        await self.client.close()
        self.client.store.database.close()
