"""One event's conversation: what is worked on, who speaks, where, and the answer as it grows."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlmodel import Session

from core import posts, seen
from core.activities import Occurrence, numbered, posted
from core.here import Here
from core.kind import ActivityKind
from core.members import Account, KnownChat, Member
from core.messages import Answer, Attached, Person
from core.network import Can
from core.news import Told
from core.posts import Body, Say
from core.reading.parts import Kinds
from core.roles import Action
from core.rules import Refusal
from core.views.lookup import Lookup
from core.words import text
from core.work import Work

security = logging.getLogger("xiaobandeng.security")

FORBIDDEN = frozenset({"coordinators_only", "not_yours"})
"""Refusals to somebody who has not the right to what they tried."""


class Meant(Enum):
    """How surely words in a group were meant for the bot, and so what is answered. Presses and private words are."""

    SURELY = auto()  # answered, in a line of the group if it has to be
    ASIDE = auto()  # it was not the time for it, which nobody need read in the group: answered privately or not at all
    PERHAPS = auto()  # people may have talked to one another: nothing is spoken of but what was done


@dataclass(slots=True)
class Turn:
    """One event while it is being taken in. Lives as long as its transaction."""

    work: Work
    can: Can
    chat: KnownChat
    account: Account
    member: Member
    pressed: bool = False
    meant: Meant = Meant.SURELY
    attached: Attached | None = None  # what came with the words
    answered: posts.Post | None = None  # what they answer, where that is ours
    mentions: tuple[Person, ...] = ()  # whom the network says were named
    thread: str = ""  # the topic of a group in which it was said or pressed
    message: str = ""  # what was said or pressed, as the network names it
    waited: Sequence[posts.Post] = ()  # what the speaker is told after all, now that their private chat is open
    answer: Answer = field(default_factory=Answer)
    made: str = ""  # what came of it, where it is more or less than that something was done; see `outcome`
    about: int = 0
    elsewhere: tuple[int, str] | None = None  # another community, and the words that are to be heard there
    _posted: tuple[int, list[Occurrence]] | None = field(default=None, repr=False)  # as of so many lines of the log

    @property
    def session(self) -> Session:
        return self.work.session

    @property
    def here(self) -> Here:
        return self.work.here

    @property
    def now(self) -> datetime:
        return self.work.now

    @property
    def lang(self) -> str:
        """The language to speak to this person in."""
        return self.member.lang or self.chat.lang or self.here.lang

    @property
    def local(self) -> datetime:
        """Now, by the clocks of the community: what `today` is counted from."""
        return self.now.astimezone(self.here.tz)

    @property
    def kinds(self) -> Kinds:
        return self.here.kinds

    @property
    def coordinates(self) -> bool:
        """Whether the speaker coordinates at this moment."""
        return self.work.coordinates

    def may(self, action: Action, kind: str = "") -> bool:
        """Whether the speaker may do this: see `core.roles`."""
        return self.work.may(action, kind)

    @property
    def hears_privately(self) -> bool:
        """Whether a private message is expected to reach the speaker."""
        return self.chat.private or self.account.reachable

    @property
    def outcome(self) -> str:
        """What is remembered of the event, for a later edit of the words."""
        return self.made or (seen.ACTED if self.work.logged else seen.NOTHING)

    @property
    def occurrence_id(self) -> int:
        """The activity that the event was about."""
        return self.about or self.work.about

    def lookup(self) -> Lookup:
        """For rendering within this event: rows as they are now, uncommitted ones included."""
        return Lookup(self.session, self.here, self.now)

    def posted(self) -> list[Occurrence]:
        """What stands in a group and is not over, soonest first; asked once, and again when something was done."""
        if self._posted is None or self._posted[0] != self.work.logged:
            self._posted = (self.work.logged, list(posted(self.session, self.here.id, self.now)))
        return self._posted[1]

    def numbered(self, number: int) -> Occurrence | None:
        """The activity of that number, over or not."""
        there = next((row for row in self.posted() if row.number == number), None)
        return there or numbered(self.session, self.here.id, number)

    def kind(self, occurrence: Occurrence) -> ActivityKind:
        return self.here.kind(occurrence)

    # ------------------------------------------------------------ answering

    def tell(self, key: str, **facts: str | int) -> None:
        """Answer the speaker: a toast over what they pressed, else a line in their private chat."""
        if self.pressed and self.can.toasts:
            self.answer = replace(self.answer, toast=text(self.lang, key, **facts))
        elif self.meant is not Meant.PERHAPS:
            self.privately("say", body=Say(key=key, facts=facts))

    def seen_done(self, key: str, **facts: str | int) -> None:
        """Say what the message that was pressed says itself, once it is edited: as a toast, or after typed words.

        Where a press can have no toast the edit is the answer: the same below it would be said twice.
        """
        if not self.pressed or self.can.toasts:
            self.tell(key, **facts)

    def refuse(self, refusal: Refusal) -> None:
        """A kind no, with what can be done instead."""
        if refusal.code in FORBIDDEN:
            facts = {"refusal": refusal.code, "chat": self.chat.id, "member": self.member.id}
            security.info("what somebody may not do was refused", extra=facts)
        self.tell(refusal.key, **refusal.facts)
        if self.answer.toast:
            self.answer = replace(self.answer, alert=True)

    def mark(self, emoji: str = "👍") -> None:
        """Show on the words themselves that they were understood."""
        if not self.pressed:
            self.answer = replace(self.answer, mark=emoji)

    def known_already(self, body: Body) -> bool:
        """Whether the speaker has seen on the spot that it was done: by the mark on their words, the toast, or their
        name in the roster that they pressed. That they wait is not seen so.
        """
        done = isinstance(body, Told) and body.verb != "wait"
        return done and (self.pressed or bool(self.answer.mark and self.can.marks))

    def privately(
        self, kind: str, *, member_id: int = 0, urgency: int = posts.ANSWER, body: Body | None = None, **facts: Any
    ) -> posts.Post:
        """Owe a private message to the speaker (or another), once for this event."""
        body = body or self.here.posts[kind].body()
        if not self.chat.private and not member_id:
            unasked = self.meant is not Meant.SURELY and not isinstance(body, Told)
            body = replace(
                body,
                origin=self.chat.id,
                thread=self.thread,
                replies_to="" if self.pressed else self.message,
                overheard=unasked,
                marked=self.known_already(body),
            )
        return self.work.owe(
            kind,
            urgency=urgency,
            member_id=member_id or self.member.id,
            occasion=self.work.once(),
            body=body,
            fresh=True,
            **facts,
        )
