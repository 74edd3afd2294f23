"""A feature: all that a folder contributes to the bot, in one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from core.kind import ActivityKind
from core.reading.verbs import Spelt

if TYPE_CHECKING:
    from core.talk.wishes import Wish
    from core.turn import Turn

Carry = Callable[["Turn", "Wish", str], None]
"""Carries out a wish; the last argument is the words after the verb."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of a feature's own, typed or pressed. Its label and its sign are `action.<intent>` and `emoji.<intent>` of
    the feature's words, where it is ever on a button.

    `carry` does it, in the conversation of one event; what changes rows it leaves to deeds. From anybody else than
    `who` it is refused kindly before.
    """

    spelt: Spelt
    carry: Carry
    who: Literal["anybody", "coordinators"] = "anybody"

    @property
    def intent(self) -> str:
        return self.spelt.intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What one folder contributes. Its name is the folder's, its rows' and that of its settings.

    `formerly`: names by which settings of earlier versions know it. `settings`: its section of the configuration.
    """

    folder: Path
    activity: ActivityKind | None = None
    verbs: tuple[Verb, ...] = ()
    settings: type[BaseModel] | None = None
    formerly: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def words(self) -> Path:
        """The folder of its catalogues."""
        return self.folder / "words"
