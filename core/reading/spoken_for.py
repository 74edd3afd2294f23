"""Whom words speak for where the name looks like none, and whom they are said to: 帮静待花开报名, @杨老师 报名."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.clauses import Clause

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


_PUT_DOWN = re.compile(
    r"(?:麻烦|请|我)?(?:帮|代|替|给)(?:忙)?(?P<name>[^,，。!?\s我]{1,12}?)\s?(?:也)?(?:报名|报个名|"
    r"报一个|登记)(?P<leave>取消)?\s*(?:#?(?P<ref>\d{1,4}))?|(?:join|"
    r"sign up) for (?P<en>[^,.!?\d]{2,30}?)(?: #?(?P<en_ref>\d{1,4}))?"
)
_TAKEN_OFF = re.compile(
    r"(?:麻烦|请|我|想|要)*(?:帮|代|替)(?:忙)?\s*(?P<name>[^,。!?\s我][^,。!?我]{0,23}?)\s*也?"
    r"(?:(?P<leave>退出|取消报名|退报名|退|请假|请个假|取消|来不了|去不了)|签到|签个到|到)了?\s*(?:#?(?P<ref>\d{1,4}))?"
)
_BEGINS = re.compile(
    r"(?:麻烦|请|我们?|也|想|要|可以)*(?:帮忙|帮|替|代|给|和|跟|同|with|for)(?:\s*(?=[^\s我])(?P<name>\S.*))?",
    re.DOTALL,
)
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


_TO_ALL = re.compile(r"@(?:所有人|全体|大家|各位|all|everyone|everybody|here|channel|room|group)")
_ADDRESS = re.compile(r"(?P<name>@[^\s,:@]+)[\s,:]+(?:@[^\s,:@]+[\s,:]+)*(?=\S)")
_OF_ONESELF = re.compile(r"我|阿拉|本人|\b(?:i|i'm|i'll|me|my)\b")


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
