"""Logging in where a server has no passwords: a code that a person types on a page of theirs (OAuth 2.0 device grant),
and fresh tokens for those that end after minutes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import aiohttp

from adapters.matrix.store import Login

Json = dict[str, Any]

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
METADATA = (
    ("/_matrix/client/v1/auth_metadata", "urn:matrix:client"),
    ("/_matrix/client/unstable/org.matrix.msc2965/auth_metadata", "urn:matrix:org.matrix.msc2967.client"),
)
"""Where a server says who logs people in, and how the rights are called that go with it."""
WAIT = 5.0
"""Seconds between two questions whether the code was typed, where the server says nothing else."""
EARLY = 90.0
"""Seconds before its end at which a token is renewed: longer than the server holds a question open."""
PATIENCE = 60.0


class OAuthError(Exception):
    """The server said no, in its words."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a person is to do: open this page, and type this code if it is not in the address."""

    page: str
    code: str


async def by_code(homeserver: str, device: str, show: Callable[[Code], None]) -> Login:
    """Log in as a device of this name; `show` is given what a person is to do, and they have some minutes.

    The login's user is not known yet. Raises `OAuthError`, or what aiohttp raises.
    """
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
        metadata, scope = await found(session, homeserver)
        client = await registered(session, metadata)
        scopes = f"openid {scope}:api:* {scope}:device:{device}"
        given = await post(session, metadata["device_authorization_endpoint"], {"client_id": client, "scope": scopes})
        page = str(given.get("verification_uri_complete") or given["verification_uri"])
        show(Code(page, str(given["user_code"])))
        request = {"grant_type": GRANT, "device_code": str(given["device_code"]), "client_id": client}
        answer = await typed(session, metadata["token_endpoint"], request, float(given.get("interval") or WAIT))
        login = Login("", device, "", "", client=client, renews_at=str(metadata["token_endpoint"]))
        return with_tokens(login, answer)


async def found(session: aiohttp.ClientSession, homeserver: str) -> tuple[Json, str]:
    """What the server says of who logs people in there, and how its rights are called."""
    for path, scope in METADATA:
        async with session.get(homeserver.rstrip("/") + path) as answer:
            if answer.status == 200 and "device_authorization_endpoint" in (metadata := await answer.json()):
                return metadata, scope
    raise OAuthError("no device_authorization_endpoint")


async def registered(session: aiohttp.ClientSession, metadata: Json) -> str:
    """The name by which this program may ask there."""
    about = {
        "client_name": "Xiaobandeng",
        "client_uri": "https://xiaobandeng.example/",
        "application_type": "native",
        "grant_types": [GRANT, "refresh_token"],
        "response_types": [],
        "token_endpoint_auth_method": "none",
    }
    async with session.post(metadata["registration_endpoint"], json=about) as answer:
        return str(said(answer.status, await answer.json(content_type=None))["client_id"])


async def typed(session: aiohttp.ClientSession, url: str, request: Json, wait: float) -> Json:
    """The tokens, once the person has typed the code."""
    while True:
        await asyncio.sleep(wait)
        try:
            return await post(session, url, request)
        except OAuthError as error:
            if str(error) == "slow_down":
                wait += WAIT
            elif str(error) != "authorization_pending":
                raise


async def renewed(login: Login) -> Login:
    """The login with a token that is good again. Raises as `by_code`."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
        request = {"grant_type": "refresh_token", "refresh_token": login.renewal, "client_id": login.client}
        return with_tokens(login, await post(session, login.renews_at, request))


def with_tokens(login: Login, answer: Json) -> Login:
    ends = time.time() + float(answer["expires_in"]) if answer.get("expires_in") else 0.0
    renewal = str(answer.get("refresh_token") or login.renewal)
    return replace(login, token=str(answer["access_token"]), renewal=renewal, ends=ends)


def ending(login: Login) -> bool:
    """Whether the token is to be renewed before it is used for anything that takes long."""
    return bool(login.renewal and login.ends) and time.time() > login.ends - EARLY


async def post(session: aiohttp.ClientSession, url: str, request: Json) -> Json:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with session.post(url, data=urlencode(request), headers=kind) as answer:
        return said(answer.status, await answer.json(content_type=None))


def said(status: int, answer: Any) -> Json:
    """The answer, unless it is a no: its `error` is the words of that."""
    if not isinstance(answer, dict) or status >= 300:
        raise OAuthError(str(answer.get("error", status)) if isinstance(answer, dict) else str(status))
    return answer
