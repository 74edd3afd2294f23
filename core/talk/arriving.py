"""What cannot be answered: words that nobody can read, or says, and those of who does not belong here."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlmodel import Session

from core import members
from core.deeds.arriving import say_once
from core.here import Here
from core.members import KnownChat
from core.messages import Answer, Arranged, Blocked, Event, Opened, Person, Pressed, Said
from core.reading import read_command
from core.reading.parts import Kinds
from core.talk.starting import token_of
from core.words import text
from core.words.clean import tidy_name

security = logging.getLogger("xiaobandeng.security")


def ask_again(session: Session, chat: KnownChat, person: Person, now: datetime) -> None:
    """Words came that could not be read: ask to send them again, once a day for each person and chat."""
    name = "" if chat.private else tidy_name(person.name)
    key = "garbled.named" if name else "garbled.private"
    say_once(session, chat, key, f"garbled:{person.id}:{now:%Y%m%d}", now, name=name)


def nameless(session: Session, chat: KnownChat, words: str, kinds: Kinds, lang: str, now: datetime) -> None:
    """Somebody who speaks as the group itself, or as a channel, asked for something: nobody knows for whom."""
    if read_command(words, context="group", kinds=kinds, lang="en" if lang == "en" else "zh").intent is not None:
        say_once(session, chat, "private.anonymous", f"anonymous:{now:%Y%m%d%H}", now)


def stranger(session: Session, here: Here, event: Event, now: datetime, *, awaited: bool = False) -> Answer:
    """A kind no for somebody who does not belong here, private words only: in a foreign group the bot is silent."""
    lang = here.lang
    if isinstance(event, Blocked) and (row := members.chat_row(session, here.id, event.chat)) is not None:
        row.closed = True
        session.add(row)
    if isinstance(event, Pressed | Said) and event.chat.private:
        security.info("somebody who does not belong here was refused", extra={"network": event.chat.network})
    if isinstance(event, Pressed | Arranged):
        return Answer(toast=text(lang, "private.stranger"), alert=True)
    if not isinstance(event, Said | Opened) or not event.chat.private:
        return Answer()
    chat = members.know_chat(session, here.community, event.chat, now, account=event.person.id)
    # A kind no an hour, however often they knock; but whoever presses START again waits for an answer.
    starts = event.asks if isinstance(event, Opened) else token_of(event.text) is not None
    when = event.event if starts else f"{now:%Y%m%d%H}"
    more = ["pairing.awaited"] if awaited else []
    say_once(session, chat, "private.stranger", f"stranger:{when}", now, more=more)
    return Answer()
