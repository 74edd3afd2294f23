"""The homeserver as this adapter calls it: one plain request at a time, and what each way of saying no means."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import nio

from adapters.matrix import catalogue
from adapters.matrix.bucket import Bucket
from adapters.matrix.oauth import OAuthError, ending, renewed
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Login, Store
from core.network import Gone, Later, Refused, UnusableError

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds until a request without an answer is given up; whoever asked decides whether to ask again."""
MEDIA = 15.0
"""Likewise, for a picture."""
GLANCE = 6.0
"""Seconds for a look at one event. Synapse 1.163 was seen to keep whoever asks for an event waiting without end, after
somebody who was just editing it went away; the courier comes back later."""
PAUSE = 5.0
"""Seconds to wait where a server limits us without saying for how long."""

Json = dict[str, Any]


class DeniedError(Exception):
    """The server answered no: its HTTP status, its `errcode`, its words, and how long to wait if it said so."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(answer.get("errcode", ""))
        self.wait = float(answer.get("retry_after_ms") or PAUSE * 1000) / 1000
        self.answer = answer
        super().__init__(f"{status} {self.code} {answer.get('error', '')}")

    @property
    def limited(self) -> bool:
        return self.status == 429

    @property
    def missing(self) -> bool:
        """What was asked for is not there, or not for us."""
        return self.status in (403, 404)


def unusable(lang: str, key: str, **facts: str | int) -> UnusableError:
    """What to raise when the account cannot be used until a person mends it, with a sentence of the catalogue."""
    return UnusableError(catalogue().text(lang, key, **facts))


def failure(denied: DeniedError) -> Exception:
    """What a denied call into a room means to the courier."""
    if denied.limited:
        return Later(denied.wait, everywhere=True)  # the limit is the account's, not the room's
    if denied.missing:
        return Gone(str(denied))
    if denied.status in (400, 413):
        return Refused(str(denied))
    return denied


class Server:
    """A logged-in device. `client` is nio's: it reads the stream and holds the keys; calls go through `ask`."""

    def __init__(self, settings: MatrixSettings, store: Store, login: Login) -> None:
        self._lang = settings.lang
        self._limited = False
        self.bucket = Bucket()
        self.patience = PATIENCE  # of calls that say nothing else
        self._store, self._login = store, login
        self._renewing = asyncio.Lock()
        self._remembering = asyncio.Lock()  # what is read, added to and written back is one list
        store.prepare_keys(login.device)
        config = nio.AsyncClientConfig(
            store=nio.store.SqliteStore,
            store_name=store.keys(login.device).name,
            pickle_key=login.pickle,
            encryption_enabled=True,
            max_limit_exceeded=0,  # nio would wait for ever; the courier must know instead
            max_timeouts=0,
            request_timeout=PATIENCE,  # of nio's own calls
        )
        self.me = login.user
        self.client = nio.AsyncClient(
            settings.homeserver.rstrip("/"), login.user, store_path=str(store.folder), config=config
        )
        self.client.restore_login(login.user, login.device, login.token)

    async def ask(
        self,
        method: str,
        *path: str,
        body: Json | None = None,
        query: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Json:
        """Call `/_matrix/client/v3/PATH`, its parts escaped here. Raises `DeniedError`, or what aiohttp raises."""
        url = "/_matrix/client/v3/" + "/".join(quote(part, safe="") for part in path)
        if query:
            url += "?" + urlencode(query)
        await self._renew()
        headers = {"Authorization": f"Bearer {self.client.access_token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        answer = await self.client.send(method, url, data, headers, timeout=seconds or self.patience)
        counts = method == "PUT" and path[0] == "rooms"  # every event of a room does, whatever it is
        try:
            said = await read(answer)
        except DeniedError as denied:
            if denied.limited and counts:
                self.bucket.refused(time.monotonic(), denied.wait)
            raise
        if counts:
            self.bucket.spent(time.monotonic())
        return said

    async def _renew(self) -> None:
        """Where tokens end after minutes: a fresh one in time, kept before it is used. Without one, the old one is
        tried; nio's own calls use the same, and some call of ours is made at least twice a minute.
        """
        async with self._renewing:
            if not ending(self._login):
                return
            try:
                self._login = await renewed(self._login)
            except (OAuthError, aiohttp.ClientError, TimeoutError) as error:
                log.warning("Matrix: the token could not be renewed: %s", error)
                return
            await asyncio.to_thread(self._keep)
            self.client.access_token = self._login.token

    def _keep(self) -> None:
        self._store.login = self._login

    async def media(
        self, method: str, what: str, *path: str, body: bytes | None = None, kind: str = "", most: int
    ) -> bytes:
        """Call the media store: `download` or `upload`. b'' for what is larger than `most` bytes. Raises as `ask`.

        To read from it one must be logged in since Matrix 1.11, and to write one always had to be.
        """
        base = "/_matrix/client/v1/media" if what == "download" else "/_matrix/media/v3"
        url = "/".join((base, what, *(quote(part, safe="") for part in path)))
        headers = {"Authorization": f"Bearer {self.client.access_token}", **({"Content-Type": kind} if kind else {})}
        answer = await self.client.send(method, url, body, headers, timeout=MEDIA)
        if answer.status != 200:
            await read(answer)
            return b""
        found = bytearray()
        async for part in answer.content.iter_chunked(65_536):
            found += part
            if len(found) > most:
                answer.close()
                return b""
        return bytes(found)

    async def put(self, room: str, kind: str, content: Json, key: str) -> str:
        """Send an event; the id of it, or of the event sent earlier with this key. Raises the courier's failures."""
        return str((await self.call("PUT", "rooms", room, "send", kind, key, body=content))["event_id"])

    async def call(self, method: str, *path: str, body: Json | None = None) -> Json:
        """As `ask`, raising the courier's failures."""
        try:
            return await self.ask(method, *path, body=body)
        except DeniedError as denied:
            if denied.limited and not self._limited:
                self._limited = True  # once a run: whoever runs the bot can do something about it, but need not today
                log.warning(catalogue().text(self._lang, "run.slow", user=self.me))
            raise failure(denied) from denied

    async def event(self, room: str, id: str) -> Json | None:
        """One event as it stands now (its content is empty once it was withdrawn), or None if there is none for us."""
        try:
            return await self.ask("GET", "rooms", room, "event", id, seconds=GLANCE)
        except DeniedError as denied:
            if denied.missing or denied.status == 400:
                return None
            raise

    async def state(self, room: str, kind: str) -> Json | None:
        """The content of one state event with an empty key, or None."""
        try:
            return await self.ask("GET", "rooms", room, "state", kind, "")
        except DeniedError as denied:
            if denied.missing:
                return None
            raise

    async def room_called(self, alias: str, *, seconds: float = PATIENCE) -> str | None:
        """The id of the room for which an alias stands, or None if it stands for none."""
        try:
            return str((await self.ask("GET", "directory", "room", alias, seconds=seconds))["room_id"])
        except DeniedError as denied:
            if denied.missing or denied.status == 400:
                return None
            raise

    async def directs(self) -> dict[str, list[str]]:
        """Whose private chats are where: person -> rooms, as the account itself remembers it on the server."""
        try:
            kept = await self.ask("GET", "user", self.me, "account_data", "m.direct")
        except DeniedError as denied:
            if denied.missing:
                return {}
            raise
        return {person: list(rooms) for person, rooms in kept.items() if isinstance(rooms, list)}

    async def remember_direct(self, person: str, room: str) -> None:
        """Note a private chat on the server, where it outlives this machine."""
        async with self._remembering:
            kept = await self.directs()
            if room not in kept.get(person, []):
                kept.setdefault(person, []).append(room)
                await self.ask("PUT", "user", self.me, "account_data", "m.direct", body=kept)

    async def close(self) -> None:
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()


async def read(answer: Any) -> Json:
    """The JSON object of a response. Raises `DeniedError` unless it is a success."""
    try:
        said = json.loads(await answer.text())
    except ValueError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    if answer.status >= 300:
        raise DeniedError(answer.status, said)
    return said


def check_sound(response: Any) -> None:
    """Raise what an error response of nio's means to the courier; anything else passes."""
    if isinstance(response, nio.ErrorResponse):
        if response.status_code == "M_LIMIT_EXCEEDED":
            raise Later((response.retry_after_ms or PAUSE * 1000) / 1000, everywhere=True)
        raise FailedError(str(response))


class FailedError(Exception):
    """The server did not do what the encryption needs: to be tried again like any fault."""
