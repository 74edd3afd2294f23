"""What may not be written on a network is opened on a page of ours: who asks for it there, and what they are shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.messages import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser brings: the secret of a link; or the name of a post, and what shows who asks for it."""

    secret: str = field(default="", repr=False)
    post: str = ""  # as `core.ids.short` has it
    network: str = ""
    proof: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """The words, a line each, and their language."""

    lines: tuple[str, ...] = field(repr=False)
    lang: str


Disclose = Callable[[Asked], Awaitable[Shown | None]]
"""What is to be read now; None for whoever may not, or came twice, or too late. Says nothing of why."""


@runtime_checkable
class Discloses(Protocol):
    """A network with a page on which details can be opened."""

    def disclose_by(self, ask: Disclose) -> None:
        """Called once, before it runs."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Who somebody is, as their network signed it. `once`: by what the same proof is known when it is brought again."""

    person: Person
    once: str


@runtime_checkable
class Proves(Protocol):
    """A network that tells a page of ours, signed, who opened it."""

    def proven(self, proof: str, now: datetime) -> Proof | None:
        """Who it was, within the last ten minutes; None where it was not signed, or longer ago."""
