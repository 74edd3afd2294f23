"""What one line of a scene asks for: plain values that `language` makes and the player takes apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.messages import Attached

GROUP = "group"
"""The group that is in every scene."""

CODE = "{code}"
"""What stands in somebody's words for the pairing code that the console showed last."""

PRIVATE = "private"
"""What stands in brackets for a person's private chat with the bot."""

NETWORKS = ("full", "telegram", "matrix", "web")
"""What screens can be told to be like."""


class Wrong(Exception):
    """A line that is not of the language: `line` counts from 1, `expected` says what would be."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"{line}: {expected}")
        self.line = line
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Community:
    """Where the scene plays."""

    name: str = "邻里"
    zone: str = "Asia/Shanghai"
    lang: str = "zh"


@dataclass(frozen=True, slots=True)
class Step:
    """One line, counted from 1."""

    line: int


@dataclass(frozen=True, slots=True)
class AddGroup(Step):
    name: str


@dataclass(frozen=True, slots=True)
class AddForeign(Step):
    """A group that is not known to be the community's. The bot is not in it, until somebody adds it."""

    name: str


@dataclass(frozen=True, slots=True)
class Listen(Step):
    """From here on the bot hears all that is said in a group, or only commands and answers to it."""

    group: str
    hears: bool


@dataclass(frozen=True, slots=True)
class Introduce(Step):
    """These people belong to the community. Who is a stranger is known from the first line on: see `Scene`."""

    names: tuple[str, ...]
    coordinators: bool


@dataclass(frozen=True, slots=True)
class KeepList(Step):
    """The community has this list of people, whoever of them the bot knows already."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Become(Step):
    """Screens can do what `network` can from here on."""

    network: str


@dataclass(frozen=True, slots=True)
class At(Step):
    """The clock moves to `moment`, aware, never before the moment of an earlier line."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Restart(Step):
    """The bot dies and comes back."""


@dataclass(frozen=True, slots=True)
class ShowCode(Step):
    """The operator looks at the console, which shows a pairing code: `CODE` stands for it in what is said later."""


@dataclass(frozen=True, slots=True)
class Act(Step):
    """Somebody does something."""

    who: str


@dataclass(frozen=True, slots=True)
class Say(Act):
    """`place` is a group's name, or None for the private chat. `sent`: what they stand under, if anything."""

    words: str
    place: str | None = GROUP
    sent: Attached | None = None


@dataclass(frozen=True, slots=True)
class Reply(Act):
    """In answer to the newest message of the bot that contains `to`."""

    to: str
    words: str


@dataclass(frozen=True, slots=True)
class Rewrite(Act):
    """One's own last message becomes `words`."""

    words: str


@dataclass(frozen=True, slots=True)
class Press(Act):
    """`on` is a text the message must contain, or ''."""

    label: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Bring(Act):
    """Brings the bot into a group, of which they are an administrator; or takes it out of there."""

    group: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class Check(Step):
    """Something that should hold now. `place` is a group's or a person's name."""

    place: str


@dataclass(frozen=True, slots=True)
class See(Check):
    text: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class New(Check):
    text: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Never(Check):
    text: str


@dataclass(frozen=True, slots=True)
class Posted(Check):
    count: int


@dataclass(frozen=True, slots=True)
class Told(Check):
    """Here `place` is a person, never a group."""

    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole file, understood. `start` is the moment of its first `at`, or None where nothing is said at all."""

    community: Community
    groups: tuple[str, ...]
    strangers: frozenset[str]
    steps: tuple[Step, ...]
    start: datetime | None
    foreign: frozenset[str] = frozenset()  # those of the groups that are not known to be the community's
