"""Pictures and files on Matrix: of the server's media store, encrypted in rooms that are."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from adapters.matrix.server import Server
from core.messages import Attached, File
from core.network import Refused
from core.shelf import LARGEST

JPEG = "image/jpeg"


async def fetched(server: Server, thing: Attached) -> bytes:
    """What somebody sent, decrypted; b'' for what lies nowhere or is larger than a picture may be."""
    file: dict[str, Any] = json.loads(thing.ref) if thing.ref.startswith("{") else {"url": thing.ref}
    address = urlsplit(str(file.get("url", "")))
    if address.scheme != "mxc" or not address.netloc:
        return b""
    raw = await server.media("GET", "download", address.netloc, address.path.lstrip("/"), most=LARGEST)
    if "key" not in file or not raw:
        return raw
    return bytes(decrypt_attachment(raw, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))


async def uploaded(server: Server, file: File, *, encrypted: bool) -> dict[str, Any]:
    """Put a file into the media store; returns what an event says of where it lies."""
    info = {"mimetype": file.kind, "size": len(file.data)} | await asyncio.to_thread(extent, file)
    facts: dict[str, Any] = {"info": info, "filename": file.name}
    if not encrypted:
        return {**facts, "url": await upload(server, file.data, file.kind)}
    sealed, keys = encrypt_attachment(file.data)
    return {**facts, "file": {**keys, "url": await upload(server, sealed, "application/octet-stream")}}


def extent(file: File) -> dict[str, int]:
    """How wide and how high a picture is, so that clients leave room for it; nothing for what is none."""
    from PIL import Image  # noqa: PLC0415 - not before the first picture: it takes a while

    if file.kind != JPEG:
        return {}
    with Image.open(BytesIO(file.data), formats=["JPEG"]) as opened:
        return {"w": opened.width, "h": opened.height}


async def upload(server: Server, body: bytes, kind: str) -> str:
    """The address of what was put there."""
    answer = json.loads(await server.media("POST", "upload", body=body, kind=kind, most=LARGEST) or b"{}")
    url = answer.get("content_uri")
    if not isinstance(url, str):
        raise Refused("the server does not take the picture")
    return url
