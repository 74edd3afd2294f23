"""What stands in for a private message that nobody can hear: a line in the group, or a call to make."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from bot.inbox import Home
from core import members, posts
from core.activities import Occurrence
from core.members import Account, KnownChat
from core.posts import Post
from core.reminders import stamp
from core.views import RULES

log = logging.getLogger("xiaobandeng.courier")


def fall_back(session: Session, home: Home, post: Post, now: datetime) -> None:
    """Nobody hears this privately: the group's line, the line where they spoke, or the coordinator's list of calls.

    None of these repeats what the private message said.
    """
    rule = RULES[post.rule]
    if post.body.get("expects") == "name":
        return  # how somebody is called is not worth a line in the group; it is asked when they open their chat
    accounts = members.accounts_of(session, post.community_id, post.member_id)
    here = groups_of(session, post, accounts)
    if rule.fallback == "lines" and here:
        for chat, _ in here[:1]:
            gathered = posts.want(
                session,
                post.community_id,
                now,
                "lines",
                urgency=posts.REMINDER,
                chat_id=chat.id,
                occasion=stamp(post.due),
                expires=post.expires,
                own=True,
            )
            about = [post.occurrence_id, post.body.get("reminder", "")]
            if about not in gathered.body.get("about", []):
                gathered.body = {**gathered.body, "about": [*gathered.body.get("about", []), about]}
            gathered.state, gathered.pending, gathered.not_before = posts.OPEN, True, min(gathered.not_before, now)
            gathered.wanted += 1
            session.add(gathered)
    elif rule.fallback == "lines" or (rule.fallback == "line" and not here and post.occurrence_id):
        call_list(session, post, now)
    elif rule.fallback == "line":
        one_line(session, home, post, here, now)
    elif rule.fallback == "coordinators":
        ask_now(session, post, now)


def ask_now(session: Session, post: Post, now: datetime) -> None:
    """Others who are to be asked the same later, if no answer comes, are asked at once: none can come."""
    for other in session.exec(
        select(Post).where(
            Post.community_id == post.community_id,
            Post.rule == post.rule,
            Post.occasion == post.occasion,
            Post.state == posts.OPEN,
            col(Post.pending),
            Post.not_before > now,
        )
    ).all():
        other.due = other.not_before = now
        session.add(other)


def groups_of(session: Session, post: Post, accounts: Sequence[Account]) -> list[tuple[KnownChat, Account]]:
    """The groups in which a member would read a line, the one they last spoke in first."""
    origin = post.body.get("origin", 0)
    found = []
    for account in accounts:
        for chat in members.groups(session, post.community_id):
            if chat.network != account.network:
                continue
            there = session.get(members.Presence, (post.community_id, chat.id, account.id))
            if there is not None and not there.left:
                found.append((chat, account))
    return sorted(found, key=lambda pair: pair[0].id != origin)


def one_line(
    session: Session, home: Home, post: Post, here: Sequence[tuple[KnownChat, Account]], now: datetime
) -> None:
    """One short line in the group, which also asks, once and by day, to open a private chat."""
    if not here:
        return
    chat, account = here[0]
    there = session.get_one(members.Presence, (post.community_id, chat.id, account.id))
    quiet = home.house.manners.quiet
    ask = not there.asked and not (quiet is not None and quiet.covers(now, home.community.tz))
    if ask:
        there.asked = True
        session.add(there)
    posts.want(
        session,
        post.community_id,
        now,
        "line",
        urgency=posts.ANSWER,
        chat_id=chat.id,
        occurrence_id=post.occurrence_id,
        occasion=str(post.id),
        body={"account": [account.network, account.id], "about": post.id, "ask": ask},
        own="origin" not in post.body,
    )


def call_list(session: Session, post: Post, now: datetime) -> None:
    """Onto the coordinator's list of people to call."""
    occurrence = session.get(Occurrence, (post.community_id, post.occurrence_id))
    if occurrence is None or not occurrence.made_by or post.rule != "remind":
        return
    posts.want(
        session,
        post.community_id,
        now,
        "call",
        urgency=posts.REMINDER,
        member_id=occurrence.made_by,
        occurrence_id=occurrence.id,
        occasion=post.occasion,
        expires=occurrence.starts_at,
    )
