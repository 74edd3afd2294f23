"""Which groups are the community's: asked of those who are known, confirmed by one of them, or left again.

Whoever brings the bot into a group of their own is nobody here by that. Until somebody known says that it is ours the
group gets one kind sentence; what is said there is not understood, and who is there counts for nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from core import audit, posts
from core.deeds.whole import on_rows
from core.here import Here
from core.members import CONFIRMED, KnownChat, Member, Presence, open_groups
from core.posts import Body, Post
from core.ranks import coordinators

log = logging.getLogger("xiaobandeng.security")

ASKED_AT_ONCE = 3
"""Groups that are asked about at one time: somebody who makes many must not fill the coordinators' screens."""
WAITING = 20
"""Groups that may wait for an answer. One more is left at once, unless somebody known brings the bot in."""
PATIENCE = timedelta(days=7)
"""How long the bot stays in a group that nobody answers about."""
IN_A_WHILE = timedelta(minutes=5)
"""After which somebody who was talking to the bot is asked."""
SECOND_THOUGHTS = timedelta(days=1)
"""How long a confirmation can be taken back by a press."""


@dataclass(frozen=True, slots=True)
class Ours(Body):
    """The question about a group, and how it was decided: by whom, and when."""

    chat: int = 0
    outcome: str = ""  # yes, no, brought, gone or moved
    by: int = 0
    at: str = ""


By = tuple[str, str, int]
"""The network, the account and the member of who did it; `OPERATOR` is whoever sits at the machine."""
OPERATOR: By = ("", "", 0)


# ------------------------------------------------------------ a group that nobody has confirmed


def awaits(session: Session, chat: KnownChat) -> bool:
    """Whether it has been begun to ask about this group."""
    post = _one(session, chat, "leave")
    return post is not None and post.state == posts.OPEN


@on_rows
def begin(
    session: Session,
    here: Here,
    chat: KnownChat,
    now: datetime,
    *,
    brought_by: str = "",
    called: bool = False,
) -> None:
    """The bot is in a group that is not known to be ours: one kind sentence there, and a question to those who know.

    `brought_by`: the name of who brought it in, tidied. `called`: that was just now, so the sentence is no disturbance.
    """
    waiting = [row for row in undecided(session, here.id) if row.id != chat.id]
    if len(waiting) >= WAITING:
        log.warning("too many groups wait, this one is left", extra={"chat": chat.id, "count": len(waiting)})
        leave(session, chat, now, now)
        return
    chat.refused, chat.brought_by = False, brought_by
    session.add(chat)
    if _one(session, chat, "foreign") is None:
        posts.want(session, here.id, now, "foreign", urgency=posts.ANSWER, chat_id=chat.id, own=not called, fresh=True)
    leave(session, chat, now, now + PATIENCE)
    audit.record(session, here.id, now, "group_waits", chat_id=chat.id)
    facts = {"chat": chat.id, "network": chat.network, "count": 1 + len(waiting)}
    log.info("a group waits to be confirmed", extra=facts)
    session.flush()
    ask(session, here, now)


def undecided(session: Session, community_id: int) -> Sequence[KnownChat]:
    """The groups that the bot is in and about which nobody has decided, oldest first."""
    return [row for row in open_groups(session, community_id) if not row.bound and not row.refused]


@on_rows
def ask(session: Session, here: Here, now: datetime) -> None:
    """Ask everybody who coordinates about the groups that wait, not by night and a few at a time."""
    for chat in undecided(session, here.id)[:ASKED_AT_ONCE]:
        for id in sorted(known(session, here)):
            _question(session, chat, id, now, by_day(here, now))


def ask_one(session: Session, here: Here, member_id: int, now: datetime, *, talking: bool) -> None:
    """Ask somebody who is awake, for they have just turned to the bot, if they coordinate.

    `talking`: they want something, so the question must not come between them and what they are told.
    """
    waiting = undecided(session, here.id)[:ASKED_AT_ONCE]
    if waiting and member_id in known(session, here):
        ask_about(session, waiting, member_id, now, now + IN_A_WHILE if talking else now)


@on_rows
def ask_about(session: Session, chats: Sequence[KnownChat], member_id: int, now: datetime, due: datetime) -> None:
    """Ask one coordinator about these groups, not before `due`."""
    for chat in chats:
        _question(session, chat, member_id, now, due)


def known(session: Session, here: Here) -> set[int]:
    return coordinators(session, here.id, administrators=here.ranks)


def by_day(here: Here, now: datetime) -> datetime:
    """Now, or in the morning: nobody is to be woken for a group."""
    quiet = here.manners.quiet
    return now if quiet is None else quiet.until(now, here.tz)


def _question(session: Session, chat: KnownChat, member_id: int, now: datetime, due: datetime) -> None:
    """The question to one coordinator about one group: one message, however often the bot is brought in there."""
    post = _one(session, chat, "ours", member_id)
    if post is not None and post.state == posts.OPEN:
        if post.message is None and post.not_before > due:
            post.not_before = due
            session.add(post)
        return
    stale = post is not None and now - post.due > SECOND_THOUGHTS
    post = posts.want(
        session,
        chat.community_id,
        now,
        "ours",
        urgency=posts.OFFER,
        member_id=member_id,
        occasion=str(chat.id),
        body=Ours(chat=chat.id),
        again=stale,
    )
    post.due = due
    if post.message is None:
        post.not_before = due
    session.add(post)


