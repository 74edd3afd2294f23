"""Where a browser may be called: an address that a stranger's browser names, so never one within our own walls."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import socket
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from adapters.web.push_rows import Place

LONGEST = 1024
"""Characters of an address. Those of today's push services have 100 to 700."""
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 address in their last four bytes."""


def acceptable(place: Place, *, anywhere: bool = False) -> bool:
    """Whether a browser may be called there: by https, at a name and no number, with keys that are some.

    `anywhere`: at this machine too, whatever the port and without TLS, for tests.
    """
    try:
        url = urlsplit(place.endpoint)
        host, port = url.hostname or "", url.port
    except ValueError:
        return False
    if len(place.endpoint) > LONGEST or not place.endpoint.isascii() or not place.endpoint.isprintable():
        return False
    if not anywhere and (url.scheme != "https" or port not in (None, 443) or not _named(host)):
        return False
    if url.scheme not in ("http", "https") or not host or "@" in url.netloc or url.fragment:
        return False
    return _point(place.p256dh) and len(_bytes(place.auth)) == 16


def _named(host: str) -> bool:
    """Whether this is the name of something on the Internet, and not a number or a machine nearby."""
    last = host.rpartition(".")[2]
    return "." in host and ":" not in host and last.isalpha() and last not in ("local", "localhost", "internal")


def _bytes(words: str) -> bytes:
    if len(words) > 128:
        return b""
    try:
        return base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _point(words: str) -> bool:
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(words))
    except ValueError:
        return False
    return len(_bytes(words)) == 65


def public(address: str) -> bool:
    """Whether this is an address of the Internet at large."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in TRANSLATED:
            return public(str(ipaddress.IPv4Address(ip.packed[-4:])))
        if ip.ipv4_mapped is not None or ip.sixtofour is not None or ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast


class Outside(AbstractResolver):
    """Looks names up as the machine does, and knows none that lead to private addresses.

    Asked anew for each connection, so that a name which leads elsewhere by then is caught.
    """

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        outside = [each for each in found if public(each["host"])]
        if not outside:
            raise OSError("that name leads to no public address")
        return outside

    async def close(self) -> None:
        await self._resolver.close()
