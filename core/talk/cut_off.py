"""Somebody's group without the bot: it says so itself, privately, to who turns to it."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from core import posts
from core.members import Account, KnownChat, Presence
from core.messages import Said
from core.posts import Say
from core.said.unheard import misses_the_bot
from core.turn import Turn


def their_groups(session: Session, account: Account) -> list[KnownChat]:
    """The groups of ours in which somebody is or was until the bot had to go, the newest first."""
    there = (
        select(KnownChat)
        .join(
            Presence,
            (col(Presence.community_id) == KnownChat.community_id) & (col(Presence.chat_id) == KnownChat.id),
        )
        .where(
            KnownChat.community_id == account.community_id,
            KnownChat.network == account.network,
            KnownChat.bound != "",
            Presence.account == account.id,
            ~col(Presence.left),
        )
        .order_by(col(KnownChat.id).desc())
    )
    return [chat for chat in session.exec(there).all() if chat.keeps or not chat.closed]


def only_kept(session: Session, account: Account) -> KnownChat | None:
    """The group by which somebody is a neighbour though the bot is out of it; None where they are in another."""
    chats = their_groups(session, account)
    return chats[0] if chats and all(chat.closed for chat in chats) else None


def asked(turn: Turn, words: str) -> bool:
    """你怎么不在群里了, 群里报名没反应: answered where it is so. False: it is none of these, or is not so."""
    what = misses_the_bot(words)
    if not what:
        return False
    out = only_kept(turn.session, turn.account)
    if out is not None:
        say(turn, out)
        return True
    deaf = next((chat for chat in their_groups(turn.session, turn.account) if chat.deaf and not chat.closed), None)
    if deaf is None or what != "unheard":
        return False
    turn.privately("say", body=Say(key="cut_off.unseen", facts={"name": deaf.name}))
    return True


def say_so(turn: Turn, said: Said) -> None:
    """Before anything is answered: once a day, to whoever writes privately and is in no group of ours but that one."""
    if not turn.chat.private or misses_the_bot(said.text):
        return
    out = only_kept(turn.session, turn.account)
    if out is not None:
        once_today(turn, out)


def say(turn: Turn, out: KnownChat) -> None:
    """Whenever it is asked; and then it need not be said once more that day."""
    more = ("cut_off.told",) if turn.work.coordinators - {turn.member.id} else ()
    turn.privately("say", body=replace(once_today(turn, out, silent=True), more=more))


def once_today(turn: Turn, out: KnownChat, *, silent: bool = False) -> Say:
    """Owe it, once a day; `silent`: as if it had been said."""
    body = Say(key="cut_off.neighbour", facts={"name": out.name})
    occasion = f"cut_off:{out.id}:{turn.local:%Y%m%d}"
    before = posts.owed(turn.session, turn.here.id, "say", member_id=turn.member.id, occurrence_id=0, occasion=occasion)
    if before is None:
        post = turn.work.owe("say", member_id=turn.member.id, occasion=occasion, body=body, fresh=True)
        if silent:
            posts.end(turn.session, post)
    return body
