"""The folder that makes the bot's device the same device after a restart: token, keys, place in the stream."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Login:
    """A device of the bot's account that is logged in."""

    user: str  # full id, @bot:example.org
    device: str
    token: str
    pickle: str  # what nio's key file is sealed with
    # only where tokens end after minutes, and are renewed:
    renewal: str = ""  # what a fresh one is had for
    ends: float = 0.0  # when the token ends, in seconds since 1970; 0 for never
    client: str = ""  # as whom this program asks
    renews_at: str = ""  # and where


@dataclass(frozen=True, slots=True)
class Seeds:
    """The private halves of the account's cross-signing identity, 32 bytes each, in hex."""

    master: str
    self_signing: str
    user_signing: str


@dataclass(slots=True)
class Place:
    """How far the stream of events has been handed over, with what could not be finished on the way."""

    token: str | None = None
    begun: bool = True  # False: `token` is where the account logged in, and no process has learnt of its rooms since
    unread: list[dict[str, Any]] = field(default_factory=list)  # messages whose key has not come
    invites: dict[str, str] = field(default_factory=dict)  # accepted, not yet joined: room -> inviter
    taken: list[str] = field(default_factory=list)  # digests of keys sent to this device after `token`, taken already


class Store:
    """One folder, mode 0700, files 0600. Every write is whole or not there at all, and on the disk when it returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def login(self) -> Login | None:
        """Who is logged in, or None before `xiaobandeng login matrix`."""
        kept = self._read("login.json")
        return Login(**kept) if kept else None

    @login.setter
    def login(self, login: Login) -> None:
        self._write("login.json", asdict(login))

    @property
    def seeds(self) -> Seeds | None:
        kept = self._read("signing.json")
        return Seeds(**kept) if kept else None

    @seeds.setter
    def seeds(self, seeds: Seeds) -> None:
        self._write("signing.json", asdict(seeds))

    @property
    def place(self) -> Place:
        kept = self._read("place.json")
        return Place(**kept) if kept else Place()

    def keep_place(self, place: Place) -> None:
        self._write("place.json", asdict(place))

    def keys(self, device: str) -> Path:
        """The file with the encryption keys of one device: each has its own, so that keys never change owners."""
        return self.folder / f"keys-{device}.db"

    def prepare_keys(self, device: str) -> None:
        """Make the key file readable by nobody else before anything is written to it."""
        self._make_folder()
        os.close(os.open(self.keys(device), os.O_CREAT | os.O_RDWR, 0o600))

    def forget_place(self) -> None:
        """A new device begins at the end of the stream: what was written before cannot be read by it."""
        (self.folder / "place.json").unlink(missing_ok=True)

    def _make_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            kept: dict[str, Any] = json.loads((self.folder / name).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return kept

    def _write(self, name: str, value: dict[str, Any]) -> None:
        self._make_folder()
        fresh = self.folder / f".{name}.new"
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)  # else a power cut may bring the old file back
        finally:
            os.close(folder)
