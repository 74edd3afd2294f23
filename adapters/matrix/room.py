"""What is known of one room: who is in it, who ranks how, whether it is private. Fed by state events, asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.ids import NETWORK, first_part
from core.messages import Chat, Person

MARK = "org.xiaobandeng.private"
"""State of a room that the bot opened as somebody's private chat: `createRoom` cannot be repeated safely, so the room
itself says what it is for."""
COORDINATES = 50
"""The power level from which a person counts as an administrator: what clients call moderator."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person's membership: `join`, `invite`, `leave`, `ban` or `knock`, and the name they show."""

    membership: str
    name: str = ""


@dataclass(slots=True)
class Room:
    """One room as the server's state events describe it, oldest taken first."""

    id: str
    me: str
    direct: str | None = None  # whose private chat it was opened as
    members: dict[str, Member] = field(default_factory=dict)
    levels: dict[str, Any] | None = None
    creators: frozenset[str] = frozenset()
    creators_outrank: bool = False  # room version 12 and later: creators stand above every number
    follows: str | None = None  # the room this one was made to replace
    moved_to: str | None = None
    tombstone: str = ""  # the event that closed it
    encrypted: bool = False
    name: str = ""
    alias: str = ""
    entered: str = ""  # the event by which the bot came in
    asked: str = ""  # the event by which it was invited before that
    inviter: str | None = None
    out: bool = False  # the bot has left, and the stream has not told yet

    @property
    def private(self) -> bool:
        """Opened as a direct chat, and nobody else was ever so much as invited."""
        return self.direct is not None and self.members.keys() <= {self.me, self.direct}

    @property
    def chat(self) -> Chat:
        return Chat(NETWORK, self.id, self.private, self.name or self.alias)

    def joined(self, user: str) -> bool:
        member = self.members.get(user)
        return member is not None and member.membership == "join"

    def person(self, user: str) -> Person:
        """A person as this room shows them; one without a name goes by the first part of their id."""
        member = self.members.get(user)
        return Person(NETWORK, user, (member.name if member else "") or first_part(user))

    def administrator(self, user: str) -> bool:
        """Whether this person's power level is at least 50."""
        if user in self.creators and (self.creators_outrank or self.levels is None):
            return True
        levels = self.levels or {}
        level = levels.get("users", {}).get(user, levels.get("users_default", 0))
        return isinstance(level, int) and level >= COORDINATES

    def take(self, event: dict[str, Any]) -> None:
        """Learn from one state event; anything else is passed over."""
        content, key = event.get("content", {}), event.get("state_key")
        if key is None or not isinstance(content, dict):
            return
        match event.get("type"):
            case "m.room.member":
                self._member(event, key, content)
            case "m.room.power_levels":
                self.levels = content
            case "m.room.create":
                self._create(event, content)
            case "m.room.tombstone":
                self.moved_to = content.get("replacement_room")
                self.tombstone = event["event_id"]
            case "m.room.encryption":
                self.encrypted = True
            case "m.room.name":
                self.name = str(content.get("name") or "")
            case "m.room.canonical_alias":
                self.alias = str(content.get("alias") or "")
            case kind if kind == MARK and event.get("sender") == self.me:
                self.direct = content.get("person")

    def _member(self, event: dict[str, Any], user: str, content: dict[str, Any]) -> None:
        self.members[user] = Member(str(content.get("membership")), str(content.get("displayname") or ""))
        if user != self.me:
            return
        before = event.get("unsigned", {}).get("prev_content", {})
        if content.get("membership") == "join" and before.get("membership") != "join":
            self.entered, self.asked, self.out = event["event_id"], "", False
            if before.get("membership") == "invite":
                self.asked = event["unsigned"].get("replaces_state", "")
                self.inviter = event["unsigned"].get("prev_sender")
                if before.get("is_direct") and self.direct is None:
                    self.direct = self.inviter

    def _create(self, event: dict[str, Any], content: dict[str, Any]) -> None:
        version = str(content.get("room_version", "1"))
        self.creators = frozenset({event["sender"], *content.get("additional_creators", ())})
        self.creators_outrank = not (version.isdigit() and int(version) < 12)
        self.follows = (content.get("predecessor") or {}).get("room_id")