# ------------------------------------------------------------ decided


@on_rows
def bind(session: Session, chat: KnownChat, how: str, now: datetime, by: By = OPERATOR, named: str = "") -> None:
    """From now on this group is the community's. Questions about it are settled."""
    if (chat.bound, chat.named) == (how, named):
        return
    chat.bound, chat.named, chat.refused, chat.brought_by = how, named, False, ""
    session.add(chat)
    _stay(session, chat)
    audit.record(session, chat.community_id, now, f"group_{how}", by=by, chat_id=chat.id)
    log.info("a group is ours", extra={"chat": chat.id, "network": chat.network, "state": how, "member": by[2]})
    _settle(session, chat, now, "yes", by)


@on_rows
def brought(session: Session, here: Here, chat: KnownChat, member: Member, now: datetime, by: By) -> None:
    """A coordinator brought the bot in, which confirms it. They and the others read so, and can take it back for a day:
    whoever administers one group of ours could else make themselves a second, and nobody would know.
    """
    bind(session, chat, CONFIRMED, now, by)
    for id in {member.id, *known(session, here)}:
        post = posts.want(
            session,
            chat.community_id,
            now,
            "ours",
            urgency=posts.NOTICE,
            member_id=id,
            occasion=str(chat.id),
            body=_answer(chat, "brought", by, now),
        )
        post.state = posts.SETTLED
        if post.message is None:
            post.not_before = now if id == member.id else by_day(here, now)
        session.add(post)


@on_rows
def refuse(session: Session, chat: KnownChat, now: datetime, by: By = OPERATOR) -> None:
    """This group is not ours: the bot leaves it, and whoever is there counts for nothing from this moment on."""
    chat.bound, chat.named, chat.refused, chat.brought_by = "", "", True, ""
    session.add(chat)
    leave(session, chat, now, now)
    audit.record(session, chat.community_id, now, "group_refused", by=by, chat_id=chat.id)
    log.info("a group is not ours", extra={"chat": chat.id, "network": chat.network, "member": by[2]})
    _settle(session, chat, now, "no", by)


@on_rows
def unbind(session: Session, chat: KnownChat, now: datetime) -> None:
    """The settings do not name this group any more: it is to be confirmed like any other."""
    chat.bound, chat.named = "", ""
    session.add(chat)
    audit.record(session, chat.community_id, now, "group_unnamed", chat_id=chat.id)
    log.info("the settings name a group no more", extra={"chat": chat.id, "network": chat.network})


@on_rows
def leave(session: Session, chat: KnownChat, now: datetime, at: datetime) -> None:
    """The bot is to leave this group at that moment, unless it is ours by then."""
    post = posts.want(session, chat.community_id, now, "leave", urgency=posts.NOTICE, chat_id=chat.id)
    posts.put_off(session, post, at)


@on_rows
def gone(session: Session, chat: KnownChat, now: datetime) -> None:
    """The bot is out of a group. Of one that is not ours nothing is kept but that it was there."""
    if not chat.closed:
        chat.closed, chat.closed_at = True, now
    session.add(chat)
    if chat.bound:
        return
    chat.brought_by = ""
    _stay(session, chat)
    session.exec(
        delete(Presence).where(col(Presence.community_id) == chat.community_id, col(Presence.chat_id) == chat.id)
    )
    _settle(session, chat, now, "gone", OPERATOR)
    log.info("the bot is out of a group that is not ours", extra={"chat": chat.id, "network": chat.network})


@on_rows
def moved(session: Session, chat: KnownChat, newcomer: KnownChat | None, now: datetime) -> None:
    """Two rows were one group: what was asked about the second is settled, and about both if the one is ours."""
    if newcomer is not None:
        _settle(session, newcomer, now, "moved", OPERATOR)
    if chat.bound:
        _stay(session, chat)
        _settle(session, chat, now, "moved", OPERATOR)


# ------------------------------------------------------------ posts about groups


def _one(session: Session, chat: KnownChat, kind: str, member_id: int = 0) -> Post | None:
    """The post of a kind about a group: to the group itself, or to this member."""
    to = {"chat_id": 0 if member_id else chat.id, "member_id": member_id, "occurrence_id": 0, "claim_id": 0}
    occasion = str(chat.id) if member_id else ""
    same = {"community_id": chat.community_id, "kind": kind, "occasion": occasion, **to}
    return posts.SAME.first(session, **same)


def _stay(session: Session, chat: KnownChat) -> None:
    """Nothing more is to be done about leaving it."""
    post = _one(session, chat, "leave")
    if post is not None and post.state != posts.ENDED:
        posts.end(session, post)


def _answer(chat: KnownChat, outcome: str, by: By, now: datetime) -> Ours:
    return Ours(chat=chat.id, outcome=outcome, by=by[2], at=now.isoformat())


def _settle(session: Session, chat: KnownChat, now: datetime, outcome: str, by: By) -> None:
    """Everybody who was asked about this group reads how it was decided, where the question stands."""
    for post in session.exec(
        select(Post).where(
            Post.community_id == chat.community_id,
            Post.kind == "ours",
            Post.occasion == str(chat.id),
            Post.state != posts.ENDED,
        )
    ).all():
        if post.state == posts.OPEN or outcome == "no":
            posts.settle(session, post, now, replace(_answer(chat, outcome, by, now), remove=Body.of(post).remove))
