"""The values that settings hold: a reader takes what TOML gives, returns what we keep or says what may be written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, PlainValidator, ValidationInfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from adapters import ADAPTERS
from adapters.adapter import Adapter, Id
from adapters.settings import path, words
from core.manners import Quiet, Reminder, read_quiet, read_reminder


class Address(NamedTuple):
    """A person or a group on one network, as the settings name them: 'telegram:1234', 'matrix:@y:example.org'."""

    network: str
    id: str

    def __str__(self) -> str:
        return f"{self.network}:{self.id}"


def _address(value: Any, ids: Mapping[str, Id]) -> Address:
    network, colon, name = words(value).partition(":")
    if not colon or network not in ids:
        raise ValueError("expected NETWORK:ID; write " + ", ".join(id.example for id in ids.values()))
    if re.fullmatch(ids[network].pattern, name) is None:
        raise ValueError(f"this is no id on {network}; write {ids[network].example}")
    return Address(network, name)


def _person(value: Any, info: ValidationInfo) -> Address:
    return _address(value, {adapter.name: adapter.person for adapter in _adapters(info)})


def _group(value: Any, info: ValidationInfo) -> Address:
    return _address(value, {adapter.name: adapter.group for adapter in _adapters(info)})


def _adapters(info: ValidationInfo) -> Sequence[Adapter[Any]]:
    """The networks that these settings may name."""
    adapters: Sequence[Adapter[Any]] = (info.context or {}).get("adapters", ADAPTERS)
    return adapters


def _zone(value: Any) -> ZoneInfo:
    name = words(value)
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), 1, 0.6)
        mend = f"did you mean {near[0]!r}?" if near else "write for example 'Asia/Shanghai' or 'Europe/Berlin'"
        raise ValueError(f"there is no such time zone; {mend}")
    return ZoneInfo(name)


def _database(value: Any, info: ValidationInfo) -> str:
    """The URL, with SQLite's file counted from the config's folder and PostgreSQL's driver named."""
    try:
        url = make_url(words(value))
    except (ArgumentError, ValueError):
        raise ValueError("expected a database URL; write 'sqlite:///xiaobandeng.db'") from None
    match url.drivername.partition("+")[0]:
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(database=str(path(url.database, info))).render_as_string(hide_password=False)
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
PersonAddress = Annotated[Address, PlainValidator(_person)]
GroupAddress = Annotated[Address, PlainValidator(_group)]
DatabaseUrl = Annotated[str, PlainValidator(_database)]
QuietTime = Annotated[Quiet | None, PlainValidator(lambda value: read_quiet(words(value)))]
Reminding = Annotated[
    tuple[Annotated[Reminder, PlainValidator(lambda value: read_reminder(words(value)))], ...],
    AfterValidator(_reminders),
]
