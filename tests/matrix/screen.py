"""What a person sees of a room, put together from its events as clients do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Shown:
    """One message on the screen."""

    id: str
    text: str
    reactions: list[tuple[str, str]] = field(default_factory=list)  # who, what
    pings: list[str] = field(default_factory=list)  # whom it, or any edit of it, was marked as naming


def shown(events: list[Json], sender: str) -> list[Shown]:
    """`sender`'s messages, in order: edits in their place, withdrawn ones gone. Each event counts once."""
    screen: dict[str, Shown] = {}
    gone: set[str] = set()
    for event in {event["event_id"]: event for event in events if "event_id" in event}.values():
        content = event.get("content", {})
        relation = content.get("m.relates_to") or {}
        target = relation.get("event_id")
        match event.get("type"):
            case "m.room.message" if content and event["sender"] == sender:
                pings = content.get("m.mentions", {}).get("user_ids", [])
                if relation.get("rel_type") == "m.replace":
                    if target in screen:
                        screen[target].text = content["m.new_content"]["body"]
                        screen[target].pings += pings
                else:
                    screen[event["event_id"]] = Shown(event["event_id"], content["body"], pings=list(pings))
            case "m.reaction" if target in screen:
                screen[target].reactions.append((event["sender"], relation["key"]))
            case "m.room.redaction":
                gone.add(str(event.get("redacts") or content.get("redacts")))
    return [message for message in screen.values() if message.id not in gone]
