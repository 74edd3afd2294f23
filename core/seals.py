"""Sealing: what is confided is encrypted in the database, with a key that is never in it."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import JSON, Dialect, String, types

from core.confided import Confided

NONCE = 12
"""Bytes, as AES-GCM wants them; random, so that no two seals are alike."""
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class NoKeyError(Exception):
    """A seal cannot be made or opened: its key is not there. The message says which, and where it is looked for."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one database: all that seals were ever made with, the newest last. `file`: where they are kept."""

    by_id: dict[str, bytes]
    file: Path | None = None

    def seal(self, words: str, column: str) -> str:
        """Words as they are stored: the key's id, a point, the sealed words. Raises `NoKeyError`."""
        if not self.by_id:
            raise NoKeyError(f"there is no key to seal with{self._place()}")
        id = next(reversed(self.by_id))
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self.by_id[id]).encrypt(nonce, words.encode(), f"{id}.{column}".encode())
        return f"{id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, stored: str, column: str) -> str:
        """What `seal` made of, back again. Raises `NoKeyError` where the key is not there, or it is another's seal."""
        id, _, rest = stored.partition(".")
        key = self.by_id.get(id)
        if key is None:
            raise NoKeyError(f"the key {id!r} is missing{self._place()}")
        try:
            data = base64.urlsafe_b64decode(rest)
            return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], f"{id}.{column}".encode()).decode()
        except (InvalidTag, ValueError):
            raise NoKeyError(f"the key {id!r} is not the one that this was sealed with{self._place()}") from None

    def _place(self) -> str:
        return "" if self.file is None else f" in {self.file}"

    def with_new(self, now: datetime) -> Keys:
        """These and one more, with which everything is sealed from here on."""
        id = f"{now.astimezone(UTC):%y%m%d}" + "".join(secrets.choice(LETTERS) for _ in range(4))
        return Keys({**self.by_id, id: AESGCM.generate_key(bit_length=256)}, self.file)


def kept_keys(file: Path) -> Keys:
    """The keys that a file holds; none where there is no file. Raises `NoKeyError` for a file that cannot be read."""
    try:
        stored = json.loads(file.read_text("utf-8"))
        return Keys({str(id): base64.b64decode(key) for id, key in stored["keys"].items()}, file)
    except FileNotFoundError:
        return Keys({}, file)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise NoKeyError(f"{file} cannot be read as a file of keys ({type(error).__name__})") from None


def keep_keys(keys: Keys) -> None:
    """Write the keys into their file, readable by its owner alone: whole or not at all, and on the disk when done."""
    assert keys.file is not None  # noqa: S101 - keys without a file live as long as their process
    keys.file.parent.mkdir(parents=True, exist_ok=True)
    told = {"keys": {id: base64.b64encode(key).decode() for id, key in keys.by_id.items()}}
    beside = keys.file.with_name(keys.file.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(told, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(keys.file)


@dataclass(frozen=True, slots=True)
class Seal:
    """Confided words as a column keeps them; opened when somebody wants to know them, and not before."""

    stored: str
    column: str
    keys: Keys = field(repr=False, compare=False)

    def open(self) -> str | None:
        try:
            return self.keys.open(self.stored, self.column)
        except NoKeyError:
            return None


class Sealed(types.TypeDecorator[Confided]):
    """A column of confided words. Its database's keys are looked for at the dialect: see `core.db.Database`.

    Nothing is '' and not sealed. A seal whose key is gone is read as lost words: the rest of the bot goes on, and what
    goes back into the same column goes back as it was.
    """

    impl = String
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: Confided | None, dialect: Dialect) -> str:
        if value is None or not value:
            return ""
        if isinstance(value.seal, Seal) and value.seal.column == self.column:
            return value.seal.stored
        if value.lost:
            raise NoKeyError("words that could not be opened are not written to another place")
        return keys_of(dialect).seal(value.privately(), self.column)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Confided]:
        column = self.column
        return lambda stored: Confided(seal=Seal(stored, column, keys_of(dialect))) if stored else Confided()

    def compare_values(self, x: Any, y: Any) -> bool:
        """Whether nothing changed. What was there before may be unknown: then it did."""
        known = isinstance(x, Confided | None) and isinstance(y, Confided | None)
        return known and (x or Confided()).same_as(y or Confided())


class SealedJson(types.TypeDecorator[dict[str, Any]]):
    """A column of JSON objects, sealed whole as soon as one says more than the names in `plain`.

    What is lost with its key is read as `{"lost": true}`.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, column: str, plain: frozenset[str]) -> None:
        super().__init__()
        self.column = column
        self.plain = plain

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> dict[str, Any] | str:
        if not value or value.keys() <= self.plain:
            return value or {}
        if value.get("lost"):
            raise NoKeyError("words that could not be opened are not written over")
        return keys_of(dialect).seal(json.dumps(value), self.column)

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Any]:
        if not isinstance(value, str):
            return value or {}
        words = Seal(value, self.column, keys_of(dialect)).open()
        return {"lost": True} if words is None else dict(json.loads(words))


def keys_of(dialect: Dialect) -> Keys:
    """The keys of the database that a dialect speaks to; none if it was opened without."""
    return getattr(dialect, "confided_keys", None) or Keys({})
