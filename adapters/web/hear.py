"""What people did on the page, as events; and what the bot must hear of who comes and goes."""

from __future__ import annotations

import json
from datetime import datetime

from adapters.web.ids import NETWORK, private_chat
from adapters.web.settings import WebSettings
from adapters.web.store import WebEvent, WebPerson, words
from core.messages import (
    Arranged,
    Attached,
    Edited,
    Entered,
    Event,
    Joined,
    Left,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
    Unread,
)


def heard(row: WebEvent, sender: WebPerson, settings: WebSettings) -> Event | None:
    """The row as the bot knows events; None for one from a chat that the settings no longer name."""
    chat = settings.chat(row.chat)
    if chat is None:
        return None
    number, message, person = str(row.id), str(row.message), _known(sender)
    match row.kind:
        case "said":
            reply_to = str(row.reply_to) if row.reply_to else None
            thing = Attached("picture", kept=row.picture) if row.picture else None
            return Said(number, chat, person, words(row), message, reply_to, attached=thing)
        case "edited":
            return Edited(number, chat, person, words(row), message)
        case "pressed":
            return Pressed(number, chat, person, message, action=row.action)
        case "arranged":
            said = json.loads(words(row) or "{}")
            return Arranged(number, chat, person, row.action, said.get("community", 0), said.get("fields", {}))
        case "opened":
            return Opened(number, chat, person)
        case "spoken":  # they chose a language
            return Opened(number, chat, person, fresh=False)
        case "joined":
            return Joined(number, chat, person)
        case "left":
            return Left(number, chat, person)
        case "ranked":
            return Ranked(number, chat, person, administrator=sender.coordinator)
        case "entered":
            return Entered(number, chat, person)
        case "unread":
            return Unread(number, chat, person, message)
        case kind:
            raise ValueError(f"an event of unknown kind {kind!r} in web_event")


def _known(person: WebPerson) -> Person:
    """The person as the bot knows people. A language that is kept was chosen on the page."""
    return Person(NETWORK, person.id, person.name, person.lang, chosen=person.lang is not None)


def arrivals(settings: WebSettings, person: WebPerson, now: datetime) -> list[WebEvent]:
    """What the bot must hear when somebody comes to live here: of the groups, of their rank, of their private chat."""
    kinds = ("entered", "ranked", "joined") if person.coordinator else ("joined",)
    told = [(kind, chat) for chat in settings.chats for kind in kinds]
    return [
        WebEvent(kind=kind, chat=chat.id, person=person.id, happened_at=now)
        for kind, chat in [*told, ("opened", private_chat(person.id))]
    ]


def departures(settings: WebSettings, person: WebPerson, now: datetime) -> list[WebEvent]:
    """What the bot must hear when somebody no longer lives here."""
    return [WebEvent(kind="left", chat=chat.id, person=person.id, happened_at=now) for chat in settings.chats]
