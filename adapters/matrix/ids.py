"""The ids of Matrix: made by servers, taken apart here, opaque everywhere else."""

from __future__ import annotations

from urllib.parse import quote

from core.messages import Person

NETWORK = "matrix"


def server_of(user: str) -> str:
    """The server that somebody's account is on."""
    return user.partition(":")[2]


def first_part(user: str) -> str:
    """What somebody without a name goes by: their id between @ and the server."""
    return user[1:].partition(":")[0]


def is_alias(group: str) -> bool:
    """Whether a configured group is named by an alias, which people know, and not by the id that events carry."""
    return group.startswith("#")


def link(person: Person) -> str:
    """The address by which clients know a person."""
    return f"https://matrix.to/#/{quote(person.id, safe='@:')}"
