"""Who is in several communities: of which of them do they speak?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from core import members, posts
from core.here import Here
from core.messages import Edited, Person, Pressed, Said
from core.said.communities import in_front
from core.spoken_of import speak_of, spoken_of
from core.talk.asking import ask
from core.talk.wishes import Wish
from core.turn import Turn

Words = Said | Pressed | Edited


def meant(session: Session, mine: Sequence[Here], event: Words) -> tuple[Here, Words, bool]:
    """The community that private words or a press are about, without its name in front, and whether it stood there."""
    if isinstance(event, Said | Edited):
        found = in_front(event.text, [here.community.name for here in mine])
        if found is not None:
            return mine[found[0]], replace(event, text=found[1]), True
    about = event.reply_to if isinstance(event, Said) else event.message
    for here in mine:
        chat = members.chat_row(session, here.id, event.chat)
        if about and chat is not None and posts.copied(session, here.id, chat.id, about) is not None:
            return here, event, False
    spoken = spoken_of(session, event.person)
    return next((here for here in mine if here.id == spoken), mine[0]), event, False


def must_ask(session: Session, mine: Sequence[Here], event: Said) -> bool:
    """Whether it is not known of which they speak, and they were never asked."""
    if event.reply_to is not None:
        return False
    spoken = spoken_of(session, event.person)
    return spoken != 0 and spoken not in {here.id for here in mine}


def ask_which(turn: Turn, mine: Sequence[Here], words: str) -> None:
    """Ask it, once; what was said is taken in when the answer comes."""
    speak_of(turn.session, speaker(turn), 0, turn.now)
    options = [(here.community.name, Wish("community", community=here.id, thing=words)) for here in mine]
    ask(turn, "several.which", options)


def choose(turn: Turn, wish: Wish) -> None:
    """This is the one that they speak of from now on, and of which they spoke."""
    speak_of(turn.session, speaker(turn), wish.community, turn.now)
    turn.elsewhere = (wish.community, wish.thing)


def noted(turn: Turn) -> None:
    """Say that they are heard as speaking of this one."""
    turn.tell("several.noted", name=turn.here.community.name)


def speaker(turn: Turn) -> Person:
    return Person(turn.account.network, turn.account.id)
