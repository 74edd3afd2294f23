"""One event's working set: the transaction, who speaks, where, and the answer as it grows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core import history, posts, seen
from core.activities import Occurrence
from core.feature import Feature
from core.house import House
from core.members import Account, Community, KnownChat, Member, coordinators
from core.messages import Answer
from core.network import Can
from core.rules import Refusal
from core.views.books import Books
from core.words import text


@dataclass(slots=True)
class Turn:
    """One event while it is being taken in. Lives as long as its transaction."""

    session: Session
    community: Community
    house: House
    now: datetime
    event: str  # "network:id", for keys of what it causes
    can: Can
    chat: KnownChat
    account: Account
    member: Member
    pressed: bool = False
    overheard: bool = False  # said in a group, perhaps not to the bot: nothing but what it did is spoken of there
    message: str = ""  # what was said or pressed, as the network names it
    answer: Answer = field(default_factory=Answer)
    outcome: str = seen.NOTHING
    occurrence_id: int = 0
    _coordinators: set[int] | None = None
    _posts: int = 0

    @property
    def lang(self) -> str:
        """The language to speak to this person in."""
        return self.member.lang or self.chat.lang or self.community.lang

    @property
    def speaker(self) -> tuple[str, str]:
        return self.account.network, self.account.id

    @property
    def coordinators(self) -> set[int]:
        if self._coordinators is None:
            self._coordinators = coordinators(
                self.session, self.community.id, administrators=self.house.manners.administrators_coordinate
            )
        return self._coordinators

    @property
    def coordinates(self) -> bool:
        """Whether the speaker is a coordinator at this moment."""
        return self.member.id in self.coordinators

    @property
    def hears_privately(self) -> bool:
        """Whether a private message is expected to reach the speaker."""
        return self.chat.private or self.account.reachable

    def books(self) -> Books:
        """For rendering within this event: rows as they are now, uncommitted ones included."""
        return Books(self.session, self.community, self.house, self.now)

    def feature(self, occurrence: Occurrence) -> Feature:
        return self.house.features[occurrence.kind]

    def did(self, verb: str, occurrence: Occurrence | None = None, member: int = 0, claim: int = 0) -> None:
        """Write into the log that the speaker did this, and remember that the event changed something."""
        self.outcome = seen.ACTED
        if occurrence is not None:
            self.occurrence_id = occurrence.id
        history.record(
            self.session,
            self.community.id,
            self.now,
            verb,
            by=(*self.speaker, self.member.id),
            for_member=member,
            occurrence_id=0 if occurrence is None else occurrence.id,
            claim_id=claim,
        )

    # ------------------------------------------------------------ answering

    def tell(self, key: str, **facts: str | int) -> None:
        """Answer the speaker: a toast over what they pressed, else a line in their private chat."""
        if self.pressed and self.can.toasts:
            self.answer = replace(self.answer, toast=text(self.lang, key, **facts))
        else:
            self.privately("say", body={"key": key, "facts": facts})

    def refuse(self, refusal: Refusal) -> None:
        """A kind no, with what can be done instead."""
        self.tell(refusal.key, **refusal.facts)
        if self.answer.toast:
            self.answer = replace(self.answer, alert=True)

    def mark(self, emoji: str = "👍") -> None:
        """Show on the words themselves that they were understood."""
        if not self.pressed:
            self.answer = replace(self.answer, mark=emoji)

    def privately(self, rule: str, *, member_id: int = 0, urgency: int = posts.ANSWER, **facts: Any) -> posts.Post:
        """Owe a private message to the speaker (or another), once for this event."""
        body = {**facts.pop("body", {})}
        if not self.chat.private and not member_id:
            body["origin"] = self.chat.id  # where to say it in a line if no private chat can be had
            if self.overheard and rule != "readback":
                body["overheard"] = True
        self._posts += 1
        return posts.want(
            self.session,
            self.community.id,
            self.now,
            rule,
            urgency=urgency,
            member_id=member_id or self.member.id,
            occasion=f"{self.event}/{self._posts}",
            body=body,
            fresh=True,
            **facts,
        )
