"""What cannot be answered: words that nobody can read, words of which nobody knows who says them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from core.deeds.arriving import say_once
from core.members import KnownChat
from core.messages import Person
from core.reading import read_command
from core.reading.kinds import Kinds
from core.words.clean import tidy_name


def ask_again(session: Session, chat: KnownChat, person: Person, now: datetime) -> None:
    """Words came that could not be read: ask to send them again, once a day for each person and chat."""
    name = "" if chat.private else tidy_name(person.name)
    key = "garbled.named" if name else "garbled.private"
    say_once(session, chat, key, f"garbled:{person.id}:{now:%Y%m%d}", now, name=name)


def nameless(session: Session, chat: KnownChat, words: str, kinds: Kinds, lang: str, now: datetime) -> None:
    """Somebody who speaks as the group itself, or as a channel, asked for something: nobody knows for whom."""
    if read_command(words, context="group", kinds=kinds, lang="en" if lang == "en" else "zh").intent is not None:
        say_once(session, chat, "private.anonymous", f"anonymous:{now:%Y%m%d%H}", now)
