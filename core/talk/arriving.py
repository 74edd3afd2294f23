"""Coming and going: the bot in a group, a person at their private chat, a group that moves house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import members, posts
from core.members import Account, KnownChat, Member
from core.messages import Chat, Person
from core.reading.commands import read_command
from core.reading.kinds import Kinds
from core.words.clean import tidy_name


def say_once(
    session: Session,
    chat: KnownChat,
    key: str,
    occasion: str,
    now: datetime,
    more: Sequence[str] = (),
    **facts: str | int,
) -> None:
    """Owe a chat one sentence of the catalogue, and `more` of them behind it, once for this occasion."""
    posts.want(
        session,
        chat.community_id,
        now,
        "say",
        urgency=posts.ANSWER,
        chat_id=chat.id,
        occasion=occasion,
        body={"key": key, "facts": facts, "more": list(more)},
    )


def greet(session: Session, chat: KnownChat, now: datetime) -> None:
    """The bot came into a group: three lines on what to type, once."""
    if chat.greeted or chat.private:
        return
    chat.greeted = True
    session.add(chat)
    say_once(session, chat, "greeting.first", "greeting", now)


def hello(session: Session, account: Account, member: Member, now: datetime) -> None:
    """Somebody opened their private chat for the first time: a word of welcome."""
    posts.want(
        session,
        member.community_id,
        now,
        "say",
        urgency=posts.ANSWER,
        member_id=member.id,
        occasion=f"hello:{account.network}:{account.id}",
        body={"key": "private.hello"},
    )


def ask_again(session: Session, chat: KnownChat, person: Person, now: datetime) -> None:
    """Words came that could not be read: ask to send them again, once a day for each person and chat."""
    name = "" if chat.private else tidy_name(person.name)
    key = "garbled.named" if name else "garbled.private"
    say_once(session, chat, key, f"garbled:{person.id}:{now:%Y%m%d}", now, name=name)


def nameless(session: Session, chat: KnownChat, words: str, kinds: Kinds, lang: str, now: datetime) -> None:
    """Somebody who speaks as the group itself, or as a channel, asked for something: nobody knows for whom."""
    if read_command(words, context="group", kinds=kinds, lang="en" if lang == "en" else "zh").intent is not None:
        say_once(session, chat, "private.anonymous", f"anonymous:{now:%Y%m%d%H}", now)


def reached(session: Session, account: Account, now: datetime) -> None:
    """A private chat is open: this account can be written to from now on."""
    if not account.reachable:
        account.reachable = True
        session.add(account)
        posts.heard_at_last(session, account.community_id, account.member_id, now)


def unreachable(session: Session, community_id: int, person: Person) -> None:
    """A private chat was closed to the bot."""
    account = members.account_of(session, community_id, person)
    if account is not None:
        account.reachable = False
        session.add(account)


def move(session: Session, chat: KnownChat, to: Chat, now: datetime) -> KnownChat | None:
    """A group has a new id. What stood in the old one cannot be edited from here: open rosters are put up anew.

    The row that the new id had, if it spoke first and was taken for another group, is returned: there is no such group.
    """
    newcomer = members.move_chat(session, chat, to)
    posts.put_anew(session, chat.community_id, chat.id, now)
    return newcomer
