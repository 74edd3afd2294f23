"""What came of calls, written down: versions shown, messages lost, chats gone, waits that grow."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Integer, String, Table, bindparam, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.due import by_community
from bot.planning import Call, Plan
from core import members, posts
from core.confiding import heard
from core.deeds import cut_off, groups
from core.deeds.at_its_time import act
from core.deeds.falling_back import fall_back
from core.here import Here
from core.heres import Heres
from core.members import Account, KnownChat
from core.messages import Chat
from core.network import Failure, Gone, Later, Lost, Mute, Refused
from core.plain import Many, among
from core.posts import ENDED, Copy, Post, Say
from core.work import Work

log = logging.getLogger("xiaobandeng.courier")

LONGEST_WAIT = timedelta(minutes=5)
TRIED_AGAIN = timedelta(hours=1)
"""After which a roster is tried again in a group where the bot may not write: nobody tells it that it may."""
POSTS: Table = Post.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
COPIES: Table = Copy.__table__  # type: ignore[attr-defined]  # likewise


class Outcome(NamedTuple):
    """How one call ended: the message on screen, or what went wrong. `chat`: where it was sent."""

    call: Call
    chat: Chat | None
    message: str | None = None
    error: BaseException | None = None
    removed: tuple[list[Any], ...] = ()  # older copies taken away
    tells: bool = True  # the network recognises a repeated key


STILL = (
    POSTS.c.community_id == bindparam("_community"),
    among(POSTS.c.id, "_ids"),
    POSTS.c.life == bindparam("_life"),
    POSTS.c.state != ENDED,
)
UNCHANGED = select(POSTS.c.id).where(*STILL)
SENDING = (
    update(POSTS)
    .where(*STILL)
    .values({name: bindparam(f"_{name}") for name in ("sending", "sending_since", "actions", "offered")})
    # What is under way may arrive and never be heard of: from now on it counts as being on screen.
    .values(confides=or_(POSTS.c.confides, bindparam("_confides", type_=Boolean())))
)


def mark(session: Session, calls: Sequence[Call], now: datetime) -> list[Call]:
    """Commit that these calls are about to be made, before any is; drop those whose post changed its copy meanwhile.

    Most of those that fall due together are marked alike: one statement for each kind, not for each post.
    """
    session.flush()
    alike: dict[tuple[int, Marks], list[int]] = {}
    for call in calls:
        alike.setdefault((call.post.community_id, marks(call, now)), []).append(call.post.id)
    changed: set[int] = set()
    for (community, (life, version, since, actions, offered, confides)), ids in alike.items():
        asked = {"_community": community, "_ids": ids, "_life": life}
        values = {"_sending": version, "_sending_since": since, "_actions": actions, "_offered": offered}
        values["_confides"] = confides
        if session.connection().execute(SENDING, asked | values).rowcount != len(ids):
            changed.update(set(ids) - set(session.connection().scalars(UNCHANGED, asked)))
    return [call for call in calls if call.post.id not in changed] if changed else list(calls)


Actions = tuple[tuple[str, ...], ...]
Marks = tuple[int, int | None, datetime | None, Actions, Actions, bool]


def marks(call: Call, now: datetime) -> Marks:
    """Of which life a call is, and what is written of it before it is made: the version under way, since when, what may
    be pressed, and whether it confides.

    A version under way keeps its number: the repeat may be answered with the earlier message.
    """
    post = call.post
    now_there = {action for action, *_ in call.actions}
    earlier = {action[0]: tuple(action) for action in posts.ever_offered(post) if action[0] not in now_there}
    offered = tuple(earlier.values())
    if post.sending is None or call.edits:
        return post.life, call.version, now, call.actions, offered, call.confides
    return post.life, post.sending, post.sending_since, call.actions, offered, call.confides


def record(session: Session, heres: Heres, outcomes: Iterable[Outcome], now: datetime) -> None:
    """Write down how calls ended."""
    arrived: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.call.confides and not isinstance(outcome.error, Failure):
            confided(session, outcome, now)
        if outcome.error is None:
            arrived.setdefault(outcome.call.post.community_id, []).append(outcome)
        else:
            failed(session, heres[outcome.call.post.community_id], outcome, now)
    for id, theirs in arrived.items():
        shown(session, heres[id], theirs, now)


def confided(session: Session, outcome: Outcome, now: datetime) -> None:
    """Somebody has read what is confided. A call of which nobody knows whether it arrived counts as read."""
    call, target = outcome.call, outcome.call.target
    account = target.chat.account if target.chat is not None else target.person.id if target.person else ""
    heard(session, call.post, target.reader, (target.network, account), now)


def add_copies(insert: Any) -> Many:
    """The statement that remembers copies: the chat, the message in it, the post.

    One that is known already is the copy of its new post now: a repeat may be answered with the earlier message, and
    a group that moved may count its messages anew.
    """
    new = insert(COPIES)
    told = {"post_id": new.excluded.post_id, "at": new.excluded.at}
    known = new.on_conflict_do_update(index_elements=list(COPIES.primary_key), set_=told)
    return Many(known, "chat_id", "message", "post_id")


ADD_COPIES = {"postgresql": add_copies(postgresql.insert), "sqlite": add_copies(sqlite.insert)}
ON_SCREEN = {
    "shown": bindparam("_shown", type_=Integer()),
    "looks": bindparam("_looks", type_=String()),
    "confides": bindparam("_confides", type_=Boolean()),
    "sending": None,
    "sending_since": None,
    "attempts": 0,
    "pending": case((POSTS.c.state == ENDED, False), else_=POSTS.c.wanted > bindparam("_shown", type_=Integer())),
}
SHOWN = Many(
    update(POSTS)
    .where(
        POSTS.c.community_id == bindparam("_community"),
        POSTS.c.id == bindparam("_id"),
        POSTS.c.life == bindparam("_life"),
    )
    .values(message=bindparam("_message"), shown_in=bindparam("_in"), **ON_SCREEN),
    *("_id", "_life", "_shown", "_looks", "_message", "_in", "_confides"),
)
FIRST_SHOWN = (
    update(POSTS)
    .where(
        POSTS.c.community_id == bindparam("_community"),
        among(POSTS.c.id, "_ids"),
        POSTS.c.life == 1,
        COPIES.c.community_id == POSTS.c.community_id,
        COPIES.c.post_id == POSTS.c.id,
    )
    .values(message=COPIES.c.message, shown_in=COPIES.c.chat_id, **ON_SCREEN)
)


def shown(session: Session, here: Here, arrived: Sequence[Outcome], now: datetime) -> None:
    """These messages are on screen.

    A post in its first life has one copy at most, from which its row is filled: one statement for all that are alike.
    """
    community = here.id
    rows, copies = [], []
    alike: dict[tuple[int, str, bool], list[int]] = {}
    for outcome in arrived:
        call, post = outcome.call, outcome.call.post
        chat_id = chat_of(session, here, outcome, now)
        version, looks, confides = call.version, call.looks, call.confides
        if not call.edits:
            if outcome.message is not None:
                copies.append((chat_id, outcome.message, post.id))
            if post.sending is not None:  # it was under way before this call
                # A repeat may have been answered with the earlier message: what it looks like is not known then.
                version, looks, confides = post.sending, "", call.confides or bool(post.confides)
            if post.life == 1 and outcome.message is not None:
                alike.setdefault((version, looks, confides), []).append(post.id)
                continue
        rows.append((post.id, post.life, version, looks, outcome.message, chat_id, confides))
    ADD_COPIES[session.connection().dialect.name].run(session, copies, community_id=community, at=now)
    for (version, looks, confides), ids in alike.items():
        values = {"_community": community, "_ids": ids, "_shown": version, "_looks": looks, "_confides": confides}
        session.connection().execute(FIRST_SHOWN, values)
    SHOWN.run(session, rows, _community=community)
    for outcome in arrived:
        if outcome.call.instead_of is not None and not outcome.call.edits:
            say_where(session, community, outcome.call, now)
        if outcome.removed:
            forget_removed(session, outcome)
        if outcome.call.kind.leaves:
            out_of(session, outcome.call, now)
        elif not outcome.call.edits and not outcome.call.kind.clears:
            asked_aside(session, outcome.call)
            wrote(session, here, outcome.call, now)


def asked_aside(session: Session, call: Call) -> None:
    """Who read an answer alone was asked there to open a private chat."""
    chat, person = call.target.chat, call.target.alone
    if chat is not None and person is not None:
        there = session.get(members.Presence, (chat.community_id, chat.id, person.id))
        if there is not None:
            there.asked = True
            session.add(there)


def out_of(session: Session, call: Call, now: datetime) -> None:
    """The bot is in this group no more."""
    chat = call.target.chat
    row = session.get(KnownChat, (chat.community_id, chat.id)) if chat is not None else None
    if row is not None:
        groups.gone(session, row, now)


def wrote(session: Session, here: Here, call: Call, now: datetime) -> None:
    """The bot wrote in this chat: where it could not, it can again."""
    chat = call.target.chat
    if chat is not None and chat.mute and (row := session.get(KnownChat, (chat.community_id, chat.id))) is not None:
        cut_off.speaks(session, here, row, now, speaks=True)


def say_where(session: Session, community: int, call: Call, now: datetime) -> None:
    """Who asked where nothing may be confided is told that the answer stands in their other private chat."""
    asked = call.instead_of.chat if call.instead_of is not None else None
    if asked is not None and call.post.urgency == posts.ANSWER:
        body = Say(key="confided.elsewhere")
        occasion = f"elsewhere:{call.post.id}"
        posts.want(session, community, now, "say", urgency=posts.ANSWER, chat_id=asked.id, occasion=occasion, body=body)


def forget_removed(session: Session, outcome: Outcome) -> None:
    post = session.get(Post, (outcome.call.post.community_id, outcome.call.post.id))
    if post is not None:
        gone = [list(item) for item in outcome.removed]
        post.body = {**post.body, "remove": [r for r in post.body.get("remove", []) if list(r) not in gone]}
        session.add(post)


def chat_of(session: Session, here: Here, outcome: Outcome, now: datetime) -> int:
    """The row of the chat a message went to; a private chat just opened gets one."""
    target = outcome.call.target
    if target.chat is not None:
        return target.chat.id
    assert outcome.chat is not None  # noqa: S101 - what arrived, arrived somewhere
    row = members.know_chat(
        session, here.community, outcome.chat, now, account=target.person.id if target.person else ""
    )
    session.flush()
    return row.id


# ------------------------------------------------------------ what went wrong


def failed(session: Session, here: Here, outcome: Outcome, now: datetime) -> None:
    """A call did not arrive, or nobody knows whether it did."""
    call = outcome.call
    post = session.get(Post, (call.post.community_id, call.post.id))
    if post is None or post.life != call.post.life:
        return
    match outcome.error:
        case Gone() | Lost() | Refused() if call.target.alone is not None and post.message is None:
            post.sending, post.sending_since = None, None
            post.body = {**post.body, "aloud": True}
        case Lost():
            if post.confides and post.message is not None:  # it may still stand there, and can only be taken away
                post.body = {**post.body, "remove": [*post.body.get("remove", []), [post.shown_in, post.message]]}
            post.message, post.shown, post.sending, post.sending_since = None, 0, None, None
            post.life += 1
            post.looks = ""
        case Gone():
            post.sending, post.sending_since = None, None
            closed(session, here, outcome, post, now)
        case Refused():
            post.sending, post.sending_since = None, None
            posts.end(session, post)
        case Later():
            # This call certainly did not arrive, an earlier one that nobody wrote down may have: only then the version
            # under way must be remembered. Its lane is held in memory; the post may go when the lane is free.
            if not call.edits and call.post.sending is None:
                post.sending, post.sending_since = None, None
        case _:
            # Unknown: on a network that tells, the key stays and the repeat shows once; elsewhere it is just repeated.
            if not call.edits and not outcome.tells:
                post.sending, post.sending_since = None, None
            post.attempts += 1
            wait = min(timedelta(seconds=2 ** min(post.attempts, 9)), LONGEST_WAIT)
            post.not_before = now + wait
    session.add(post)


def closed(session: Session, here: Here, outcome: Outcome, post: Post, now: datetime) -> None:
    """A chat cannot be written to: remember it, and let the post find another way, or end."""
    call, target = outcome.call, outcome.call.target
    if target.group and target.chat is not None:
        row = session.get(KnownChat, (target.chat.community_id, target.chat.id))
        if row is not None and row.bound and isinstance(outcome.error, Mute):
            cut_off.speaks(session, here, row, now, speaks=False)
            if post.urgency == posts.ROSTER:
                post.not_before = now + TRIED_AGAIN
                return
        elif row is not None and row.bound:
            cut_off.out(session, here, row, now)
        elif row is not None and not row.closed and call.kind.leaves:  # else the bot may be there
            groups.gone(session, row, now)
        posts.end(session, post)
        return
    account_id = target.chat.account if target.chat is not None else target.person.id if target.person else ""
    account = session.get(Account, (post.community_id, target.network, account_id))
    if account is not None:
        account.reachable = False
        session.add(account)
    if post.message is not None or not post.member_id:
        posts.end(session, post)  # it stands in a chat that nobody can write to any more


# ------------------------------------------------------------ what needs no call


ENDING = (
    update(POSTS)
    .where(POSTS.c.community_id == bindparam("_community"), among(POSTS.c.id, "_ids"))
    .values(state=ENDED, pending=False)
)


def settle_plan(session: Session, heres: Heres, plan: Plan, now: datetime) -> None:
    """Write down what a plan decided without any call."""
    for id, theirs in by_community(plan.ended).items():
        ended = {"_community": id, "_ids": [post.id for post in theirs]}
        session.connection().execute(ENDING, ended)
    for post, version in plan.settled:
        session.connection().execute(
            update(POSTS)
            .where(POSTS.c.community_id == post.community_id, POSTS.c.id == post.id)
            .values(shown=version, sending=None, sending_since=None, pending=POSTS.c.wanted > version)
        )
    for post, until in plan.postponed:
        row = session.get_one(Post, (post.community_id, post.id))
        if row.expires is not None and row.expires <= until:
            posts.end(session, row)
        else:
            row.not_before = until
            session.add(row)
    for post in plan.renewed:
        row = session.get_one(Post, (post.community_id, post.id))
        row.life += 1
        row.sending, row.sending_since = None, None
        session.add(row)
    for deed, these in ((fall_back, plan.unheard), (act, plan.work)):
        for post in these:
            due = still_due(session, post, now)
            if due is not None:
                deed(Work(session, heres[post.community_id], now), due)


def still_due(session: Session, post: Post, now: datetime) -> Post | None:
    """The row of a post of which something is to be done; None where another process has done it meanwhile."""
    row = session.get_one(Post, (post.community_id, post.id), with_for_update=True)
    return row if row.pending and row.not_before <= now else None
