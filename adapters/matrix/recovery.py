"""The account's identity in the account's own secret storage: locked with one key, which a person keeps on paper.

A folder that is lost loses the identity, and everybody who verified the bot would have to do so anew. With the key the
identity comes back. How it is locked is written in the Matrix specification, "Secrets".
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from Crypto.Cipher import AES
from Crypto.Hash import HMAC, SHA256
from Crypto.Protocol.KDF import HKDF

from adapters.matrix.server import DeniedError, Json, Server
from adapters.matrix.store import Seeds

ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2"
DEFAULT = "m.secret_storage.default_key"
NAMES = ("master", "self_signing", "user_signing")
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Base 58: no 0 and O, no I and l, for it is read from paper."""
HEAD = b"\x8b\x01"
SIZE = 32


class WrongKeyError(Exception):
    """These words are no recovery key, or not the one with which the identity was locked."""


def written(key: bytes) -> str:
    """The key as people keep it: groups of four."""
    whole = HEAD + key
    parity = 0
    for byte in whole:
        parity ^= byte
    number, text = int.from_bytes(whole + bytes([parity]), "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = LETTERS[rest] + text
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def read(words: str) -> bytes:
    """The key from what was written. Raises `WrongKeyError` for a slip of the pen."""
    number = 0
    for letter in "".join(words.split()):
        if letter not in LETTERS:
            raise WrongKeyError(f"{letter!r} is no letter of it")
        number = number * 58 + LETTERS.index(letter)
    raw = number.to_bytes(max(SIZE + 3, (number.bit_length() + 7) // 8), "big")
    parity = 0
    for byte in raw:
        parity ^= byte
    if len(raw) != SIZE + 3 or not raw.startswith(HEAD) or parity:
        raise WrongKeyError("a letter is missing, or another")
    return raw[2:-1]


def locked(key: bytes, name: str, secret: bytes, iv: bytes | None = None) -> Json:
    """A secret of this name, encrypted so that only who has the key reads it, and nobody changes it."""
    cipher, mac = halves(key, name)
    if iv is None:
        raw = bytearray(secrets.token_bytes(16))
        raw[8] &= 0x7F  # clients differ in what they do when a counter of 64 bits is full
        iv = bytes(raw)
    sealed = AES.new(cipher, AES.MODE_CTR, nonce=b"", initial_value=iv).encrypt(secret)
    return {"iv": b64(iv), "ciphertext": b64(sealed), "mac": b64(HMAC.new(mac, sealed, SHA256).digest())}


def unlocked(key: bytes, name: str, box: Json) -> bytes:
    """The secret. Raises `WrongKeyError`."""
    cipher, mac = halves(key, name)
    sealed = un64(str(box["ciphertext"]))
    if not secrets.compare_digest(HMAC.new(mac, sealed, SHA256).digest(), un64(str(box["mac"]))):
        raise WrongKeyError(name)
    return AES.new(cipher, AES.MODE_CTR, nonce=b"", initial_value=un64(str(box["iv"]))).decrypt(sealed)


def halves(key: bytes, name: str) -> tuple[bytes, bytes]:
    both: Any = HKDF(key, SIZE, bytes(SIZE), SHA256, 2, name.encode())
    return both[0], both[1]


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def un64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


# ------------------------------------------------------------ on the server


async def kept(server: Server, name: str) -> Json:
    """What the account itself keeps on the server under this name; {} for nothing."""
    try:
        return await server.ask("GET", "user", server.me, "account_data", name)
    except DeniedError as denied:
        if denied.status == 404:
            return {}
        raise


async def keep(server: Server, name: str, value: Json) -> None:
    await server.ask("PUT", "user", server.me, "account_data", name, body=value)


async def put_away(server: Server, seeds: Seeds) -> str:
    """Lock the identity away with a new key, and return the key as it is to be kept on paper: it is nowhere else."""
    key, id = secrets.token_bytes(SIZE), secrets.token_hex(16)
    proof = locked(key, "", bytes(SIZE))
    await keep(server, f"m.secret_storage.key.{id}", {"algorithm": ALGORITHM, "iv": proof["iv"], "mac": proof["mac"]})
    for name, seed in zip(NAMES, (seeds.master, seeds.self_signing, seeds.user_signing), strict=True):
        secret = f"m.cross_signing.{name}"
        words = b64(bytes.fromhex(seed)).rstrip("=").encode()
        await keep(server, secret, {"encrypted": {id: locked(key, secret, words)}})
    await keep(server, DEFAULT, {"key": id})
    return written(key)


async def brought_back(server: Server, words: str) -> Seeds:
    """The identity from the server's store, by the key that a person typed. Raises `WrongKeyError`."""
    key = read(words)
    id = str((await kept(server, DEFAULT)).get("key", ""))
    seeds = []
    for name in NAMES:
        secret = f"m.cross_signing.{name}"
        box = (await kept(server, secret)).get("encrypted", {}).get(id)
        if not isinstance(box, dict):
            raise WrongKeyError(secret)
        seeds.append(un64(unlocked(key, secret, box).decode()).hex())
    return Seeds(*seeds)
