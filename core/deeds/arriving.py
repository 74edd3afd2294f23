"""Coming and going: a group is greeted, a person at their private chat is welcome, and can be told what waited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import posts
from core.claims import by_id
from core.deeds.whole import on_rows
from core.members import Account, KnownChat, Member
from core.news import Told
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
    return few(session, account, posts.heard_at_last(session, account.community_id, account.member_id, now), now)


def few(session: Session, account: Account, told: Sequence[Post], now: datetime) -> Sequence[Post]:
    """Of what waited for somebody no more messages than they can read: what they promised themselves stands in one,
    where it is more than one thing; and what has changed since is said once.
    """
    changed = {post.occurrence_id for post in told if post.kind == "notice"}
    promises = [post for post in told if promised(session, account, post)]
    once = [post for post in promises if post.occurrence_id not in changed]
    gone = [post for post in promises if post not in once or len(once) > 1]
    for post in gone:
        posts.end(session, post)
    left = [post for post in told if post not in gone]
    if len(once) < 2:
        return left
    occasion = f"at last:{now.isoformat()}"
    member = account.member_id
    mine = posts.want(
        session, account.community_id, now, "mine", urgency=posts.ANSWER, member_id=member, occasion=occasion
    )
    return [mine, *left]


def promised(session: Session, account: Account, post: Post) -> bool:
    """Whether it says back to somebody what they promised for themselves, or that they wait for it."""
    body = Told.of(post) if "claims" in post.body else Told()
    own = {claim.member_id for claim in by_id(session, account.community_id, [id for id, _ in body.claims])}
    return body.verb in ("join", "wait") and not body.by and own == {account.member_id}


@on_rows
def unreachable(session: Session, account: Account | None) -> None:
    """A private chat was closed to the bot."""
    if account is not None:
        account.reachable = False
        session.add(account)
