"""What an operator is told about the bot's account, before anything runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import aiohttp

from adapters.adapter import Finding
from adapters.matrix.ids import is_alias
from adapters.matrix.keys import Keys
from adapters.matrix.login import opened
from adapters.matrix.server import DeniedError, Json, Server, read
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.signing import Signer, master_of
from adapters.matrix.store import Store

OWN_ROOM = "org.xiaobandeng.own_room"
"""Where the account remembers a room that it is alone in: how fast it may send is tried out there."""
TRIES = 12
"""Messages sent in a row to find out: two more than Synapse lets through by default."""
PEOPLE = 150
"""To whom a reminder might go."""
SLOW = 60.0
"""Seconds to wait for one answer: a small server that only takes its time is in order."""
PATIENT = 15.0
"""Seconds of waiting that the check takes upon itself; a longer wait tells enough."""
EARLY = 0.05
"""Seconds by which a server's waits, told in whole milliseconds, may end too early."""


async def check(settings: MatrixSettings) -> list[Finding]:
    """Everything there is to say, the most important first. Nobody sees anything of it; raises nothing."""
    return [finding async for finding in findings(settings)]


async def findings(settings: MatrixSettings) -> AsyncIterator[Finding]:
    homeserver = settings.homeserver.rstrip("/")
    try:
        limit = aiohttp.ClientTimeout(SLOW)
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.get(f"{homeserver}/_matrix/client/versions") as answer,
        ):
            await read(answer)
    except (aiohttp.ClientError, TimeoutError, DeniedError) as error:
        yield Finding(False, "check.unreachable", {"homeserver": homeserver, "why": reason(error)})
        return
    store = Store(settings.store)
    login = store.login
    if login is None:
        yield Finding(False, "check.nobody", {"homeserver": homeserver})
        return
    if not store.keys(login.device).exists():
        yield Finding(False, "check.keys", {"folder": str(store.folder)})
        return
    async with opened(settings) as server:
        server.patience = SLOW
        try:
            rooms = (await server.ask("GET", "joined_rooms"))["joined_rooms"]
            yield Finding(True, "check.account", {"user": login.user, "device": login.device, "n": len(rooms)})
            yield await encryption(server, store)
            async for finding in groups(server, settings, rooms):
                yield finding
            yield await pace(server)
        except DeniedError as denied:
            if denied.status == 401:
                yield Finding(False, "check.token")
            else:
                yield Finding(False, "check.unreachable", {"homeserver": homeserver, "why": str(denied)})
        except (aiohttp.ClientError, TimeoutError) as error:
            yield Finding(False, "check.unreachable", {"homeserver": homeserver, "why": reason(error)})


def reason(error: Exception) -> str:
    """Why something went wrong; some errors have no words."""
    return str(error) or type(error).__name__


async def encryption(server: Server, store: Store) -> Finding:
    """Whether people's clients will find this device's keys, and its owner's signature under them."""
    name = server.client.device_id
    found = await server.ask("POST", "keys", "query", body={"device_keys": {server.me: []}})
    device: Json = found.get("device_keys", {}).get(server.me, {}).get(name, {})
    if device.get("keys", {}).get(f"ed25519:{name}") != Keys(server).device_keys()["ed25519"]:
        return Finding(False, "check.unpublished")
    seeds = store.seeds
    if seeds is None or master_of(found, server.me) != Signer(seeds.master).public:
        return Finding(False, "check.unsigned")
    owner = Signer(seeds.self_signing)
    signature = device.get("signatures", {}).get(server.me, {}).get(f"ed25519:{owner.public}")
    if signature != owner.sign(device):
        return Finding(False, "check.unsigned")
    return Finding(True, "check.encrypted")


async def groups(server: Server, settings: MatrixSettings, joined: list[str]) -> AsyncIterator[Finding]:
    """Whether the bot is in the rooms that were configured."""
    if not settings.groups:
        yield Finding(True, "check.any_group", {"user": server.me})
    for group in settings.groups:
        room = await server.room_called(group) if is_alias(group) else group
        if room is None:
            yield Finding(False, "check.no_alias", {"group": group})
        elif room not in joined:
            yield Finding(False, "check.not_in_group", {"group": group, "user": server.me})
        else:
            yield Finding(True, "check.group", {"group": group})


async def pace(server: Server) -> Finding:
    """How fast the account may send: how many at once, and then one in how many seconds.

    Tried out where nobody else is. A refusal names the moment from which the next may go; the refusal after that names
    the one after, so the two tell the limit exactly, however slow the line is. It takes as long as one such wait.
    """
    room = await own_room(server)
    at_once, moment = await burst(server, room)
    if not moment:
        return Finding(True, "check.fast")
    seconds = moment - time.monotonic()
    if 0 < seconds < PATIENT:
        await asyncio.sleep(seconds + EARLY)
        more, again = await burst(server, room)
        if more and again:
            seconds = (again - moment) / more
    facts = {"at_once": at_once, "seconds": max(1, round(seconds)), "people": PEOPLE}
    return Finding(False, "check.slow", {**facts, "minutes": -(-round((PEOPLE - at_once) * seconds) // 60)})


async def burst(server: Server, room: str) -> tuple[int, float]:
    """How many messages go through in a row, and the monotonic moment from which another may; 0.0 if all did."""
    for sent in range(TRIES):
        try:
            await server.ask("PUT", "rooms", room, "send", OWN_ROOM, uuid4().hex, body={})
        except DeniedError as denied:
            if not denied.limited:
                raise
            return sent, time.monotonic() + denied.wait
    return TRIES, 0.0


async def own_room(server: Server) -> str:
    """A room with nobody in it but the account itself: the one remembered, or a new one."""
    path = ("user", server.me, "account_data", OWN_ROOM)
    try:
        return str((await server.ask("GET", *path))["room"])
    except DeniedError as denied:
        if denied.status != 404:
            raise
    room = await server.ask("POST", "createRoom", body={"preset": "private_chat", "name": "小板凳"})
    await server.ask("PUT", *path, body={"room": room["room_id"]})
    return str(room["room_id"])
