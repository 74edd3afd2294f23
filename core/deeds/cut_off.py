"""Cut off: the bot is out of a group, may not write there, or hears nothing. Who coordinates is told what to do.

Whoever was in a group that the bot is out of stays a neighbour for some days: privately all goes on as before.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core import audit, posts
from core.activities import posted
from core.confiding import look_again
from core.deeds import groups
from core.deeds.arriving import greet
from core.deeds.whole import on_rows
from core.here import Here
from core.members import KnownChat
from core.posts import Body, Post
from core.weeks import shown_by

log = logging.getLogger("xiaobandeng.app")

OUT, MUTE, DEAF = "out", "mute", "deaf"
OVER = {OUT: "back", MUTE: "speaks", DEAF: "hears"}
"""What is said when it is over."""


@dataclass(frozen=True, slots=True)
class CutOff(Body):
    """What is the matter in a group, or that it is over: one of `OVER`, by key or value."""

    chat: int = 0
    how: str = ""


# ------------------------------------------------------------ out of it, and back


@on_rows
def out(session: Session, here: Here, chat: KnownChat, now: datetime) -> None:
    """The bot is out of a group of ours. Its people stay neighbours for as long as the settings say."""
    if chat.closed:
        return
    known = groups.known(session, here)
    groups.gone(session, chat, now)
    chat.mute, chat.keeps = False, here.manners.keeps_people > 0
    session.add(chat)
    session.flush()
    if chat.keeps:
        post = posts.want(session, here.id, now, "let_go", urgency=posts.NOTICE, occasion=str(chat.id))
        posts.put_off(session, post, now + timedelta(days=here.manners.keeps_people))
    else:
        look_again(session, here.id, now)
    log.warning("the bot is out of a group", extra={"chat": chat.id, "network": chat.network})
    audit.record(session, here.id, now, "group_out", chat_id=chat.id)
    tell(session, here, chat, now, OUT, known)


@on_rows
def back(session: Session, here: Here, chat: KnownChat, now: datetime) -> None:
    """The bot is in a group of ours again: what is open stands there as before."""
    chat.closed, chat.closed_at, chat.keeps = False, None, False
    session.add(chat)
    session.flush()
    if (waits := _let_go(session, chat)) is not None:
        posts.end(session, waits)
    audit.record(session, here.id, now, "group_back", chat_id=chat.id)
    tell(session, here, chat, now, OVER[OUT])
    show_open(session, here, chat, now)


@on_rows
def let_go(session: Session, chat: KnownChat, now: datetime) -> None:
    """The bot has been out of a group for long: who was there is no neighbour by that any more."""
    if not (chat.closed and chat.keeps):
        return
    chat.keeps = False
    session.add(chat)
    session.flush()
    look_again(session, chat.community_id, now)


def _let_go(session: Session, chat: KnownChat) -> Post | None:
    return _owed(session, chat, "let_go", 0)


# ------------------------------------------------------------ in it, and of no use there


@on_rows
def hears(session: Session, here: Here, chat: KnownChat, now: datetime, *, hears: bool) -> None:
    """What the bot hears in a group has become this."""
    if chat.deaf != hears:
        return
    chat.deaf = not hears
    session.add(chat)
    session.flush()
    greeted = posts.SAME.first(session, **_where(chat, "greeting", chat.id, 0, ""))
    if greeted is not None:
        posts.touch(session, [greeted], now)
    if chat.bound:
        tell(session, here, chat, now, OVER[DEAF] if hears else DEAF)


@on_rows
def speaks(session: Session, here: Here, chat: KnownChat, now: datetime, *, speaks: bool) -> None:
    """Whether the bot may write in a group of ours has become this."""
    if chat.mute != speaks or not chat.bound:
        return
    chat.mute = not speaks
    session.add(chat)
    session.flush()
    tell(session, here, chat, now, OVER[MUTE] if speaks else MUTE)
    if speaks:
        show_open(session, here, chat, now)


@on_rows
def welcome(session: Session, here: Here, chat: KnownChat, now: datetime) -> None:
    """The bot begins in a group of ours: it greets, and what is open stands there too. Where it hears nothing, whoever
    coordinates is told.
    """
    new = not chat.greeted
    greet(session, chat, now)
    if new:
        show_open(session, here, chat, now)
    if chat.deaf:
        tell(session, here, chat, now, DEAF)


def show_open(session: Session, here: Here, chat: KnownChat, now: datetime) -> None:
    """The rosters of what is open stand in this group; one that does already is put right where it is."""
    open_here = (row for row in posted(session, here.id, now) if not row.chats or chat.id in row.chats)
    for id in dict.fromkeys(map(shown_by, open_here)):
        posts.want(session, here.id, now, "roster", urgency=posts.ROSTER, chat_id=chat.id, occurrence_id=id, own=True)


# ------------------------------------------------------------ telling


def tell(
    session: Session,
    here: Here,
    chat: KnownChat,
    now: datetime,
    how: str,
    also: set[int] | frozenset[int] = frozenset(),
) -> None:
    """Whoever coordinates reads it in one message for each group, put below when it changes, by day.

    What was over before anybody read of it is not told at all. `also`: who coordinated until a moment ago.
    """
    for id in sorted(groups.known(session, here) | also):
        before = _owed(session, chat, "cut_off", id)
        if how in OVER.values() and (before is None or before.message is None):
            if before is not None and before.sending is None:
                posts.end(session, before)
            continue
        post = posts.want(
            session,
            here.id,
            now,
            "cut_off",
            urgency=posts.OFFER,
            member_id=id,
            occasion=str(chat.id),
            body=CutOff(chat=chat.id, how=how),
            again=True,
        )
        posts.put_off(session, post, groups.by_day(here, now))


def _owed(session: Session, chat: KnownChat, kind: str, member_id: int) -> Post | None:
    return posts.SAME.first(session, **_where(chat, kind, 0, member_id, str(chat.id)))


def _where(chat: KnownChat, kind: str, chat_id: int, member_id: int, occasion: str) -> dict[str, str | int]:
    to = {"community_id": chat.community_id, "chat_id": chat_id, "member_id": member_id}
    return {**to, "occurrence_id": 0, "claim_id": 0, "kind": kind, "occasion": occasion}
