"""The values that settings hold: a reader takes what TOML gives, returns what we keep or says what may be written."""

from __future__ import annotations

import difflib
import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.manners import Quiet, Reminder, read_quiet, read_reminder


class Address(NamedTuple):
    """A person or a group on one network, as the settings name them: 'telegram:1234', 'matrix:@y:example.org'."""

    network: str
    id: str

    def __str__(self) -> str:
        return f"{self.network}:{self.id}"


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


PEOPLE = {
    "telegram": (r"[1-9]\d{0,15}", "telegram:1234"),
    "matrix": (r"@[^\s:]+:\S+", "matrix:@name:example.org"),
    "web": (r"\S{1,64}", "web:yang"),
}
GROUPS = {
    "telegram": (r"-[1-9]\d{0,15}(/\d+)?", "telegram:-1001234567890"),
    "matrix": (r"!\S+|#[^\s:]+:\S+", "matrix:!id:example.org or matrix:#name:example.org"),
    "web": (r"\S{1,64}", "web:group"),
}


def _text(value: Any) -> str:
    """The value, if it is a text; if not, the complaint is made of the field's own description."""
    if not isinstance(value, str):
        raise PydanticCustomError("text_expected", "a text was expected")
    return value.strip()


def _address(value: Any, patterns: dict[str, tuple[str, str]]) -> Address:
    network, colon, name = _text(value).partition(":")
    if not colon or network not in patterns:
        raise ValueError("expected NETWORK:ID; write " + ", ".join(example for _, example in patterns.values()))
    pattern, example = patterns[network]
    if re.fullmatch(pattern, name) is None:
        raise ValueError(f"this is no id on {network}; write {example}")
    return Address(network, name)


def _zone(value: Any) -> ZoneInfo:
    name = _text(value)
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), 1, 0.6)
        mend = f"did you mean {near[0]!r}?" if near else "write for example 'Asia/Shanghai' or 'Europe/Berlin'"
        raise ValueError(f"there is no such time zone; {mend}")
    return ZoneInfo(name)


def _listen(value: Any) -> Listen:
    host, colon, port = _text(value).rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("expected HOST:PORT; write '127.0.0.1:8765' (port 0: any free one)")
    return Listen(host, int(port))


def _http(value: Any) -> str:
    url = _text(value).rstrip("/")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise ValueError("expected an address that begins with https:// (or http://), or an empty text")
    return url


def _path(value: Any, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder", Path())
    return Path(folder, Path(_text(str(value) if isinstance(value, Path) else value)).expanduser())


def _some_path(value: Any, info: ValidationInfo) -> Path | None:
    return _path(value, info) if value else None


def _database(value: Any, info: ValidationInfo) -> str:
    """The URL, with SQLite's file counted from the config's folder and PostgreSQL's driver named."""
    try:
        url = make_url(_text(value))
    except (ArgumentError, ValueError):
        raise ValueError("expected a database URL; write 'sqlite:///xiaobandeng.db'") from None
    match url.drivername.partition("+")[0]:
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(database=str(_path(url.database, info))).render_as_string(hide_password=False)
        case "sqlite":
            raise ValueError("a database in memory forgets everything; write 'sqlite:///xiaobandeng.db'")
        case "postgres" | "postgresql":
            return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise ValueError("expected sqlite or postgresql; write 'sqlite:///xiaobandeng.db' or 'postgresql://user@host/name'")


def _reminders(reminders: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
    names = [reminder.name for reminder in reminders]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"{twice!r} stands there twice; leave one out")
    return reminders


# ---------------------------------------------------------------- the same as types of fields

Zone = Annotated[ZoneInfo, PlainValidator(_zone)]
PersonAddress = Annotated[Address, PlainValidator(lambda value: _address(value, PEOPLE))]
GroupAddress = Annotated[Address, PlainValidator(lambda value: _address(value, GROUPS))]
Socket = Annotated[Listen, PlainValidator(_listen)]
Http = Annotated[str, PlainValidator(_http)]
Place = Annotated[Path, PlainValidator(_path)]
MaybePlace = Annotated[Path | None, PlainValidator(_some_path)]
DatabaseUrl = Annotated[str, PlainValidator(_database)]
QuietTime = Annotated[Quiet | None, PlainValidator(lambda value: read_quiet(_text(value)))]
Reminding = Annotated[
    tuple[Annotated[Reminder, PlainValidator(lambda value: read_reminder(_text(value)))], ...],
    AfterValidator(_reminders),
]
