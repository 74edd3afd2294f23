"""News that does not keep: what a notice says as long as it is true, and what has become true since."""

from __future__ import annotations

from typing import Any

from core.activities import CANCELLED, CLOSED
from core.claims import Roster

MOVED = frozenset({"notice.moved", "notice.place", "notice.both"})
FOLLOWING = frozenset({"notice.free", "notice.late_leave"})
"""Notices that say how things stand: when they do not stand so any more, they say that."""


def as_it_is(on: Roster, body: dict[str, Any], member_id: int) -> str:
    """What a notice to this member says now: its own sentence while that is true, else the one that has become true."""
    match body["key"]:
        case "notice.free" if any(c.member_id == member_id for c in on.taking()):
            return "notice.yours"
        case "notice.free" if on.occurrence.state == CANCELLED:
            return "notice.cancelled"
        case "notice.free" if on.occurrence.state == CLOSED:
            return "closed.done"
        case "notice.free" if not any(on.room(slot) for slot in on.slots):
            return "notice.taken"
        case "notice.late_leave" if any(c.member_id == body.get("whose") for c in on.taking()):
            return "notice.late_back"
    return str(body["key"])
