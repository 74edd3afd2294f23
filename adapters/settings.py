"""A network's section of the settings, and the types of what may stand in it."""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from core.settings import Table


@dataclass(frozen=True, slots=True)
class Around:
    """What a network is told besides its own section. `lang` is of what the operator reads."""

    community: str = "邻里"
    zone: str = "Asia/Shanghai"
    lang: str = "zh"
    groups: tuple[str, ...] = ()  # the ids of its groups that the settings name
    alone: bool = True  # no other network is set up
    page: str = ""  # where people reach the page of another network of ours; '' where there is none


class Section(Table):
    """One network's table of the settings."""

    secrets: ClassVar[Mapping[str, str]] = {}
    """The keys under which a secret stands, and what in the text shows that one does ('': any text)."""

    @property
    def wanted(self) -> bool:
        """Whether the network is to run, where the settings say anything of it."""
        raise NotImplementedError  # each network's section says it

    @property
    def account(self) -> str:
        """The bot account, without anything secret: two bots on one database must not speak for the same."""
        raise NotImplementedError  # each network's section says it

    @property
    def page(self) -> str:
        """Under which address people reach pages of ours; '' where there are none."""
        return ""

    def tries(self, around: Around) -> bool:
        """Whether it is for trying out only: anybody who reaches it may be anybody."""
        return False

    def contradictions(self, around: Around) -> Iterator[tuple[str, str]]:
        """What is right one by one and wrong together: the key to change, and a sentence."""
        yield from ()

    def exposes(self, around: Around) -> Iterator[tuple[str, str]]:
        """What would let strangers read along: the key to change, and a sentence. A bot with these does not start."""
        yield from ()

    @classmethod
    def fetch(
        cls,
        table: dict[str, Any],  # noqa: ARG003 - read by networks that keep a secret in a file
        overlaid: Collection[str],  # noqa: ARG003 - likewise
        folder: Path,  # noqa: ARG003 - likewise
    ) -> Iterator[tuple[str, str]]:
        """Put into the table what is kept in files of their own; yields what is wrong with them, by key.

        `overlaid`: the keys that the environment set. `folder`: from where relative paths count.
        """
        yield from ()


class Listen(NamedTuple):
    """Where to listen: port 0 is any free one."""

    host: str
    port: int

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def words(value: Any) -> str:
    """The value, if it is a text; if not, the complaint is made of the field's own description."""
    if not isinstance(value, str):
        raise PydanticCustomError("text_expected", "a text was expected")
    return value.strip()


def _listen(value: Any) -> Listen:
    host, colon, port = words(value).rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("expected HOST:PORT; write '127.0.0.1:8765' (port 0: any free one)")
    return Listen(host, int(port))


def _http(value: Any) -> str:
    url = words(value).rstrip("/")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise ValueError("expected an address that begins with https:// (or http://), or an empty text")
    return url


def path(value: Any, info: ValidationInfo) -> Path:
    """A path, counted from the folder of the settings."""
    folder = (info.context or {}).get("folder", Path())
    return Path(folder, Path(words(str(value) if isinstance(value, Path) else value)).expanduser())


def _some_path(value: Any, info: ValidationInfo) -> Path | None:
    return path(value, info) if value else None


def exposed(file: Path) -> bool:
    """Whether others than its owner and its group may read or change a file."""
    return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))


Socket = Annotated[Listen, PlainValidator(_listen)]
Http = Annotated[str, PlainValidator(_http)]
Place = Annotated[Path, PlainValidator(path)]
MaybePlace = Annotated[Path | None, PlainValidator(_some_path)]
