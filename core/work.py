"""A piece of work: one transaction, the community it is in, the moment, and who acts by what way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from core import audit, posts
from core.activities import Occurrence
from core.here import Here
from core.kind import ActivityKind
from core.posts import Post
from core.roles import Action, Role, may, roles

Via = Literal["chat", "desk", "clock", "import"]
"""By what way something is done: said or pressed in a chat, on a page for coordinators, at its time, from a file."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `member` 0 is the bot itself; an account is a network and an id there, empty where there is none."""

    member: int = 0
    account: tuple[str, str] = ("", "")
    via: Via = "clock"


@dataclass(slots=True)
class Work:
    """What a deed works on. Lives as long as its transaction."""

    session: Session
    here: Here
    now: datetime
    by: Actor = Actor()
    edits: bool = True  # whether what stands on the screen of who acts can be changed
    occasion: str = ""  # what it answers, "bot:event": the key of what it causes, so that the same again is the same
    logged: int = 0  # lines of the log so far: whether anything was done
    about: int = 0  # the activity that was worked on last, 0 for none
    _owed: int = 0
    _roles: dict[int, Role] | None = field(default=None, repr=False)

    @property
    def roles(self) -> dict[int, Role]:
        """The members who have a role at this moment."""
        if self._roles is None:
            administrators = self.here.manners.administrators_coordinate
            self._roles = roles(self.session, self.here.id, administrators=administrators)
        return self._roles

    def forget_roles(self) -> None:
        """They have changed just now."""
        self._roles = None

    def who_may(self, action: Action, kind: str = "") -> set[int]:
        """The members who may do this."""
        return {id for id, role in self.roles.items() if may(role, action, kind)}

    def may(self, action: Action, kind: str = "") -> bool:
        """Whether who acts may do this at this moment. The bot itself and the operator's files always may."""
        return self.by.via in ("clock", "import") or may(self.roles.get(self.by.member), action, kind)

    @property
    def coordinators(self) -> set[int]:
        """The members who coordinate at this moment: coordinators and their deputies."""
        return self.who_may("coordinate")

    @property
    def coordinates(self) -> bool:
        """Whether who acts coordinates: what is asked where no other line of the table names it."""
        return self.may("coordinate")

    def kind(self, occurrence: Occurrence) -> ActivityKind:
        return self.here.kind(occurrence)

    def log(
        self, verb: str, occurrence: Occurrence | None = None, member: int = 0, claim: int = 0, matter: int = 0
    ) -> None:
        """Write into the log that who acts did this. `matter`: the id of one, where it is about no activity."""
        self.logged += 1
        if occurrence is not None:
            self.about = occurrence.id
        audit.record(
            self.session,
            self.here.id,
            self.now,
            verb,
            by=(*self.by.account, self.by.member),
            for_member=member,
            occurrence_id=matter if occurrence is None else occurrence.id,
            claim_id=claim,
        )

    def owe(self, kind: str, *, urgency: int | None = None, **facts: Any) -> Post:
        """Owe a post of this community, as urgent as its kind is unless said otherwise; see `posts.want`."""
        usual = self.here.posts[kind].urgency
        return posts.want(
            self.session, self.here.id, self.now, kind, urgency=usual if urgency is None else urgency, **facts
        )

    def owe_at(self, kind: str, at: datetime, **facts: Any) -> Post:
        """Owe a post at that moment; one owed before comes then, and not when it was to come."""
        post = self.owe(kind, due=at, **facts)
        posts.put_off(self.session, post, at)
        return post

    def keep(self, post: Post) -> None:
        """Say this only if its member opens a private chat within the day; see `posts.keep`."""
        posts.keep(self.session, post, self.here.posts[post.kind].news or post.kind)

    def once(self) -> str:
        """The next occasion of this piece of work, for what is owed because of it and cannot be owed yet."""
        self._owed += 1
        return f"{self.occasion}/{self._owed}"
