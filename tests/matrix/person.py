"""A neighbour with a Matrix client of nothing but plain HTTP: says, reacts, edits, and sees what stands in a room."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any
from urllib.parse import quote

import aiohttp

from tests.matrix.screen import shown

Json = dict[str, Any]
WAIT = 60.0
"""Seconds until something that was to be seen is given up: far more than it ever takes."""


class Person:
    """One account, logged in. Encrypted rooms it can enter, and read nothing there."""

    def __init__(self, url: str, user: str, token: str, session: aiohttp.ClientSession) -> None:
        self.url, self.user, self.token, self.session = url, user, token, session
        self._keys = itertools.count()

    @classmethod
    async def log_in(cls, url: str, user: str, session: aiohttp.ClientSession, name: str = "") -> Person:
        body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": "password"}
        async with session.post(f"{url}/_matrix/client/v3/login", json=body) as answer:
            person = cls(url, user, (await answer.json())["access_token"], session)
        if name:
            await person.call("PUT", "profile", user, "displayname", body={"displayname": name})
        return person

    async def call(self, method: str, *path: str, body: Json | None = None, query: str = "") -> Json:
        url = f"{self.url}/_matrix/client/v3/" + "/".join(quote(part, safe="") for part in path) + query
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            said: Json = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {said}")
            return said

    async def create(self, *invited: str, encrypted: bool = False, **settings: Any) -> str:
        """A new room that people may join by invitation; its id."""
        state = settings.pop("initial_state", [])
        if encrypted:
            algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
            state.append({"type": "m.room.encryption", "state_key": "", "content": algorithm})
        body = {"preset": "private_chat", "invite": list(invited), "initial_state": state, **settings}
        return str((await self.call("POST", "createRoom", body=body))["room_id"])

    async def invite(self, room: str, user: str) -> None:
        await self.call("POST", "rooms", room, "invite", body={"user_id": user})

    async def join(self, room: str) -> None:
        await self.call("POST", "rooms", room, "join", body={})

    async def leave(self, room: str) -> None:
        await self.call("POST", "rooms", room, "leave", body={})

    async def put(self, room: str, kind: str, content: Json) -> str:
        key = f"{self.user}{next(self._keys)}"
        return str((await self.call("PUT", "rooms", room, "send", kind, key, body=content))["event_id"])

    async def upload(self, body: bytes, kind: str) -> str:
        """Where it lies in the media store from now on."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        async with self.session.post(f"{self.url}/_matrix/media/v3/upload", data=body, headers=headers) as answer:
            return str((await answer.json())["content_uri"])

    async def say(self, room: str, text: str, reply_to: str | None = None, **more: Any) -> str:
        content: Json = {"msgtype": "m.text", "body": text, **more}
        if reply_to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        return await self.put(room, "m.room.message", content)

    async def edit(self, room: str, id: str, text: str) -> str:
        relation = {"rel_type": "m.replace", "event_id": id}
        fresh = {"msgtype": "m.text", "body": text}
        more: Json = {"m.new_content": fresh, "m.relates_to": relation}
        return await self.say(room, f"* {text}", **more)

    async def react(self, room: str, id: str, emoji: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": id, "key": emoji}
        return await self.put(room, "m.reaction", {"m.relates_to": relation})

    async def withdraw(self, room: str, id: str) -> None:
        await self.call("PUT", "rooms", room, "redact", id, f"{self.user}{next(self._keys)}", body={})

    async def events(self, room: str) -> list[Json]:
        """All events of a room, oldest first."""
        found: list[Json] = []
        start = ""
        while True:
            page = await self.call("GET", "rooms", room, "messages", query=f"?dir=b&limit=200{start}")
            found += page["chunk"]
            if not page["chunk"] or "end" not in page:
                return found[::-1]
            start = f"&from={page['end']}"

    async def screen(self, room: str, sender: str) -> list[str]:
        """What one sees of `sender`'s messages, in order: edits in their place, withdrawn ones gone."""
        return [message.text for message in shown(await self.events(room), sender)]

    async def reactions(self, room: str, id: str, sender: str) -> list[str]:
        """The reactions of `sender` under a message, in order."""
        return [
            event["content"]["m.relates_to"]["key"]
            for event in await self.events(room)
            if event["type"] == "m.reaction"
            and event["sender"] == sender
            and event["content"].get("m.relates_to", {}).get("event_id") == id
        ]

    async def invitations(self) -> dict[str, str]:
        """Rooms one is invited to, with who asks."""
        answer = await self.call("GET", "sync", query="?timeout=0")
        return {
            room: next(e["sender"] for e in info["invite_state"]["events"] if e.get("state_key") == self.user)
            for room, info in answer.get("rooms", {}).get("invite", {}).items()
        }


async def until(look: Any, wanted: Any = bool) -> Any:
    """Look again and again until what is seen is wanted; what was seen then. Fails after a time that means never."""
    pause = 0.02
    async with asyncio.timeout(WAIT):
        while True:
            seen = await look()
            if wanted(seen):
                return seen
            await asyncio.sleep(pause)
            pause = min(1.3 * pause, 0.25)  # to look may cost the server more than what is waited for
