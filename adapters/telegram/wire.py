"""The line to a Bot API server for the library: its calls over aiohttp, which costs a fraction of what it brings along.

Only what the library documents for this is used: `BaseRequest` and the public attributes of `RequestData`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp_socks import ProxyConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

JSON = {"Content-Type": "application/json"}
IDLE = 15.0
"""Seconds after which a line that nobody used is closed by us, before a server closes it under a call."""


class Wire(BaseRequest):
    """`lines`: the most calls at once; others wait. `patience`: seconds without a word from the server.

    `proxy`: '' for the one that the environment names for `root`, if it does.
    """

    def __init__(self, root: str, lines: int, patience: float, connecting: float, proxy: str = "") -> None:
        self._lines = lines
        self._patience = patience
        self._connecting = connecting
        self._proxy = proxy or of_environment(root)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        """Nothing yet: a session belongs to the loop in which the first call is made."""

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of an answer. What is raised names no address: the token is a part of it."""
        patience = read_timeout if isinstance(read_timeout, int | float) else self._patience
        waits = timeout(patience, self._connecting)
        body, headers = written(request_data)
        try:
            async with self._opened().request(
                method, url, data=body, headers=headers, timeout=waits, proxy=self._by_http
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientConnectorError, OSError) as error:  # says host and port, and why
            raise NetworkError(f"{type(error).__name__}: {error}") from error
        except (aiohttp.ClientError, ValueError) as error:
            raise NetworkError(type(error).__name__) from error

    @property
    def _by_http(self) -> str | None:
        return self._proxy if self._proxy.startswith("http") else None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector: Callable[..., aiohttp.BaseConnector] = aiohttp.TCPConnector
            if self._proxy and not self._by_http:
                connector = partial(ProxyConnector.from_url, self._proxy.replace("socks5h:", "socks5:", 1))
            self._session = aiohttp.ClientSession(
                connector=connector(limit=self._lines, keepalive_timeout=IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent",),
            )
        return self._session


def written(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """The body of a call and what says of which kind it is."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.json_payload, JSON
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=kind)
    return form, {}


@cache
def timeout(patience: float, connecting: float) -> aiohttp.ClientTimeout:
    """To reach the server, a free line included; and without a word from it."""
    return aiohttp.ClientTimeout(total=None, connect=connecting, sock_read=patience)


def of_environment(root: str) -> str:
    """The proxy that the environment names for this server, if it does."""
    parts = urlsplit(root)
    if proxy_bypass(parts.hostname or ""):
        return ""
    named = getproxies()
    return named.get(parts.scheme) or named.get("all") or ""
