"""Whom words speak for where the name looks like none, and whom they are said to: 帮静待花开报名, @杨老师 报名."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.clauses import Clause
from core.reading.vocabulary import regex

NOBODY = frozenset(
    "大家 各位 忙 我们 你 你们 他 她 他们 她们 谁 为 me us you everyone free".split()  # noqa: SIM905  as the lists of words
)
"""Who may stand behind 帮 and for, and is not somebody by name."""


@dataclass(frozen=True, slots=True)
class Another:
    """What is asked for somebody else. `name` is as written, empty if it could not be told from the words around it."""

    intent: str
    name: str
    ref: int | None = None


_PUT_DOWN = re.compile(regex("spoken_for", "put_down"))
_TAKEN_OFF = re.compile(regex("spoken_for", "taken_off"))
_BEGINS = re.compile(regex("spoken_for", "begins"), re.DOTALL)
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff,。]+")


def put_down(edge: Clause) -> Another | None:
    """A name that looks like none, where only a name can stand: 帮静待花开报名."""
    found = _PUT_DOWN.fullmatch(edge.text)
    if not found:
        return None
    group = "name" if found["name"] else "en"
    if found[group] in NOBODY:
        return None
    ref = found["ref"] or found["en_ref"]
    return Another("join", edge.said[found.start(group) : found.end(group)].strip(), int(ref) if ref else None)


def taken_off(edge: Clause) -> Another | None:
    """The same for leaving and for being there: 帮 xiao_yu99 退出."""
    found = _TAKEN_OFF.fullmatch(edge.text)
    if not found or found["name"] in NOBODY:
        return None
    name = edge.said[found.start("name") : found.end("name")]
    return Another("leave" if found["leave"] else "here", name, int(found["ref"]) if found["ref"] else None)


def unreadable(edge: Clause) -> bool:
    """Whether it begins by speaking for or with somebody whose name is none: what follows is not about the speaker.

    A whole sentence may stand there too (给老伴看病 来不了), so only what no sentence holds counts as a name.
    """
    first, *rest = re.split(r"\s+", edge.text)
    found = _BEGINS.fullmatch(first)
    if found is None or not rest:
        return False
    name = found["name"] or rest[0]
    return not name.startswith(tuple(NOBODY)) and not _HAN_ONLY.fullmatch(name)


_TO_ALL = re.compile(regex("spoken_for", "to_all"))
_ADDRESS = re.compile(r"(?P<name>@[^\s,:@]+)[\s,:]+(?:@[^\s,:@]+[\s,:]+)*(?=\S)")
_OF_ONESELF = re.compile(regex("spoken_for", "of_oneself"))


def to_all(name: str) -> bool:
    """Whether it is said to everybody: that calls on people to join, and joins nobody."""
    return _TO_ALL.match(name.casefold()) is not None


def addressed(edge: Clause) -> tuple[str, Clause]:
    """The name with which it begins if that is who it is said to (@杨老师 报名), and the rest.

    The name is empty where 我 follows, so that it is plain who is meant.
    """
    found = _ADDRESS.match(edge.text)
    if not found:
        return "", edge
    rest = edge.cut(found.end())
    return ("" if _OF_ONESELF.search(rest.text) else edge.said[: found.end("name")]), rest
