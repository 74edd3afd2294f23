"""Logging the bot in, once: with its password, a token, or a code typed on a page; afterwards only tokens are used."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp

from adapters.matrix.devices import remove_dead
from adapters.matrix.keys import Keys
from adapters.matrix.oauth import Code, OAuthError, by_code
from adapters.matrix.recovery import DEFAULT, WrongKeyError, brought_back, kept, put_away
from adapters.matrix.server import DeniedError, Json, Server, read, unusable
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.signing import NeedsProofError, sign_device
from adapters.matrix.store import Login, Place, Store

log = logging.getLogger(__name__)

NAME = "小板凳"


@dataclass(frozen=True, slots=True)
class Proof:
    """By what the account is the bot's: one of these. `recovery`: the key on paper, which brings its identity back."""

    password: str = ""
    token: str = ""
    code: Callable[[Code], None] | None = None  # shows a person what to do
    recovery: str = ""


async def login(settings: MatrixSettings, proof: Proof | str) -> str:
    """Log in, publish the device's keys and have its owner sign them. A password is not kept.

    With the store of an earlier login it is the same device with a new token; without, it is a new device, which cannot
    read what was encrypted before. Returns the recovery key where a new identity was made, else ''. Raises
    `UnusableError` with the reason in plain words.
    """
    proof = Proof(proof) if isinstance(proof, str) else proof
    store = Store(settings.store)
    earlier = store.login
    same = earlier if earlier is not None and store.keys(earlier.device).exists() else None
    fresh = await proven(settings, proof, same.device if same is not None else "")
    if same is not None and (same.user, same.device) == (fresh.user, fresh.device):
        store.login = replace(fresh, pickle=same.pickle)
    else:
        log.warning(
            "Matrix: %s is a new device of %s; it cannot read what was encrypted before it logged in",
            fresh.device,
            fresh.user,
        )
        store.forget_place()
        store.prepare_keys(fresh.device)
        store.login = replace(fresh, pickle=secrets.token_hex(16))
    async with opened(settings) as server:
        if store.place.token is None:  # what is said from now on is read, whenever the bot begins to run
            store.keep_place(Place(await now(server), begun=False))
        keys = Keys(server)
        if server.client.should_upload_keys:
            await keys.publish()
        if proof.recovery:
            try:
                store.seeds = await brought_back(server, proof.recovery)
            except WrongKeyError as error:
                raise unusable(settings.lang, "login.recovery") from error
        try:
            made = await sign_device(server, keys, store, proof.password)
        except NeedsProofError as needs:
            raise unusable(settings.lang, "login.identity", page=needs.page or "-") from needs
        try:
            gone = await remove_dead(server, NAME, earlier.device if earlier is not None else "", proof.password)
        except DeniedError as denied:  # nothing depends on it
            log.info("Matrix: old devices were not looked at: %s", denied)
        else:
            log.info("Matrix: %d old devices were removed", len(gone))
        if made is None and await kept(server, DEFAULT):
            return ""
        identity = made or store.seeds
        return await put_away(server, identity) if identity is not None else ""


async def proven(settings: MatrixSettings, proof: Proof, device: str) -> Login:
    """Who is logged in by this, as which device: the one named if the server lets us choose."""
    if proof.token:
        who = await whose(settings, proof.token)
        return Login(str(who["user_id"]), str(who.get("device_id", "")), proof.token, "")
    if proof.code is not None:
        try:
            given = await by_code(settings.homeserver, device or secrets.token_hex(5).upper(), proof.code)
        except (OAuthError, aiohttp.ClientError, TimeoutError) as error:
            raise unusable(settings.lang, "login.code", homeserver=settings.homeserver, why=str(error)) from error
        who = await whose(settings, given.token)
        return replace(given, user=str(who["user_id"]), device=str(who.get("device_id") or given.device))
    request: Json = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user},
        "password": proof.password,
        "initial_device_display_name": NAME,
    }
    answer = await ask_login(settings, "POST", "login", {**request, **({"device_id": device} if device else {})})
    return Login(answer["user_id"], answer["device_id"], answer["access_token"], "")


async def whose(settings: MatrixSettings, token: str) -> Json:
    """Whose token it is. Raises `UnusableError` for one that is not the bot's, or of no device."""
    who = await ask_login(settings, "GET", "account/whoami", None, token)
    user = str(who.get("user_id"))
    if settings.user not in (user, user[1:].partition(":")[0]) or not who.get("device_id"):
        raise unusable(settings.lang, "login.token", user=settings.user, whose=user)
    return who


async def now(server: Server) -> str:
    """The end of the stream at this moment."""
    nothing: Json = {"types": []}
    room = {"timeline": {"limit": 1}, "state": nothing, "ephemeral": nothing, "account_data": nothing}
    query = {"filter": json.dumps({"presence": nothing, "room": room}), "timeout": "0"}
    return str((await server.ask("GET", "sync", query=query))["next_batch"])


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


async def ask_login(settings: MatrixSettings, method: str, path: str, request: Json | None, token: str = "") -> Json:
    """The server's answer to a login, or to whose a token is. Raises `UnusableError`."""
    homeserver = settings.homeserver.rstrip("/")
    url = f"{homeserver}/_matrix/client/v3/{path}"
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = None if request is None else json.dumps(request)
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, data=data, headers=headers) as answer,
        ):
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
