"""What an operator is told about the bot's account, before anything runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import aiohttp

from adapters.matrix.keys import Keys
from adapters.matrix.login import opened
from adapters.matrix.server import DeniedError, Json, Server, read
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.signing import Signer, master_of
from adapters.matrix.store import Store

Finding = tuple[bool, str, dict[str, str | int]]
"""Whether all is well with something, the key of a sentence in `adapters.matrix.catalogue()`, and its facts."""

OWN_ROOM = "org.xiaobandeng.own_room"
"""Where the account remembers a room that it is alone in: how fast it may send is tried out there."""
TRIES = 12
"""Messages sent at once to find out: two more than Synapse lets through by default."""
PEOPLE = 100


async def check(settings: MatrixSettings) -> list[Finding]:
    """Everything there is to say, the most important first. Nobody sees anything of it; raises nothing."""
    return [finding async for finding in findings(settings)]


async def findings(settings: MatrixSettings) -> AsyncIterator[Finding]:
    homeserver = settings.homeserver.rstrip("/")
    try:
        limit = aiohttp.ClientTimeout(10)
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.get(f"{homeserver}/_matrix/client/versions") as answer,
        ):
            await read(answer)
    except (aiohttp.ClientError, TimeoutError, DeniedError) as error:
        yield False, "check.unreachable", {"homeserver": homeserver, "why": str(error) or type(error).__name__}
        return
    store = Store(settings.store)
    login = store.login
    if login is None:
        yield False, "check.nobody", {"homeserver": homeserver}
        return
    if not store.keys(login.device).exists():
        yield False, "check.keys", {"folder": str(store.folder)}
        return
    async with opened(settings) as server:
        try:
            rooms = (await server.ask("GET", "joined_rooms"))["joined_rooms"]
            yield True, "check.account", {"user": login.user, "device": login.device, "n": len(rooms)}
            yield await encryption(server, store)
            yield await pace(server)
        except DeniedError as denied:
            if denied.status == 401:
                yield False, "check.token", {}
            else:
                yield False, "check.unreachable", {"homeserver": homeserver, "why": str(denied)}
        except (aiohttp.ClientError, TimeoutError) as error:
            yield False, "check.unreachable", {"homeserver": homeserver, "why": str(error) or type(error).__name__}


async def encryption(server: Server, store: Store) -> Finding:
    """Whether people's clients will find this device's keys, and its owner's signature under them."""
    name = server.client.device_id
    found = await server.ask("POST", "keys", "query", body={"device_keys": {server.me: []}})
    device: Json = found.get("device_keys", {}).get(server.me, {}).get(name, {})
    if device.get("keys", {}).get(f"ed25519:{name}") != Keys(server).device_keys()["ed25519"]:
        return False, "check.unpublished", {}
    seeds = store.seeds
    if seeds is None or master_of(found, server.me) != Signer(seeds.master).public:
        return False, "check.unsigned", {}
    owner = Signer(seeds.self_signing)
    signature = device.get("signatures", {}).get(server.me, {}).get(f"ed25519:{owner.public}")
    if signature != owner.sign(device):
        return False, "check.unsigned", {}
    return True, "check.encrypted", {}


async def pace(server: Server) -> Finding:
    """How fast the account may send, tried out where nobody else is."""
    room = await own_room(server)
    for _ in range(TRIES):
        try:
            await server.ask("PUT", "rooms", room, "send", OWN_ROOM, uuid4().hex, body={})
        except DeniedError as denied:
            if not denied.limited:
                raise
            seconds = max(1, round(denied.wait))
            return False, "check.slow", {"seconds": seconds, "minutes": -(-PEOPLE * seconds // 60)}
    return True, "check.fast", {}


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
