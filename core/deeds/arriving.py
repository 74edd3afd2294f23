"""Coming and going: a group is greeted, a person at their private chat is welcome, and can be told what waited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import posts
from core.deeds.whole import on_rows
from core.members import Account, KnownChat, Member
from core.posts import Post, Say


@on_rows
def say_once(
    session: Session,
    /,
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
        body=Say(key=key, facts=facts, more=tuple(more)),
    )


@on_rows
def greet(session: Session, chat: KnownChat, now: datetime) -> None:
    """The bot came into a group: three lines on what to type, or to press, once."""
    if chat.greeted or chat.private:
        return
    chat.greeted = True
    session.add(chat)
    posts.want(session, chat.community_id, now, "greeting", urgency=posts.ANSWER, chat_id=chat.id)


@on_rows
def hello(session: Session, account: Account, member: Member, now: datetime, waited: Post | None = None) -> None:
    """Somebody opened their private chat for the first time: a word of welcome, before what waited for them if it did.

    `waited`: the first of it.
    """
    said = posts.want(
        session,
        member.community_id,
        now,
        "say",
        urgency=posts.ANSWER,
        member_id=member.id,
        occasion=f"hello:{account.network}:{account.id}",
        body=Say(key="private.hello"),
    )
    if waited is not None:
        waited.body = {**waited.body, "greets": True}
        posts.end(session, said)


@on_rows
def reached(session: Session, account: Account, now: datetime) -> Sequence[Post]:
    """A private chat is open: this account can be written to from now on. What is told them after all is returned."""
    if account.reachable:
        return ()
    account.reachable = True
    session.add(account)
    return posts.heard_at_last(session, account.community_id, account.member_id, now)


@on_rows
def unreachable(session: Session, account: Account | None) -> None:
    """A private chat was closed to the bot."""
    if account is not None:
        account.reachable = False
        session.add(account)
