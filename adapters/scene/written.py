"""The conversation of a scene, written out for whoever reads it."""

from __future__ import annotations

from adapters.scene.network import owner
from adapters.scene.screens import Moment, Shown, offers


def offered(found: list[Shown]) -> str:
    """What could have been pressed instead."""
    labels = [offer.label for shown in found for offer in offers(shown.message)]
    return f", but: {', '.join(dict.fromkeys(labels))}" if labels else ""


def spoken(moment: Moment) -> str:
    """One moment as a line of a conversation: where, who, what; further lines are indented."""
    place = moment.chat.name if not moment.chat.private else f"{owner(moment.chat)} (private)"
    who = moment.who or "bot"
    text = moment.text.replace("\n", "\n" + " " * 9)
    labels = "".join(f" [{label}]" for label in moment.labels)
    match moment.kind:
        case "said":
            return f"{place} | {who}: {text}"
        case "rewrote":
            return f"{place} | {who} (edit): {text}"
        case "pressed":
            return f"{place} | {who} presses [{text}]"
        case "put":
            return f"{place} | {who}: {text}{labels}"
        case "changed":
            return f"{place} | {who} (edit): {text}{labels}"
        case "removed":
            return f"{place} | {who} (removed): {text}"
        case "toast":
            return f"{place} | {who} (only to {moment.to}): {text}"
        case "mark":
            return f"{place} | {who} (reaction): {text}"
