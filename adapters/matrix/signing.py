"""Cross-signing of the bot's own device: current clients do not talk to devices that their owner has not signed."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from adapters.matrix.keys import Keys
from adapters.matrix.server import DeniedError, Json, Server
from adapters.matrix.store import Seeds, Store


class Signer:
    """One Ed25519 key made from its seed."""

    def __init__(self, seed: str) -> None:
        of: Any = bytes.fromhex(seed)  # the library's types say `str | int`, its documentation and its code: bytes
        self._key = ECC.construct(curve="Ed25519", seed=of)
        self.public = unpadded(self._key.public_key().export_key(format="raw"))

    def sign(self, value: Json) -> str:
        return unpadded(eddsa.new(self._key, "rfc8032").sign(canonical(value)))


def canonical(value: Json) -> bytes:
    """What is signed of a JSON object: sorted, without spaces, without its signatures."""
    bare = {name: part for name, part in value.items() if name not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


class NeedsProofError(Exception):
    """The account has another identity, and the server replaces it only for somebody who proves to be its owner.

    `page`: where they may do so, if it has one.
    """

    def __init__(self, page: str = "") -> None:
        super().__init__(page)
        self.page = page


async def sign_device(server: Server, keys: Keys, store: Store, password: str) -> Seeds | None:
    """Make this device one that its owner vouches for. The device's own keys must have been published.

    An identity that this folder keeps is used again, so that people who verified the bot need not do so anew; any other
    identity of the account is replaced, for which the server wants the password. Returns the identity that was made,
    if one was. Raises `NeedsProofError`.
    """
    found = await server.ask("POST", "keys", "query", body={"device_keys": {server.me: []}})
    seeds = store.seeds
    made = None
    if seeds is None or master_of(found, server.me) != Signer(seeds.master).public:
        made = seeds = Seeds(secrets.token_hex(32), secrets.token_hex(32), secrets.token_hex(32))
        await upload(server, keys, seeds, password)
        store.seeds = seeds
    device = found["device_keys"][server.me][server.client.device_id]
    if device["keys"].get(f"ed25519:{server.client.device_id}") != keys.device_keys()["ed25519"]:
        raise ValueError("the server knows this device by other keys: the store is not the one it was logged in with")
    owner = Signer(seeds.self_signing)
    device.pop("unsigned", None)
    signature = {server.me: {f"ed25519:{owner.public}": owner.sign(device)}}
    signed = {**device, "signatures": signature}
    answer = await server.ask(
        "POST", "keys", "signatures", "upload", body={server.me: {server.client.device_id: signed}}
    )
    if answer.get("failures"):
        raise ValueError(f"the server did not take the device's signature: {answer['failures']}")
    return made


def master_of(found: Json, user: str) -> str | None:
    """The public master key in an answer about a user's keys, or None."""
    keys: dict[str, str] = found.get("master_keys", {}).get(user, {}).get("keys", {})
    return next(iter(keys.values()), None)


async def upload(server: Server, keys: Keys, seeds: Seeds, password: str) -> None:
    """Publish the three keys of the identity, the master key signed by this device as well."""
    master = Signer(seeds.master)
    top = public_key(server.me, "master", master.public)
    top["signatures"] = {server.me: {f"ed25519:{server.client.device_id}": keys.sign(dict(top))}}
    body: Json = {"master_key": top}
    for usage, seed in (("self_signing", seeds.self_signing), ("user_signing", seeds.user_signing)):
        key = public_key(server.me, usage, Signer(seed).public)
        key["signatures"] = {server.me: {f"ed25519:{master.public}": master.sign(key)}}
        body[f"{usage}_key"] = key
    try:
        await server.ask("POST", "keys", "device_signing", "upload", body=body)
    except DeniedError as denied:
        if denied.status != 401 or "session" not in denied.answer:
            raise
        if not password:
            raise NeedsProofError(page_of(denied.answer)) from denied
        proof: dict[str, Any] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": server.me},
            "password": password,
            "session": denied.answer["session"],
        }
        await server.ask("POST", "keys", "device_signing", "upload", body={**body, "auth": proof})


def page_of(answer: Mapping[str, Any]) -> str:
    """Where a person may approve of it, if the server says so: the first address among what its ways need to know."""
    ways = answer.get("params")
    urls = [way.get("url") for way in ways.values() if isinstance(way, dict)] if isinstance(ways, dict) else []
    return next((url for url in urls if isinstance(url, str)), "")


def public_key(user: str, usage: str, key: str) -> Json:
    return {"user_id": user, "usage": [usage], "keys": {f"ed25519:{key}": key}}
