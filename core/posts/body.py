"""The body of a post: what its kind needs besides the rows it shows. Kept as JSON, typed here, read with care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, Self

from core.posts.row import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the body of any post may say. A kind that needs more builds a frozen dataclass on this, all with defaults.

    Lists in the JSON are tuples here.
    """

    origin: int = 0  # the group its member spoke in: where it is said in a line if no private chat can be had
    thread: str = ""  # the topic of that group, or of the one it stands in
    replies_to: str = ""  # the words said there that it answers, as the network names them
    overheard: bool = False  # not surely said to the bot, or answered aside: no line of the group speaks of it
    marked: bool = False  # its member has seen on the spot that it was done: a group need not read it
    remove: tuple[tuple[int, str], ...] = ()  # older copies, to be taken away: the chat and the message
    put: str = ""  # since when it stands where it stands, if it was put there again
    beneath: bool = False  # what it belongs to stays pinned, and not this
    greets: bool = False  # it is the first that its member reads of us: a word of welcome stands before it
    aloud: bool = False  # it could not be said to its member alone, in the group where they spoke
    unheard: str = ""  # nobody could be told: for a day it is kept as news of this, of which the last is told

    @classmethod
    def of(cls, post: Post) -> Self:
        """The body of this post."""
        return cls.read(post.body)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What an older or newer version wrote: what is not known is left out, what is missing is as by default, and so
        is what has not the shape it should have.
        """
        known = defaults(cls)
        return cls(**{n: frozen(v) for n, v in stored.items() if n in known and alike(known[n], v)})

    def stored(self) -> dict[str, Any]:
        """As JSON; what is as by default is left out."""
        said = {name: getattr(self, name) for name in defaults(type(self))}
        return {name: value for name, value in said.items() if value != defaults(type(self))[name]}


KNOWN: dict[type[Any], dict[str, Any]] = {}


def defaults(body: type[Any]) -> dict[str, Any]:
    """What a body says by default, by name; found out once for each class."""
    if body not in KNOWN:
        KNOWN[body] = {each.name: default(each) for each in fields(body)}
    return KNOWN[body]


def default(each: Field[Any]) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def alike(usual: Any, value: Any) -> bool:
    """Whether a stored value has the shape of the usual one: several, by name, or one."""
    return usual is None or shape(usual) is shape(value)


def shape(value: Any) -> type:
    match value:
        case list() | tuple():
            return list
        case dict():
            return dict
        case None:
            return type(None)
    return object


@dataclass(frozen=True, slots=True)
class Say(Body):
    """A sentence of the catalogue, or several, with its facts."""

    key: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    more: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        """Whether it may be read by all: a kind no. Anything else concerns whoever asked."""
        return self.key.startswith("refusal.")


@dataclass(frozen=True, slots=True)
class Asked(Body):
    """What is put at the bottom when somebody asks for it, and when that was within the last minute."""

    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undoable(Body):
    """What says that something was done, and offers 撤销."""

    undone: bool | str = False


@dataclass(frozen=True, slots=True)
class Change(Undoable):
    """The answer to who changed something: whom nobody could tell privately of it, and whether they were rung up.

    `event`: of a change of several activities at once, by what they are known to be one; `also`: the others of them.
    """

    untold: tuple[int, ...] = ()
    called: bool = False
    event: str = ""
    also: tuple[int, ...] = ()
