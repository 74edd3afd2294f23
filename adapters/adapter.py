"""What a network brings: one value, exported by its folder, and all that the program knows of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from adapters.settings import Around, Section
from core.db import Database
from core.network import Can, Network
from core.words import Catalogue

S = TypeVar("S", bound=Section)


class Clock(Protocol):
    """The machine's clock; a page for trying out may push it forward."""

    def now(self) -> datetime: ...

    async def push(self, by: timedelta) -> None: ...


class Id(NamedTuple):
    """What an id in the settings looks like: a regular expression for all of it, and an example with its network."""

    pattern: str
    example: str


class Finding(NamedTuple):
    """Whether all is well with something, the key of a sentence in the network's words, and its facts."""

    good: bool
    key: str
    facts: Mapping[str, str | int] = {}


@dataclass(frozen=True, slots=True)
class Adapter(Generic[S]):
    """One network. Its library is imported by `build` and `check` only: who does not use it need not load it."""

    name: str  # of its folder and its section of the settings, and in `Person.network`
    can: Can
    section: type[S]
    person: Id
    group: Id
    words: Callable[[], Catalogue]  # what it says to operators; `check.name` is what they call it
    build: Callable[[S, Around, Database, Clock], Network]
    check: Callable[[S, Around], Awaitable[Sequence[Finding]]]  # the most important first; changes nothing
    otherwise: bool = False  # runs where no network is set up at all
    invites: bool = False  # its people are invited by the operator, coordinators too: no pairing code is needed
