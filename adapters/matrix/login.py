"""Logging the bot in, once, with its password: afterwards only the stored token is used."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from adapters.matrix.keys import Keys
from adapters.matrix.server import DeniedError, Json, Server, read, unusable
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.signing import sign_device
from adapters.matrix.store import Login, Store

log = logging.getLogger(__name__)


async def login(settings: MatrixSettings, password: str) -> None:
    """Log in, publish the device's keys and have its owner sign them. The password is not kept.

    With the store of an earlier login it is the same device with a new token; without, it is a new device, which cannot
    read what was encrypted before. Raises `UnusableError` with the reason in plain words.
    """
    store = Store(settings.store)
    earlier = store.login
    same = earlier is not None and store.keys(earlier.device).exists()
    request: Json = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user},
        "password": password,
        "initial_device_display_name": "小板凳",
    }
    if earlier is not None and same:
        request["device_id"] = earlier.device
    answer = await ask_login(settings, request)
    if earlier is not None and same and earlier.user == answer["user_id"]:
        store.login = Login(earlier.user, earlier.device, answer["access_token"], earlier.pickle)
    else:
        log.warning(
            "Matrix: %s is a new device of %s; it cannot read what was encrypted before it logged in",
            answer["device_id"],
            answer["user_id"],
        )
        store.forget_place()
        store.prepare_keys(answer["device_id"])
        store.login = Login(answer["user_id"], answer["device_id"], answer["access_token"], secrets.token_hex(16))
    async with opened(settings) as server:
        keys = Keys(server)
        if server.client.should_upload_keys:
            await keys.publish()
        await sign_device(server, keys, store, password)


@asynccontextmanager
async def opened(settings: MatrixSettings) -> AsyncIterator[Server]:
    """The logged-in server, closed at the end. Raises `UnusableError` if nobody is logged in, or the keys are gone."""
    store = Store(settings.store)
    login = store.login
    if login is None:
        raise unusable(settings.lang, "run.nobody", homeserver=settings.homeserver)
    if not store.keys(login.device).exists():
        raise unusable(settings.lang, "run.keys", device=login.device, folder=str(store.folder))
    server = Server(settings, store, login)
    try:
        yield server
    finally:
        await server.close()


async def ask_login(settings: MatrixSettings, request: Json) -> Json:
    """The server's answer to a login. Raises `UnusableError`."""
    homeserver = settings.homeserver.rstrip("/")
    url = f"{homeserver}/_matrix/client/v3/login"
    try:
        async with aiohttp.ClientSession() as session, session.post(url, data=json.dumps(request)) as answer:
            return await read(answer)
    except DeniedError as denied:
        key = "limited" if denied.limited else "password" if denied.status == 403 else "denied"
        raise unusable(
            settings.lang,
            f"login.{key}",
            homeserver=homeserver,
            user=settings.user,
            seconds=round(denied.wait),
            why=str(denied),
        ) from denied
    except (aiohttp.ClientError, TimeoutError) as error:
        raise unusable(settings.lang, "check.unreachable", homeserver=homeserver, why=str(error)) from error
