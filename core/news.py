"""News: what deeds have people told, and what has become true since of news that does not keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.activities import CANCELLED, CLOSED
from core.claims import Roster
from core.posts import Body, Change, Undoable

MOVED = frozenset({"notice.moved", "notice.place", "notice.both"})
FOLLOWING = frozenset({"notice.free", "notice.late_leave"})
"""Notices that say how things stand: when they do not stand so any more, they say that."""


@dataclass(frozen=True, slots=True)
class Notice(Change):
    """What changed in an activity, or became true of it. `whose` doing it was; `before`: the draft that undoes it."""

    key: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    whose: int = 0
    before: int = 0
    repeats: bool = False  # it may be so from here on
    later: tuple[tuple[int, int], ...] = ()  # the others that are so from here on, and the drafts that undo it
    rule: tuple[str, ...] = ()  # the rule before, and its first start
    whom: tuple[int, ...] = ()  # those without an account for whom its reader hears it
    also: tuple[int, ...] = ()  # others of a series of which the same is true
    by: int = 0  # who changed it, and is to know whom nobody could tell
    words: str = ""  # what `whose` said beside it


@dataclass(frozen=True, slots=True)
class Told(Undoable):
    """What was done with claims, as they were moved then: said back to who did it, or told whom it was done for (`by`).

    `claims` and how often each had been moved; those that had only `waited`; what had happened to each before (`was`).
    """

    verb: str = ""  # join, wait, leave, here, done or on_the_way
    claims: tuple[tuple[int, int], ...] = ()
    by: int = 0
    waited: tuple[int, ...] = ()
    was: tuple[tuple[int, str], ...] = ()
    another: Mapping[str, Any] = field(default_factory=dict)  # the wish of 另一位, where somebody else may be meant


@dataclass(frozen=True, slots=True)
class Calls(Body):
    """Who was rung up, and who did not answer yet, by their ids. `asks`: it is asked after each; versions before did
    not. `unread`: who was written to, and has not looked.
    """

    rang: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    asks: bool = False
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer(Body):
    """A place that is kept for somebody: how they answered, and whether it was theirs `last` time."""

    answer: str = ""  # accepted or declined, once it is answered here
    last: bool = False
    until: str = ""  # the moment until which it is kept, ISO; '' for no end


@dataclass(frozen=True, slots=True)
class Puzzle(Body):
    """Private words that were not understood, with what was answered (a sentence of the catalogue), and whether they
    were passed on.
    """

    key: str = ""
    words: str = ""
    what: str = ""  # what was sent, where it was more than words: `core.messages.Attached`
    passed: bool = False
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Passed(Body):
    """Words of one person to another by way of the bot: whose, and as what they are passed on (`passed.<key>`).

    `question`: what they answer. `answers`: who answered them, and what.
    """

    key: str = "said"
    words: str = ""
    what: str = ""  # what came with them
    whose: int = 0
    question: str = ""
    answers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Whose(Body):
    """Somebody whom it is about."""

    whose: int = 0


@dataclass(frozen=True, slots=True)
class WrittenDown(Undoable):
    """Parts of the minutes that were written down, and pictures, by their ids; `group`: the chat where it was said."""

    ids: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    group: int = 0


def as_it_is(on: Roster, body: Notice, member_id: int) -> str:
    """What a notice to this member says now: its own sentence while that is true, else the one that has become true."""
    match body.key:
        case "notice.free" if any(c.member_id == member_id for c in on.taking()):
            return "notice.yours"
        case "notice.free" if on.occurrence.state == CANCELLED:
            return "notice.cancelled"
        case "notice.free" if on.occurrence.state == CLOSED:
            return "closed.done"
        case "notice.free" if not any(on.room(slot) for slot in on.slots):
            return "notice.taken"
        case "notice.late_leave" if any(c.member_id == body.whose for c in on.taking()):
            return "notice.late_back"
    return body.key
