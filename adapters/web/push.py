"""Calls to browsers whose page is closed: by Web Push, encrypted for that browser, signed with a key of ours."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

from adapters.web.push_address import Outside, acceptable
from adapters.web.push_rows import Place

log = logging.getLogger(__name__)

KEPT = 12 * 60 * 60
"""Seconds that a push service keeps a call for a telephone that is off."""
SIGNED = timedelta(hours=12)
"""How long a signature is good; push services allow a day."""
PATIENCE = aiohttp.ClientTimeout(total=10)
AT_ONCE = 8


class Came(Enum):
    """What came of a call."""

    TAKEN = auto()  # the push service has it, and calls the browser
    DEAD = auto()  # that browser cannot be called any more
    AGAIN = auto()  # not now


@dataclass(frozen=True, slots=True)
class Signer:
    """The key with which calls are signed. `public`: what browsers are told of it."""

    vapid: Vapid02 = field(repr=False)
    contact: str  # an address of ours, which push services want to know
    _signed: dict[str, tuple[datetime, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def kept(cls, file: Path, contact: str) -> Self:
        """The key in a file; where there is none it is made, readable by its owner alone.

        Raises OSError where it cannot be kept, ValueError for one that is no key or that others may read.
        """
        if not file.exists():
            _make(file)
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ValueError(f"others on this machine may read the key {file}; run: chmod 600 {file}")
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError(f"{file} is no key for calls; move it away, and another is made")  # noqa: TRY004 - as above
        return cls(Vapid02(key), contact)

    @property
    def public(self) -> str:
        point = self.vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        words: str = b64urlencode(point)
        return words

    def authorization(self, endpoint: str, now: datetime) -> str:
        """The header that says who calls; the same for one push service as long as half its time."""
        url = urlsplit(endpoint)
        whom = f"{url.scheme}://{url.netloc}"
        until, words = self._signed.get(whom, (now, ""))
        if until - now < SIGNED / 2 or not words:
            until = now + SIGNED
            claims = {"aud": whom, "exp": int(until.timestamp()), "sub": self.contact}
            words = str(self.vapid.sign(claims)["Authorization"])
            self._signed[whom] = (until, words)
        return words


def _make(file: Path) -> None:
    """Write a new key: whole or not at all, for its owner alone, who is whoever the folder belongs to."""
    fresh = Vapid02()
    fresh.generate_keys()
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(fresh.private_pem())
        out.flush()
        os.fsync(out.fileno())
        if os.name == "posix" and os.geteuid() == 0:
            folder = file.parent.stat()
            os.fchown(out.fileno(), folder.st_uid, folder.st_gid)
    beside.replace(file)


def encrypted(place: Place, said: Mapping[str, Any]) -> bytes:
    """The body of a call, which only that browser can read (RFC 8291)."""
    made: bytes = http_ece.encrypt(
        json.dumps(said, ensure_ascii=False).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=b64urldecode(place.p256dh.encode()),
        auth_secret=b64urldecode(place.auth.encode()),
        version="aes128gcm",
    )
    return made


class Caller:
    """Calls browsers, a few at once. Used inside `async with`. `anywhere`: at private addresses too, for tests."""

    def __init__(self, signer: Signer, *, anywhere: bool = False) -> None:
        self.signer = signer
        self._anywhere = anywhere
        self._room = asyncio.Semaphore(AT_ONCE)
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        resolver = None if self._anywhere else Outside()
        connector = aiohttp.TCPConnector(limit=AT_ONCE, use_dns_cache=False, resolver=resolver)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )
        return self

    async def __aexit__(self, *why: object) -> None:
        await self._session.close()

    async def call(self, place: Place, said: Mapping[str, Any], now: datetime) -> Came:
        """Call one browser. Raises nothing: what goes wrong out there is no trouble of ours."""
        if not acceptable(place, anywhere=self._anywhere):
            return Came.DEAD
        async with self._room:
            try:
                body = await asyncio.to_thread(encrypted, place, said)
                headers = {
                    "Authorization": self.signer.authorization(place.endpoint, now),
                    "Content-Encoding": "aes128gcm",
                    "Content-Type": "application/octet-stream",
                    "TTL": str(KEPT),
                    "Topic": "said",  # a newer call takes the place of one that still waits
                    "Urgency": "high",
                }
                async with self._session.post(
                    place.endpoint, data=body, headers=headers, allow_redirects=False
                ) as answer:
                    return _came(answer.status)
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as trouble:
                log.info("a browser could not be called", extra={"why": type(trouble).__name__})
                return Came.AGAIN


def _came(status: int) -> Came:
    if 200 <= status < 300:
        return Came.TAKEN
    log.info("a browser was not called", extra={"status": status})
    return Came.DEAD if status in (404, 410) else Came.AGAIN
